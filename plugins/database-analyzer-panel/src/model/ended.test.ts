import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countEnded, endedBetween, findEnded } from './ended';
import type { OpenTransaction } from './open-transactions';
import { toSession } from './session';
import type { Snapshot } from './snapshot';

const AT = Date.parse('2026-03-02T09:40:00Z');

function session(pid: number, startMs: number, traceId = 'a'.repeat(32), app = 'api') {
  const time = new Date(startMs).toISOString();
  const fields = { pid: `${pid}`, app, state: 'idle in transaction', xact_start: time, state_change: time };
  return toSession({ ...fields, trace_id: traceId, query: 'INSERT INTO t' }, AT) as OpenTransaction;
}

const OPTIONS = { minAgeS: 1, application: 'api' };

function previous(...sessions: readonly OpenTransaction[]): Snapshot {
  return { kind: 'snapshot', timeMs: AT, sessions, unreadable: 0 };
}

function pids(snapshot: Snapshot, now: readonly OpenTransaction[]) {
  return endedBetween(snapshot, now, OPTIONS).lanes.map((lane) => lane.transactions.map((one) => one.pid));
}

test('what is gone has ended, one lane for each trace', () => {
  const [a, b, c] = [session(1, AT - 20_000), session(2, AT - 19_000), session(3, AT - 9000, 'b'.repeat(32))];
  assert.deepEqual(pids(previous(a, b, c), []), [[1, 2], [3]]);
  assert.deepEqual(pids(previous(a, b, c), [b]), [[1], [3]]);
});

test('what is still open has not, though its times differ by rounding', () => {
  assert.deepEqual(pids(previous(session(1, AT - 20_000)), [session(1, AT - 19_998)]), []);
});

test('a new transaction of the same session does not keep the old one open', () => {
  assert.deepEqual(pids(previous(session(1, AT - 20_000)), [session(1, AT - 100)]), [[1]]);
});

test('short ones are left out, other applications come last', () => {
  const short = session(1, AT - 400);
  const other = session(2, AT - 60_000, 'c'.repeat(32), 'reporting');
  assert.deepEqual(pids(previous(short, other, session(3, AT - 5000)), []), [[3], [2]]);
});

test('it is found again by session and beginning', () => {
  const ended = endedBetween(previous(session(1, AT - 20_000)), [], OPTIONS);
  assert.equal(ended.seenMs, AT);
  assert.equal(countEnded(ended), 1);
  assert.equal(findEnded(ended, session(1, AT - 20_001))?.pid, 1);
  assert.equal(findEnded(ended, session(1, AT - 30_000)), undefined);
  assert.equal(findEnded(undefined, session(1, AT)), undefined);
});
