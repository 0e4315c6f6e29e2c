import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BucketHistory, bucketsIn, quantileHistory } from './buckets';
import { quantileOf } from './quantile';

const MINUTE = 60_000;
/** Ten calls a second: at first all within 0.1 s, from the third minute on all beyond it. */
const HISTORIES: readonly BucketHistory[] = [
  { bound_s: 0.1, values: [10, 10, 0, 0] },
  { bound_s: 1, values: [10, 10, 10, 10] },
  { bound_s: Number.POSITIVE_INFINITY, values: [10, 10, 10, 10] },
].map((each) => ({ ...each, times: [1, 2, 3, 4].map((minute) => minute * MINUTE) }));

function p50(from: number, to: number, covers_s: number): number | undefined {
  const buckets = bucketsIn(HISTORIES, [from * MINUTE, to * MINUTE], covers_s);
  return buckets === null ? undefined : quantileOf(0.5, buckets)?.value_s;
}

test('buckets of a window give its quantiles, before as well as now', () => {
  assert.equal(p50(0, 2, 60), 0.05);
  assert.equal(p50(2, 4, 60), 0.55);
});

test('where steps are longer than what a point covers, the newest point of the window stands for it', () => {
  assert.equal(p50(1.5, 2.5, 60), 0.05);
  assert.equal(p50(2.5, 3.5, 60), 0.55);
  assert.equal(p50(4.5, 5.5, 60), undefined);
});

test('quantiles over time are those of each point, and one point is no course', () => {
  assert.deepEqual(quantileHistory(HISTORIES)?.p50_s, [0.05, 0.05, 0.55, 0.55]);
  const one = HISTORIES.map((each) => ({
    ...each,
    times: each.times.slice(0, 1),
    values: each.values.slice(0, 1),
  }));
  assert.equal(quantileHistory(one), null);
});
