import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pointsWithin, windowsOf } from './windows';

const MINUTE_MS = 60_000;
const grid = (count: number) => Array.from({ length: count }, (_, i) => i * MINUTE_MS);
const base = {
  times: grid(53),
  range: { from: 0, to: 52 * MINUTE_MS },
  pointCovers_s: 300,
  figuresOver_s: 300,
  compare: 'start',
  compareOver_s: 600,
} as const;

test('now is the window up to the last point, before the start of the range', () => {
  const windows = windowsOf(base);
  assert.deepEqual(windows?.now, [47 * MINUTE_MS, 52 * MINUTE_MS]);
  assert.deepEqual(windows?.before, [0, 10 * MINUTE_MS]);
  assert.equal(windows?.stale, false);
});

test('the previous period ends where now begins', () => {
  const windows = windowsOf({ ...base, compare: 'previous' });
  assert.deepEqual(windows?.before, [42 * MINUTE_MS, 47 * MINUTE_MS]);
  assert.equal(windowsOf({ ...base, compare: 'off' })?.before, null);
});

test('nothing is compared with a window that overlaps', () => {
  assert.equal(windowsOf({ ...base, times: grid(13) })?.before, null);
  assert.equal(windowsOf({ ...base, times: [52 * MINUTE_MS] })?.before, null, 'an instant query');
});

test('old samples are called stale after three steps', () => {
  const stale = (to: number) => windowsOf({ ...base, range: { from: 0, to: to * MINUTE_MS } })?.stale;
  assert.deepEqual([stale(52), stale(55), stale(56)], [false, false, true]);
});

test('points that cover the whole window, or parts of it, are counted once', () => {
  const window = [47 * MINUTE_MS, 52 * MINUTE_MS] as const;
  assert.deepEqual(pointsWithin(base.times, window, 300), [52]);
  assert.deepEqual(pointsWithin(base.times, window, 60), [48, 49, 50, 51, 52]);
  assert.deepEqual(pointsWithin(base.times, [0, 10 * MINUTE_MS], 300), [5, 6, 7, 8, 9, 10]);
  assert.deepEqual(pointsWithin(base.times, window, 3600), [52], 'the point at the end always counts');
});
