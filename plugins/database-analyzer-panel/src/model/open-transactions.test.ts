import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countFrom, heldSteps, thresholdInForce, traceLanes } from './open-transactions';
import { readSnapshot, type Snapshot } from './snapshot';
import recorded from './testdata/loki-snapshot.json';

const { sessions, timeMs } = readSnapshot(recorded, 5000) as Snapshot;
const API = { minAgeS: 1, application: 'api' };

test('one lane for each trace that holds transactions, the oldest first', () => {
  const lanes = traceLanes(sessions, API).filter((lane) => lane.ofPool);
  assert.deepEqual(
    lanes.map((lane) => [lane.traceId?.slice(0, 8), lane.transactions.length]),
    [
      ['f7c8ae15', 14],
      [lanes[1]?.traceId?.slice(0, 8), 5],
    ],
  );
  assert.equal(lanes[0]?.ageS.toFixed(1), '19.7');
  assert.equal(lanes[0]?.route, '/api/workflows/import');
});

test('other applications come after the pool’s, each session without a trace by itself', () => {
  const lanes = traceLanes(sessions, API);
  const others = lanes.filter((lane) => !lane.ofPool);
  assert.ok(others.length > 0);
  assert.deepEqual(lanes.slice(-others.length), others);
  for (const lane of others) assert.equal(lane.transactions.length, 1);
});

test('a parallel worker has no transaction of its own', () => {
  const workers = sessions.filter((session) => session.leaderPid !== undefined);
  assert.ok(workers.length > 0);
  const listed = traceLanes(sessions, { minAgeS: 0, application: '' }).flatMap((lane) => lane.transactions);
  for (const { pid } of workers) assert.ok(!listed.some((one) => one.pid === pid));
});

test('a lane is as high as the connections it holds at each time', () => {
  const [lane] = traceLanes(sessions, API);
  const steps = lane ? heldSteps(lane) : [];
  assert.equal(steps.at(-1)?.held, 14);
  assert.ok(steps.every((step, index) => index === 0 || step.fromMs >= (steps[index - 1]?.fromMs ?? 0)));
  assert.ok(steps.every((step) => step.fromMs < timeMs));
});

test('when nothing is as old as wanted, the next lower age that some have is in force', () => {
  const ages = [1, 5, 20];
  assert.deepEqual(countFrom(sessions, ages, 'api'), [2, 2, 0]);
  assert.equal(thresholdInForce(ages, [2, 2, 0], 20), 5);
  assert.equal(thresholdInForce(ages, [2, 2, 0], 1), 1);
  assert.equal(thresholdInForce(ages, [0, 0, 0], 20), 20);
});
