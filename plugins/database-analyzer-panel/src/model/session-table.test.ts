import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Session } from './session';
import { blockedCounts, sessionTable, summarize, type TableOptions } from './session-table';
import { readSnapshot, type Snapshot } from './snapshot';
import recorded from './testdata/loki-snapshot.json';

const { sessions } = readSnapshot(recorded, 5000) as Snapshot;

const OPTIONS: TableOptions = {
  groupBy: 'state',
  sort: { column: 'transactionAge', descending: true },
  kinds: new Set(),
  text: '',
  foldFrom: 4,
  openFolds: new Set(),
  height: 0,
};

function table(options: Partial<TableOptions> = {}, all: readonly Session[] = sessions) {
  return sessionTable(all, { ...OPTIONS, ...options });
}

test('equal sessions become one fold, and the others stay in sight', () => {
  const { rows } = table();
  const [fold] = rows;
  assert.equal(fold?.kind, 'fold');
  assert.equal(fold?.kind === 'fold' && fold.sessions.length, 19);
  const single = rows.filter((row) => row.kind === 'session');
  assert.ok(single.length > 0);
});

test('rows lie below each other without a gap', () => {
  const { rows, height } = table({ height: 900 });
  let y = 0;
  for (const row of rows) {
    assert.equal(row.y, y);
    y += row.height;
  }
  assert.equal(height, y);
  assert.equal(new Set(rows.map((row) => row.key)).size, rows.length);
});

test('a fold opens to all of its sessions', () => {
  const [fold] = table().rows;
  assert.ok(fold?.kind === 'fold');
  const { rows } = table({ openFolds: new Set([fold.id]) });
  assert.equal(rows.filter((row) => row.kind === 'session' && row.inFold).length, fold.sessions.length);
});

test('left-over height shows the first rows of the first fold that is not idle', () => {
  const closed = table();
  const { rows, height } = table({ height: closed.height + 3 * 22 });
  const fold = rows.find((row) => row.kind === 'fold');
  assert.equal(fold?.kind === 'fold' && fold.preview, 3);
  assert.equal(height, closed.height + 66);
});

test('filters by state and by any text, ids included', () => {
  assert.ok(
    table({ kinds: new Set(['active']) }).rows.every(
      (row) => row.kind !== 'session' || row.session.kind === 'active',
    ),
  );
  assert.equal(table({ text: 'f7c8ae15F26D' }).matching, 14);
  assert.equal(table({ text: '1859' }).matching, 1);
  assert.equal(table({ text: 'no such thing' }).rows.length, 0);
});

test('groups by application name their members', () => {
  const names = table({ groupBy: 'application' }).rows.flatMap((row) =>
    row.kind === 'group' ? [row.name] : [],
  );
  assert.ok(names.includes('reporting'));
});

test('sorting is by the column, equal ones by pid', () => {
  const byAge = table({ foldFrom: 999 }).rows.flatMap((row) =>
    row.kind === 'session' && row.session.kind === 'idleInTransaction'
      ? [row.session.transactionAgeS ?? 0]
      : [],
  );
  assert.deepEqual(
    byAge,
    [...byAge].sort((a, b) => b - a),
  );
  const pids = table({
    foldFrom: 999,
    sort: { column: 'application', descending: false },
    text: 'workflow_steps',
  });
  const order = pids.rows.flatMap((row) => (row.kind === 'session' ? [row.session.pid] : []));
  assert.deepEqual(
    order,
    [...order].sort((a, b) => a - b),
  );
});

test('a fold sums up its sessions', () => {
  const held = sessions.filter((session) => session.kind === 'idleInTransaction');
  const summary = summarize(held);
  assert.equal(summary.traces, 2);
  assert.deepEqual(summary.routes, ['/api/workflows/import']);
  assert.equal(summary.transactionAgesS.at(-1)?.toFixed(1), '19.7');
});

test('a blocker is told how many wait for it', () => {
  const [one, two] = sessions as [Session, Session];
  const counts = blockedCounts([
    { ...one, blockedBy: [7] },
    { ...two, blockedBy: [7, 8] },
  ]);
  assert.deepEqual(
    [...counts],
    [
      [7, 2],
      [8, 1],
    ],
  );
});
