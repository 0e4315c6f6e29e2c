import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bucketExponent, quantile } from './histogram.js';

test('a value is in the bucket of the next power of two, which holds it', () => {
  assert.deepEqual(
    [0, 1, 2, 3, 4, 5, 2 ** 31, 2 ** 32, 2 ** 32 + 1, -1].map(bucketExponent),
    [-1, -1, 1, 2, 2, 3, 31, 32, 33, -1],
  );
  fc.assert(
    fc.property(fc.integer({ min: 2, max: Number.MAX_SAFE_INTEGER }), (value) => {
      const exponent = bucketExponent(value);
      assert.ok(value <= 2 ** exponent && value > 2 ** (exponent - 1));
    }),
  );
});

test('quantiles grow with their share and stay within the buckets', () => {
  const buckets = [
    { max: 2, count: 5 },
    { max: 8, count: 3 },
    { max: 64, count: 2 },
  ];
  assert.equal(quantile(0.5, buckets), 2);
  assert.equal(quantile(1, buckets), 64);
  assert.equal(quantile(0.8, buckets), 8);
  assert.equal(quantile(0.9, buckets), 2 ** 4.5);
  assert.equal(quantile(0, [{ max: 4, count: 2 }]), 2 ** 1.5);
  assert.equal(quantile(0.5, []), 0);
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(share, share, (a, b) => {
      assert.ok(quantile(Math.min(a, b), buckets) <= quantile(Math.max(a, b), buckets));
    }),
  );
});
