import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indexAt, positionAt, SETTLED, settlingMs } from './position';
import type { SnapshotGrid } from './snapshot-grid';

/** 100 instants, 5 s apart, the last one at 495 s. */
const GRID: SnapshotGrid = { firstMs: 0, intervalMs: 5000, count: 100, missing: new Set() };

function ages(samples: Readonly<Record<number, number>>) {
  const times = Object.keys(samples).map((seconds) => Number(seconds) * 1000);
  return {
    intervalMs: 15_000,
    longest: { name: 'longest', labels: {}, times, values: Object.values(samples) },
  };
}

test('settling takes the longest transaction of late and one reading more', () => {
  assert.equal(settlingMs(ages({ 400: 24.5, 480: 19 }), GRID, 30_000), 39_500);
});

test('a transaction of long ago, or of after the end, does not count', () => {
  assert.equal(settlingMs(ages({ 100: 90, 400: 2, 600: 90 }), GRID, 30_000), 17_000);
});

test('where all were short, nothing has to settle', () => {
  assert.equal(settlingMs(ages({ 400: 0.4, 480: 0 }), GRID, 30_000), 0);
});

test('without a metric the fallback counts, within a quarter of the range', () => {
  assert.equal(settlingMs({}, GRID, 30_000), 30_000);
  assert.equal(settlingMs(ages({ 100: 90 }), GRID, 30_000), 30_000);
  assert.equal(settlingMs(ages({ 480: 3600 }), GRID, 30_000), 123_750);
});

test('the settled position is the newest snapshot that is early enough', () => {
  assert.equal(indexAt(GRID, SETTLED, 39_500), 91);
  assert.equal(indexAt({ ...GRID, missing: new Set([91, 90]) }, SETTLED, 39_500), 89);
  assert.equal(indexAt(GRID, SETTLED, 0), 99);
});

test('with snapshots at the very end only, it is the last one', () => {
  const missing = new Set(Array.from({ length: 95 }, (_, index) => index));
  assert.equal(indexAt({ ...GRID, missing }, SETTLED, 39_500), 99);
});

test('settled and last follow the grid, a chosen time stays', () => {
  const later: SnapshotGrid = { ...GRID, firstMs: 100_000 };
  const chosen = positionAt(GRID, 60);
  assert.deepEqual(chosen, { kind: 'at', timeMs: 300_000 });
  assert.equal(indexAt(later, chosen, 39_500), 40);
  assert.equal(indexAt(later, positionAt(GRID, 99), 39_500), 99);
  assert.equal(indexAt(later, SETTLED, 39_500), 91);
});

test('a chosen time outside of the grid is given up', () => {
  const later: SnapshotGrid = { ...GRID, firstMs: 1_000_000 };
  assert.equal(indexAt(later, positionAt(GRID, 60), 39_500), 91);
  assert.equal(indexAt(GRID, { kind: 'at', timeMs: 1_000_000 }, 39_500), 91);
});

test('past either end is that end', () => {
  assert.deepEqual(positionAt(GRID, 140), { kind: 'last' });
  assert.deepEqual(positionAt(GRID, -3), { kind: 'at', timeMs: 0 });
});
