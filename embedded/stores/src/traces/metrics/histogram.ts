/** Values in buckets that double in width, and quantiles of them. */

export interface Bucket {
  /** The largest value in it. */
  readonly max: number;
  readonly count: number;
}

/** Of the power of two that the value is not above; -1 for values that have no bucket. */
export function bucketExponent(value: number): number {
  if (!(value >= 2)) return -1;
  const below = Math.ceil(value) - 1;
  const high = Math.floor(below / 2 ** 32);
  return high === 0 ? 32 - Math.clz32(below) : 64 - Math.clz32(high);
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
