import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ageText, describeRow, laneOf, laneRows, selectedRow } from './lane-rows';
import { type OpenTransaction, traceLanes, transactionKey } from './open-transactions';
import { toSession } from './session';

const AT = Date.parse('2026-03-02T09:40:00Z');
const HEIGHTS = { rowHeight: 13, headingHeight: 18 };

function lanesOf(...sessions: readonly (readonly [pid: number, trace: string, ageS: number])[]) {
  const all = sessions.map(([pid, trace, ageS]) => {
    const time = new Date(AT - ageS * 1000).toISOString();
    const fields = { pid: `${pid}`, app: 'api', state: 'idle in transaction', xact_start: time };
    return toSession({ ...fields, state_change: time, trace_id: trace.repeat(32), route: '/api/a' }, AT);
  });
  return traceLanes(all, { minAgeS: 1, application: 'api' });
}

const LANES = lanesOf([1, 'a', 20], [2, 'a', 19], [3, 'b', 5]);
const ENDED = { seenMs: AT - 5000, lanes: lanesOf([7, 'a', 25], [8, 'a', 24]) };

test('what has ended comes below what is open, under a heading', () => {
  const { rows, endedY } = laneRows({ lanes: LANES, ended: ENDED, openLanes: new Set(), ...HEIGHTS });
  assert.equal(endedY, 26);
  assert.deepEqual(
    rows.map(({ y, seenMs }) => [y, seenMs]),
    [
      [0, undefined],
      [13, undefined],
      [44, AT - 5000],
    ],
  );
});

test('there is no heading when nothing has ended', () => {
  const ended = { seenMs: AT - 5000, lanes: [] };
  assert.equal(laneRows({ lanes: LANES, ended, openLanes: new Set(), ...HEIGHTS }).endedY, undefined);
  assert.equal(
    laneRows({ lanes: LANES, ended: undefined, openLanes: new Set(), ...HEIGHTS }).endedY,
    undefined,
  );
});

test('the open and the ended part of one trace are opened apart', () => {
  const closed = laneRows({ lanes: LANES, ended: ENDED, openLanes: new Set(), ...HEIGHTS }).rows;
  const [first, , last] = closed;
  assert.ok(first && last);
  assert.notEqual(laneOf(first), laneOf(last));
  const { rows } = laneRows({ lanes: LANES, ended: ENDED, openLanes: new Set([laneOf(last)]), ...HEIGHTS });
  assert.deepEqual(
    rows.map((row) => (row.kind === 'lane' ? 'lane' : row.transaction.pid)),
    ['lane', 'lane', 'lane', 7, 8],
  );
});

test('the selected transaction is found in its closed lane, and in its own row', () => {
  const key = transactionKey(ENDED.lanes[0]?.transactions[1] as OpenTransaction);
  const closed = laneRows({ lanes: LANES, ended: ENDED, openLanes: new Set(), ...HEIGHTS }).rows;
  assert.equal(selectedRow(closed, key), 2);
  const openLanes = new Set(closed.map(laneOf));
  const { rows } = laneRows({ lanes: LANES, ended: ENDED, openLanes, ...HEIGHTS });
  const row = rows[selectedRow(rows, key)];
  assert.equal(row?.kind === 'transaction' && row.transaction.pid, 8);
  assert.equal(selectedRow(rows, 'nothing'), 0);
});

test('the length of what has ended is known between two snapshots', () => {
  const { rows } = laneRows({ lanes: LANES, ended: ENDED, openLanes: new Set(), ...HEIGHTS });
  const [open, , gone] = rows;
  assert.ok(open && gone);
  assert.equal(ageText(open), '20.0 s');
  assert.equal(ageText(gone), '≥ 25.0 s');
  assert.equal(
    describeRow(open, AT, true),
    'trace aaaaaaaa holds 2 connections, the oldest for 20.0 s, /api/a',
  );
  assert.equal(
    describeRow(gone, AT + 5000, false),
    'trace aaaaaaaa gave back 2 connections, the oldest after 25.0 s to 30.0 s',
  );
});
