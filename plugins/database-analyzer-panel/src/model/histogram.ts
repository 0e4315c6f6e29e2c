import { increase, type Series } from './series';

export interface Quantile {
  /** In the histogram's unit; the last finite bound when it lies beyond that. */
  readonly value: number;
  /** The quantile fell into the bucket without an upper bound: all that is known is that it is above `value`. */
  readonly beyondLastBound: boolean;
}

/**
 * A quantile over what a histogram's `_bucket` series counted between two times, interpolated within its bucket.
 * @param q 0 to 1
 * @returns `undefined` when nothing was counted
 */
export function quantile(
  buckets: readonly Series[],
  { q, fromMs, toMs }: { readonly q: number; readonly fromMs: number; readonly toMs: number },
): Quantile | undefined {
  const counts = new Map<number, number>();
  for (const bucket of buckets) {
    const bound = bucket.labels.le === '+Inf' ? Infinity : Number(bucket.labels.le);
    const grown = increase(bucket, fromMs, toMs);
    if (!Number.isNaN(bound) && grown) counts.set(bound, (counts.get(bound) ?? 0) + grown.value);
  }
  const bounds = [...counts.keys()].sort((a, b) => a - b);
  const total = counts.get(bounds.at(-1) ?? 0) ?? 0;
  if (total === 0) return undefined;
  const rank = q * total;
  let lower = 0;
  let below = 0;
  for (const bound of bounds) {
    const upTo = counts.get(bound) ?? 0;
    if (upTo >= rank) {
      if (bound === Infinity) return { value: lower, beyondLastBound: true };
      const share = upTo === below ? 1 : (rank - below) / (upTo - below);
      return { value: lower + (bound - lower) * share, beyondLastBound: false };
    }
    lower = bound === Infinity ? lower : bound;
    below = upTo;
  }
  return { value: lower, beyondLastBound: true };
}
