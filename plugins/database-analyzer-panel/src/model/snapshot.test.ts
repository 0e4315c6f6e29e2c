import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Frame } from './frames';
import { type Session, STATE_KINDS } from './session';
import { countKinds } from './session-table';
import { readSnapshot, type Snapshot } from './snapshot';
import recorded from './testdata/loki-snapshot.json';

const AT = Date.parse('2026-03-02T09:55:00Z');

function logs(...lines: readonly (readonly [timeMs: number, line: string])[]): Frame {
  return {
    length: lines.length,
    fields: [
      { name: 'labels', type: 'other', values: lines.map(() => ({})) },
      { name: 'Time', type: 'time', values: lines.map(([timeMs]) => timeMs) },
      { name: 'Line', type: 'string', values: lines.map(([, line]) => line) },
    ],
  };
}

function read(...frames: readonly Frame[]): Snapshot {
  const result = readSnapshot(frames, 5000);
  assert.equal(result.kind, 'snapshot');
  return result as Snapshot;
}

const line = (pid: number, rest = '') =>
  `pid=${pid} app=api state="idle in transaction" xact_start=2026-03-02T09:54:50Z state_change=2026-03-02T09:54:52.5Z query="UPDATE a" ${rest}`;

test('recorded by Grafana 10.4 from Loki: every session of the snapshot, with both ages', () => {
  const { sessions, timeMs, unreadable } = read(...recorded);
  assert.equal(timeMs, AT);
  assert.equal(unreadable, 0);
  const held = sessions.find((session) => session.pid === 1859) as Session;
  assert.equal(held.kind, 'idleInTransaction');
  assert.equal(held.application, 'api');
  assert.equal(held.client, '10.20.4.184');
  assert.equal(held.shortStatement, 'INSERT INTO workflow_steps');
  assert.equal(held.route, '/api/workflows/import');
  assert.equal(held.traceId, 'f7c8ae15f26d0885d2b6833171c3d572');
  assert.equal(held.transactionAgeS?.toFixed(6), '19.668689');
  assert.equal(held.stateAgeS?.toFixed(6), '19.663693');
});

test('recorded: the server’s own processes are no sessions, an idle session works for nobody', () => {
  const { sessions } = read(...recorded);
  const all = recorded[0]?.fields.find((field) => field.name === 'Line')?.values as string[];
  const withoutState = all.filter((text) => !/ state=/.test(text));
  assert.ok(withoutState.length > 0);
  assert.equal(sessions.length, all.length - withoutState.length);
  const idle = sessions.filter((session) => session.kind === 'idle');
  assert.ok(idle.length > 0);
  for (const { traceId, route } of idle) assert.deepEqual([traceId, route], [undefined, undefined]);
});

test('recorded: the wait event tells waiting from active', () => {
  const { sessions } = read(...recorded);
  const counts = countKinds(sessions);
  assert.equal(
    STATE_KINDS.reduce((sum, kind) => sum + counts[kind], 0),
    sessions.length,
  );
  for (const { kind, state, waitEvent } of sessions) {
    if (state === 'active') assert.equal(kind, waitEvent ? 'waiting' : 'active');
  }
});

test('only the newest snapshot of an interval counts', () => {
  const { sessions, timeMs } = read(logs([AT - 5000, line(1)], [AT - 20, line(2)], [AT, line(3)]));
  assert.deepEqual(
    sessions.map((session) => session.pid),
    [2, 3],
  );
  assert.equal(timeMs, AT);
});

test('frames of the newer log format are read, too', () => {
  const frame = logs([AT, line(1)]);
  const [labels, time, body] = frame.fields;
  const newer = [labels, { ...time, name: 'timestamp' }, { ...body, name: 'body' }] as Frame['fields'];
  assert.equal(read({ ...frame, fields: newer }).sessions.length, 1);
});

test('a line that is no session is left out and counted', () => {
  const { sessions, unreadable } = read(logs([AT, line(1)], [AT, 'level=warn msg="sampler restarted"']));
  assert.equal(sessions.length, 1);
  assert.equal(unreadable, 1);
});

test('missing fields are named instead of guessed', () => {
  const alloys = 'pid=1 app=api state=active xact_time=3s query_time=2s query="SELECT 1"';
  const result = readSnapshot([logs([AT, alloys])], 5000);
  assert.deepEqual(result.kind === 'wrongFields' && result.missing, ['xact_start', 'state_change']);
});

test('a snapshot of idle sessions only has no transaction start, and is none the worse', () => {
  const idle = 'pid=1 app=api state=idle state_change=2026-03-02T09:54:52Z query="SELECT 1"';
  const [session] = read(logs([AT, idle])).sessions;
  assert.equal(session?.transactionAgeS, undefined);
  assert.equal(session?.stateAgeS, 8);
});

test('a frame without a time is not taken for logs, and no lines are no snapshot', () => {
  const table: Frame = { length: 1, fields: [{ name: 'Value', type: 'number', values: [1] }] };
  assert.deepEqual(readSnapshot([table], 5000), { kind: 'notLogs', fields: ['Value'] });
  assert.deepEqual(readSnapshot([], 5000), { kind: 'none' });
  assert.deepEqual(readSnapshot([logs()], 5000), { kind: 'none' });
});

test('blockers, an aborted transaction, PostgreSQL’s own time format and a sqlcommenter comment are understood', () => {
  const text = [
    'pid=9 leader_pid=8 app=api state="idle in transaction (aborted)" xact_start="2026-03-02 09:54:50.000001+00"',
    'state_change=2026-03-02T09:54:59Z blocked_by_pids="[5 6]"',
    `query="SELECT 1 /*route='%2Fa',traceparent='00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'*/"`,
  ].join(' ');
  const [session] = read(logs([AT, text])).sessions;
  assert.equal(session?.kind, 'idleInTransaction');
  assert.deepEqual(session?.blockedBy, [5, 6]);
  assert.equal(session?.leaderPid, 8);
  assert.equal(session?.transactionAgeS?.toFixed(3), '10.000');
  assert.equal(session?.route, '/a');
  assert.equal(session?.traceId, '0af7651916cd43dd8448eb211c80319c');
});
