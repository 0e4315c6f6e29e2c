import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Database } from './database.js';
import { entityId } from './entity-id.js';
import { compile } from './plan.js';
import { Transaction } from './transaction.js';

const EPOCH_MS = Date.parse('2026-03-02T09:00:00Z');
const COLUMNS = 'id, tenant_id, name, status, created_at';

function world() {
  const database = new Database({ epochMs: EPOCH_MS, scale: 1 });
  const transaction = new Transaction();
  const run = (text: string, ...values: unknown[]) => {
    const execution = { input: { values, nowMs: EPOCH_MS }, transaction, lock: () => true };
    return compile(database, text).run(execution)?.rows ?? [];
  };
  return { run };
}

const tenant = fc.integer({ min: 0, max: 319 }).map((n) => entityId('tenants', n));

test('a page of the newest rows is the same as of all rows, sorted', () => {
  fc.assert(
    fc.property(
      tenant,
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 0, max: 130 }),
      fc.boolean(),
      (id, limit, offset, newest) => {
        const { run } = world();
        const all = run(`SELECT ${COLUMNS} FROM workflows WHERE tenant_id = $1`, id);
        const direction = newest ? 'DESC' : 'ASC';
        const page = run(
          `SELECT ${COLUMNS} FROM workflows WHERE tenant_id = $1 ORDER BY created_at ${direction} LIMIT ${limit} OFFSET $2`,
          id,
          offset,
        );
        all.sort(
          (a, b) => (newest ? -1 : 1) * ((a.created_at as Date).getTime() - (b.created_at as Date).getTime()),
        );
        assert.deepEqual(page, all.slice(offset, offset + limit));
      },
    ),
  );
});

test('counting and filtering agree with filtering by hand', () => {
  fc.assert(
    fc.property(
      tenant,
      fc.constantFrom('active', 'draft', 'gone'),
      fc.integer({ min: 0, max: 400 }),
      (id, status, days) => {
        const { run } = world();
        const since = new Date(EPOCH_MS - days * 86_400_000);
        const all = run(`SELECT ${COLUMNS} FROM workflows WHERE tenant_id = $1`, id);
        const expected = all.filter((row) => row.status === status && (row.created_at as Date) >= since);
        const where = 'WHERE tenant_id = $1 AND status = $2 AND created_at >= $3';
        assert.deepEqual(run(`SELECT ${COLUMNS} FROM workflows ${where}`, id, status, since), expected);
        assert.deepEqual(run(`SELECT count(*)::int AS n FROM workflows ${where}`, id, status, since), [
          { n: expected.length },
        ]);
        const one = all[0];
        assert.deepEqual(
          run(`SELECT ${COLUMNS} FROM workflows WHERE id = $1 AND tenant_id = $2`, one?.id, id),
          [one],
        );
      },
    ),
  );
});

test('rows that were changed, added and deleted are found as they are now', () => {
  const { run } = world();
  const id = entityId('tenants', 5);
  const count = () =>
    run('SELECT count(*)::int AS n FROM workflows WHERE tenant_id = $1', id)[0]?.n as number;
  const before = count();
  const [first, second] = run(
    `SELECT ${COLUMNS} FROM workflows WHERE tenant_id = $1 ORDER BY created_at DESC LIMIT 2`,
    id,
  );
  run('UPDATE workflows SET status = $1 WHERE id = $2', 'gone', first?.id);
  run('DELETE FROM workflows WHERE id = $1', second?.id);
  run(
    'INSERT INTO workflows (id, tenant_id, name, version, status, owner_id) VALUES ($1, $2, $3, 1, $4, $5)',
    entityId('x', 1),
    id,
    'New',
    'gone',
    entityId('users', 5 * 60),
  );
  assert.equal(count(), before);
  const gone = run(
    'SELECT id FROM workflows WHERE tenant_id = $1 AND status = $2 ORDER BY created_at DESC',
    id,
    'gone',
  );
  assert.deepEqual(gone, [{ id: entityId('x', 1) }, { id: first?.id }]);
  assert.deepEqual(run('SELECT id FROM workflows WHERE id = $1', second?.id), []);
});

test('an id that nobody has is found nowhere', () => {
  const { run } = world();
  for (const id of [
    entityId('users', 1),
    entityId('workflows', 4e9),
    '00000000-0000-4000-8000-000000000000',
  ]) {
    assert.deepEqual(run('SELECT id FROM workflows WHERE id = $1', id), []);
    assert.deepEqual(run('SELECT id FROM workflow_steps WHERE workflow_id = $1', id), []);
  }
});
