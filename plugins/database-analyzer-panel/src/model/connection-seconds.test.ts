import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelledParts, readConnectionSeconds } from './connection-seconds';
import type { Frame } from './frames';
import recorded from './testdata/loki-counts.json';

function counted(labels: Record<string, string>, lines: number): Frame {
  return {
    length: 1,
    fields: [
      { name: 'Time', type: 'time', values: [0] },
      { name: 'Value', type: 'number', labels, values: [lines] },
    ],
  };
}

test('recorded as one table: a minute of 200 connections', () => {
  const sums = readConnectionSeconds(recorded.sums, 'state', 5000);
  assert.equal(sums.totalSeconds, 12_000);
  assert.deepEqual(sums.parts, [{ kind: 'idleInTransaction', group: '', seconds: 12_000 }]);
});

test('recorded by statement: statements of one table come together whatever their length', () => {
  const sums = readConnectionSeconds(recorded.statements, 'statement', 5000);
  assert.deepEqual(sums.parts, [
    { kind: 'idleInTransaction', group: 'INSERT INTO workflow_steps', seconds: 12_000 },
  ]);
});

test('a frame for each combination is read as well; states keep their order, the largest first', () => {
  const sums = readConnectionSeconds(
    [
      counted({ state: 'idle', app: 'a' }, 10),
      counted({ state: 'active', wait_event_type: 'IO', app: 'a' }, 1),
      counted({ state: 'active', app: 'a' }, 2),
      counted({ state: 'active', app: 'b' }, 3),
    ],
    'application',
    5000,
  );
  assert.deepEqual(
    sums.parts.map((part) => [part.kind, part.group, part.seconds]),
    [
      ['waiting', 'a', 5],
      ['active', 'b', 15],
      ['active', 'a', 10],
      ['idle', 'a', 50],
    ],
  );
});

test('an idle session belongs to no route', () => {
  const sums = readConnectionSeconds([counted({ state: 'idle', route: '/a' }, 1)], 'route', 5000);
  assert.equal(sums.parts[0]?.group, 'no route');
});

test('every state has a label, also one that does not occur', () => {
  const sums = readConnectionSeconds([counted({ state: 'active' }, 1)], 'state', 5000);
  assert.deepEqual(
    labelledParts(sums, 'state').map((part) => part.seconds),
    [0, 0, 5, 0],
  );
});
