/** Quantiles and fractions of a classic histogram, in proportion within its buckets. */
import type { ForcedMonotonicity } from './annotations.js';

/** By ascending bounds; counts are cumulative, and are put right in place. */
export interface Buckets {
  readonly bounds: Float64Array;
  readonly counts: Float64Array;
  readonly length: number;
}

/** By what share counts may differ that are meant to be equal: rates of buckets are not exact. */
const TOLERANCE = 1e-12;
const SMALLEST_NORMAL = 2 ** -1022;

export interface BucketQuantile {
  readonly quantile: number;
  /** What had to be put right. */
  readonly forced?: Omit<ForcedMonotonicity, 'time_ms'>;
}

/** @param tolerant whether counts that differ by rounding only are equal */
export function bucketQuantile(share: number, buckets: Buckets, tolerant: boolean): BucketQuantile {
  const { bounds, counts, length } = buckets;
  if (Number.isNaN(share)) return { quantile: Number.NaN };
  if (share < 0) return { quantile: Number.NEGATIVE_INFINITY };
  if (share > 1) return { quantile: Number.POSITIVE_INFINITY };
  const last = length - 1;
  if (bounds[last] !== Number.POSITIVE_INFINITY) return { quantile: Number.NaN };
  const forced = makeMonotonic(buckets, tolerant);
  const found = forced ? { forced } : {};
  const observations = counts[last] as number;
  if (length < 2 || observations === 0) return { quantile: Number.NaN, ...found };
  const rank = share * observations;
  let index = 0;
  // Not `<`: the search must not stop at a NaN.
  while (index < last && !((counts[index] as number) >= rank)) index++;
  if (index === last) return { quantile: bounds[last - 1] as number, ...found };
  const bound = bounds[index] as number;
  if (index === 0 && bound <= 0) return { quantile: bound, ...found };
  const start = index === 0 ? 0 : (bounds[index - 1] as number);
  const below = index === 0 ? 0 : (counts[index - 1] as number);
  const within = (rank - below) / ((counts[index] as number) - below);
  return { quantile: start + (bound - start) * within, ...found };
}

/** A count below the one before becomes that one. */
function makeMonotonic({ bounds, counts, length }: Buckets, tolerant: boolean): BucketQuantile['forced'] {
  let forced: BucketQuantile['forced'];
  let previous = counts[0] as number;
  for (let index = 1; index < length; index++) {
    const count = counts[index] as number;
    if (count === previous) continue;
    if (tolerant && isNearly(previous, count)) counts[index] = previous;
    else if (count < previous) {
      counts[index] = previous;
      const bound = bounds[index] as number;
      forced = {
        lowest: Math.min(bound, forced?.lowest ?? bound),
        highest: Math.max(bound, forced?.highest ?? bound),
        difference: Math.max(previous - count, forced?.difference ?? 0),
      };
    } else previous = count;
  }
  return forced;
}

function isNearly(a: number, b: number): boolean {
  if (Number.isNaN(a) && Number.isNaN(b)) return true;
  const sum = Math.abs(a) + Math.abs(b);
  const difference = Math.abs(a - b);
  if (a === 0 || b === 0 || sum < SMALLEST_NORMAL) return difference < TOLERANCE * SMALLEST_NORMAL;
  return difference / Math.min(sum, Number.MAX_VALUE) < TOLERANCE;
}

/** Of all observations, which share lies between two values. */
export function bucketFraction(lower: number, upper: number, { bounds, counts, length }: Buckets): number {
  const last = length - 1;
  if (bounds[last] !== Number.POSITIVE_INFINITY) return Number.NaN;
  const observations = counts[last] as number;
  if (observations === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return Number.NaN;
  if (lower >= upper) return 0;
  const buckets = { bounds, counts, length };
  return (rankOf(upper, buckets) - rankOf(lower, buckets)) / observations;
}

/** How many observations are below a value. */
function rankOf(value: number, { bounds, counts, length }: Buckets): number {
  const observations = counts[length - 1] as number;
  let below = 0;
  let start = (bounds[0] as number) <= 0 ? Number.NEGATIVE_INFINITY : 0;
  for (let index = 0; index < length; index++) {
    const bound = bounds[index] as number;
    const count = counts[index] as number;
    if (start >= value) return Math.min(below, observations);
    if (bound > value) {
      // A bucket without a lower end cannot be divided.
      const rank =
        start === Number.NEGATIVE_INFINITY
          ? count
          : below + ((count - below) * (value - start)) / (bound - start);
      return Math.min(rank, observations);
    }
    below = count;
    start = bound;
  }
  return observations;
}
