import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TimeGrid } from './time-grid.js';

const S = 1_000_000_000n;

test('slots are aligned to the step, with one before the range', () => {
  const grid = TimeGrid.aligned(1_772_442_400n * S, 1_772_445_700n * S, 300n * S);
  assert.equal(grid.count, 13);
  assert.equal(grid.timestamp(0), 1_772_442_300_000);
  assert.equal(grid.timestamp(12), 1_772_445_900_000);
});

test('a slot holds its end and not its beginning', () => {
  const grid = new TimeGrid(100n * S, 130n * S, 10n * S);
  assert.deepEqual(
    [grid.slot(100, 0), grid.slot(100, 1), grid.slot(110, 0), grid.slot(110, 1)],
    [-1, 0, 0, 1],
  );
  assert.deepEqual([grid.slot(130, 0), grid.slot(130, 1), grid.slot(99, 0)], [2, -1, -1]);
});

test('any time is in the slot whose end comes next', () => {
  const second = fc.integer({ min: 1_700_000_000, max: 1_700_086_400 });
  fc.assert(
    fc.property(second, fc.nat(999_999_999), fc.integer({ min: 1, max: 7200 }), (seconds, nanos, step) => {
      const grid = TimeGrid.aligned(1_700_000_000n * S, 1_700_086_400n * S, BigInt(step) * S);
      const time = BigInt(seconds) * S + BigInt(nanos);
      const slot = grid.slot(seconds, nanos);
      if (slot < 0) return;
      const end = BigInt(grid.timestamp(slot)) * 1_000_000n;
      assert.ok(time <= end && time > end - BigInt(step) * S);
    }),
  );
});
