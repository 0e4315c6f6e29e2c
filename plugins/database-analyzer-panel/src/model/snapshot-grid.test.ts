import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Frame } from './frames';
import {
  countStepMs,
  gridFromCounts,
  holes,
  instantMs,
  lastPresent,
  nearestIndex,
  presentWithin,
  type SnapshotGrid,
} from './snapshot-grid';
import recorded from './testdata/loki-counts.json';

const STEP = { intervalMs: 5000, stepMs: 5000 };

function counts(times: readonly number[]): Frame {
  return {
    length: times.length,
    fields: [
      { name: 'Time', type: 'time', values: times },
      { name: 'Value', type: 'number', values: times.map(() => 200) },
    ],
  };
}

function grid(...seconds: readonly number[]): SnapshotGrid {
  return gridFromCounts([counts(seconds.map((second) => second * 1000))], STEP) as SnapshotGrid;
}

test('recorded counts: one instant for each interval, none missing', () => {
  const found = gridFromCounts(recorded.counts, STEP);
  assert.equal(found?.count, 13);
  assert.equal(found && instantMs(found, 12), Date.parse('2026-03-02T09:55:00Z'));
  assert.equal(found?.missing?.size, 0);
});

test('a step without lines is a snapshot that is missing', () => {
  const found = grid(0, 5, 20, 25, 35);
  assert.equal(found.count, 8);
  assert.deepEqual([...(found.missing ?? [])], [2, 3, 6]);
  assert.deepEqual(holes(found), [
    [2, 3],
    [6, 6],
  ]);
});

test('at a missing instant the last one before it is shown', () => {
  const found = grid(0, 5, 20);
  assert.equal(lastPresent(found, 3), 1);
  assert.equal(lastPresent(found, 4), 4);
  assert.equal(lastPresent({ ...found, missing: new Set([0]) }, 0), undefined);
});

test('a window takes the snapshots after its start, up to its end', () => {
  const found = grid(0, 5, 10, 20, 25);
  assert.equal(presentWithin(found, 5000, 20_000), 2);
  assert.equal(presentWithin(found, -60_000, 60_000), 5);
});

test('times are found on the grid and kept within it', () => {
  const found = grid(0, 5, 10);
  assert.equal(nearestIndex(found, 7600), 2);
  assert.equal(nearestIndex(found, -9e9), 0);
  assert.equal(nearestIndex(found, 9e9), 2);
});

test('a long range is counted in coarser steps, and then nothing is said of single snapshots', () => {
  assert.equal(countStepMs(3_120_000, 5000), 5000);
  const stepMs = countStepMs(7 * 86_400_000, 5000);
  assert.ok(stepMs % 5000 === 0 && (7 * 86_400_000) / stepMs <= 5000);
  const found = gridFromCounts([counts([stepMs, 2 * stepMs])], { intervalMs: 5000, stepMs });
  assert.equal(found?.missing, undefined);
  assert.equal(found && instantMs(found, 0), 5000);
  assert.equal(found && instantMs(found, found.count - 1), 2 * stepMs);
});

test('no lines, no grid', () => {
  assert.equal(gridFromCounts([], STEP), undefined);
  assert.equal(gridFromCounts([counts([])], STEP), undefined);
});
