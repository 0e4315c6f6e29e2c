import assert from 'node:assert/strict';
import { test } from 'node:test';
import { areaPaths, axisMax, linePath, type StripPlane, timeAt, timeTicks, xOf, yOf } from './strip';

const PLANE: StripPlane = { left: 10, right: 110, top: 0, bottom: 50, fromMs: 0, toMs: 600_000, max: 200 };

test('time and place are each other’s inverse within the strip', () => {
  assert.equal(xOf(PLANE, 300_000), 60);
  assert.equal(timeAt(PLANE, 60), 300_000);
  assert.equal(timeAt(PLANE, -5), 0);
  assert.equal(yOf(PLANE, 100), 25);
});

const NONE = [0, 0];

test('states are stacked on each other', () => {
  const states = {
    times: [0, 600_000],
    counts: { idleInTransaction: [100, 100], waiting: NONE, active: [100, 100], idle: NONE },
  };
  const paths = areaPaths(states, PLANE);
  assert.equal(paths.idleInTransaction, 'M10.0 25.0L110.0 25.0L110.0 50.0L10.0 50.0Z');
  assert.equal(paths.active, 'M10.0 0.0L110.0 0.0L110.0 25.0L10.0 25.0Z');
});

test('samples that are missing leave a hole, in areas and lines', () => {
  const times = [0, 15_000, 30_000, 300_000, 315_000];
  const values = [1, 2, 3, 4, 5];
  assert.equal(linePath({ times, values }, PLANE).match(/M/g)?.length, 2);
  const zeros = values.map(() => 0);
  const counts = { idleInTransaction: values, waiting: zeros, active: zeros, idle: zeros };
  assert.equal(areaPaths({ times, counts }, PLANE).idleInTransaction.match(/Z/g)?.length, 2);
});

test('the axis ends at the pool’s size, unless more must be shown', () => {
  const queue = (value: number) => ({ name: '', labels: {}, times: [0], values: [value] });
  assert.equal(axisMax(200, undefined, queue(95)), 200);
  assert.equal(axisMax(200, undefined, queue(270)), 300);
  assert.equal(axisMax(undefined, undefined, undefined), 1);
});

test('ticks are round times, far enough apart', () => {
  assert.deepEqual(timeTicks({ ...PLANE, fromMs: 60_000 }, 40), [300_000, 600_000]);
});
