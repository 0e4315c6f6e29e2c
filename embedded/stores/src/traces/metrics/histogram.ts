/** Values in buckets that double in width, and quantiles of them. */

export interface Bucket {
  /** The largest value in it. */
  readonly max: number;
  readonly count: number;
}

/** The power of two that the value is not above; undefined for values that have no bucket. */
export function bucketOf(value: number): number | undefined {
  return value < 2 ? undefined : 2 ** Math.ceil(Math.log2(value));
}

/**
 * The value that this share of the values is not above, between the bounds of its bucket as if values grew exponentially.
 * @param buckets ascending
 */
export function quantile(share: number, buckets: readonly Bucket[]): number {
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return 0;
  const wanted = Math.max(1, Math.ceil(share * total));
  let below = 0;
  for (let i = 0; i < buckets.length; i++) {
    const { max, count } = buckets[i] as Bucket;
    if (below + count === wanted) return max;
    if (below + count > wanted) {
      const high = Math.log2(max);
      const low = i > 0 ? Math.log2((buckets[i - 1] as Bucket).max) : high - 1;
      return 2 ** (low + (high - low) * ((wanted - below) / count));
    }
    below += count;
  }
  return (buckets.at(-1) as Bucket).max;
}
