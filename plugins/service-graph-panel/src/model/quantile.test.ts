import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addBuckets, quantileOf } from './quantile';

const INFINITE = Number.POSITIVE_INFINITY;

test('a quantile is interpolated within its bucket', () => {
  const buckets = new Map([
    [1, 50],
    [2, 90],
    [4, 100],
    [INFINITE, 100],
  ]);
  assert.deepEqual(quantileOf(0.5, buckets), { value_s: 1, above: false });
  assert.deepEqual(quantileOf(0.95, buckets), { value_s: 3, above: false });
});

test('beyond the highest finite bound the value is that bound, and says so', () => {
  const buckets = new Map([
    [5, 10],
    [30, 90],
    [INFINITE, 100],
  ]);
  assert.deepEqual(quantileOf(0.95, buckets), { value_s: 30, above: true });
  assert.deepEqual(quantileOf(0.9, buckets), { value_s: 30, above: false });
});

test('of nothing there is no quantile', () => {
  assert.equal(quantileOf(0.95, new Map()), null);
  assert.equal(quantileOf(0.95, new Map([[INFINITE, 0]])), null);
});

test('quantiles rise with q and stay within the bounds', () => {
  const counts = fc
    .array(fc.nat(50), { minLength: 1, maxLength: 8 })
    .filter((list) => list.some((n) => n > 0));
  fc.assert(
    fc.property(counts, (list) => {
      const total = (to: number) => list.slice(0, to + 1).reduce((a, b) => a + b, 0);
      const bound = (i: number) => (i === list.length - 1 ? INFINITE : i + 1);
      const buckets = new Map(list.map((_, i) => [bound(i), total(i)]));
      let previous = 0;
      for (const q of [0.01, 0.25, 0.5, 0.95, 0.99]) {
        const value_s = quantileOf(q, buckets)?.value_s ?? assert.fail();
        assert.ok(value_s >= previous && value_s <= list.length);
        previous = value_s;
      }
    }),
  );
});

test('histograms add up bucket by bucket', () => {
  const one = new Map([
    [1, 2],
    [INFINITE, 4],
  ]);
  assert.deepEqual(
    [...addBuckets([one, one])],
    [
      [1, 4],
      [INFINITE, 8],
    ],
  );
});
