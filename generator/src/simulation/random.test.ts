import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from './random.js';

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const draws = (count: number, draw: () => number) => Array.from({ length: count }, draw);

test('the same seed and name give the same numbers, on every machine', () => {
  const random = createRandom(1, 'app');
  assert.deepEqual(draws(4, random.nextUint32), [2212370862, 2992440432, 1754431547, 188221561]);
});

test('another seed, a seed that differs in its high bits or another name gives other numbers', () => {
  const first = (seed: number, name: string) => createRandom(seed, name).nextUint32();
  const streams = [
    first(1, 'app'),
    first(2, 'app'),
    first(1 + 2 ** 32, 'app'),
    first(1, 'load'),
    first(1, 'pap'),
  ];
  assert.equal(new Set(streams).size, streams.length);
});

test('numbers are within their bounds and have the mean of their distribution', () => {
  const random = createRandom(7, 'test');
  const within = (values: readonly number[], low: number, high: number, expected: number) => {
    assert.ok(Math.min(...values) >= low && Math.max(...values) <= high);
    assert.ok(
      Math.abs(mean(values) - expected) < 0.02 * (high - low),
      `${mean(values)} is not near ${expected}`,
    );
  };
  within(draws(20_000, random.next), 0, 1, 0.5);
  within(
    draws(20_000, () => random.between(-3, 5)),
    -3,
    5,
    1,
  );
  within(
    draws(20_000, () => random.integer(2, 4)),
    2,
    4,
    3,
  );
  within(
    draws(20_000, () => random.triangular(18, 23, 25)),
    18,
    25,
    22,
  );
  within(
    draws(20_000, () => Math.min(random.exponential(1), 12)),
    0,
    12,
    1,
  );
});

test('a deck deals each slice of the range once before it is shuffled again', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(), (size, seed) => {
      const deal = createRandom(seed, 'deck').deck(size);
      for (let round = 0; round < 3; round++) {
        const slices = draws(size, deal).map((quantile) => Math.floor(quantile * size));
        assert.deepEqual(
          [...slices].sort((a, b) => a - b),
          [...slices.keys()],
        );
      }
    }),
  );
});

test('picking covers the list, and nothing can be picked from none', () => {
  const random = createRandom(3, 'pick');
  const picked = new Set(Array.from({ length: 100 }, () => random.pick(['a', 'b', 'c'])));
  assert.deepEqual([...picked].sort(), ['a', 'b', 'c']);
  assert.throws(() => random.pick([]), RangeError);
  assert.throws(() => createRandom(1.5, 'x'), RangeError);
});
