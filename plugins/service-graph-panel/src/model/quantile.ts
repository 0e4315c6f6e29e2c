/** Quantiles of a cumulative histogram, as Prometheus' histogram_quantile has them, and what that one does not tell. */
import type { Quantile } from './types';

/** Cumulative counts (or rates) by upper bound in s. */
export type Buckets = ReadonlyMap<number, number>;

/**
 * @param q 0 to 1
 * @param buckets by upper bound, `Infinity` included
 * @returns `null` without observations; `above` when the quantile lies beyond the highest finite bound
 */
export function quantileOf(q: number, buckets: Buckets): Quantile | null {
  const bounds = [...buckets.keys()].sort((a, b) => a - b);
  const highest = bounds.at(-1);
  const total = highest === undefined ? 0 : (buckets.get(highest) ?? 0);
  if (!(total > 0)) return null;
  const rank = q * total;
  let below_s = 0;
  let before = 0;
  for (const bound of bounds) {
    const count = buckets.get(bound) ?? 0;
    if (count >= rank) {
      if (bound === Number.POSITIVE_INFINITY) return { value_s: below_s, above: true };
      const inside = count - before;
      const share = inside > 0 ? (rank - before) / inside : 1;
      return { value_s: below_s + (bound - below_s) * share, above: false };
    }
    below_s = bound;
    before = count;
  }
  return { value_s: below_s, above: true };
}

/** Adds histograms bucket by bucket. */
export function addBuckets(all: readonly Buckets[]): Buckets {
  const sum = new Map<number, number>();
  for (const buckets of all)
    for (const [bound, count] of buckets) sum.set(bound, (sum.get(bound) ?? 0) + count);
  return sum;
}
