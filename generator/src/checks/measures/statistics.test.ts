import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Counts, mean, percent, quantile, rangeOf } from './statistics.js';

test('quantiles are nearest ranks', () => {
  const values = [50, 10, 40, 20, 30];
  assert.deepEqual(
    [0, 0.2, 0.21, 0.5, 0.99, 1].map((share) => quantile(values, share)),
    [10, 10, 20, 30, 50, 50],
  );
});

test('no values give NaN, which no target accepts', () => {
  const results = [
    quantile([], 0.5),
    mean([]),
    rangeOf([]).low,
    rangeOf([]).high,
    percent(0, 0),
    new Counts().quantile(0.5),
  ];
  assert.ok(results.every(Number.isNaN));
});

test('counts keep any number of values', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(), { minLength: 1, maxLength: 5000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (values, share) => {
        const counts = new Counts();
        for (const value of values) counts.add(value);
        assert.equal(counts.quantile(share), quantile(values, share));
      },
    ),
    { seed: 1, numRuns: 50 },
  );
});
