/** Latency buckets over time, and the quantiles that they give. */
import { addBuckets, type Buckets, quantileOf } from './quantile';
import type { QuantileHistory, Values } from './types';
import { meanAt, unionOf, valuesAt } from './values';
import { pointsWithin } from './windows';

export interface BucketHistory {
  readonly bound_s: number;
  readonly times: readonly number[];
  readonly values: Values;
}

/** The mean histogram of a window; `null` when no bucket has a point in it. */
export function bucketsIn(
  histories: readonly BucketHistory[],
  window: readonly [number, number],
  pointCovers_s: number,
): Buckets | null {
  const parts: Buckets[] = [];
  for (const { bound_s, times, values } of histories) {
    const rate = meanAt(values, pointsOf(times, window, pointCovers_s));
    if (rate !== null) parts.push(new Map([[bound_s, rate]]));
  }
  return parts.length > 0 ? addBuckets(parts) : null;
}

/** Buckets are many, so that their query may have longer steps: its newest point in the window then stands for it. */
function pointsOf(
  times: readonly number[],
  window: readonly [number, number],
  pointCovers_s: number,
): readonly number[] {
  const within = pointsWithin(times, window, pointCovers_s);
  return within.length > 0 ? within : pointsWithin(times, window, 0).slice(-1);
}

/** P50 and P99 at each time of the buckets; `null` when there is but one. */
export function quantileHistory(histories: readonly BucketHistory[]): QuantileHistory | null {
  const times = unionOf(histories.map((each) => each.times));
  if (times.length < 2) return null;
  const moved = histories.map(({ bound_s, ...own }) => {
    return { bound_s, values: valuesAt(times, own.times, own.values) };
  });
  const at = times.map((_, i) => {
    return addBuckets(moved.map(({ bound_s, values }) => new Map([[bound_s, values[i] ?? 0]])));
  });
  const quantile = (q: number) => at.map((buckets) => quantileOf(q, buckets)?.value_s ?? null);
  return { times, p50_s: quantile(0.5), p99_s: quantile(0.99) };
}

/** A bucket's upper bound, s; NaN without one. */
export function boundOf(le: string | undefined): number {
  if (le === undefined || le === '') return Number.NaN;
  return le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le);
}
