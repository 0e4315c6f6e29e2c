/** Series of counts by bucket -> a series for each quantile. */
import { identity, type Value } from '../value.js';
import { type Bucket, quantile } from './histogram.js';
import type { Exemplar, Label, Series } from './series.js';

interface Histogram {
  readonly labels: readonly Label[];
  readonly buckets: { readonly max: number; readonly counts: Float64Array }[];
  readonly exemplars: Exemplar[];
}

/** @param bucketLabel which of the labels says the bucket */
export function quantileSeries(
  counts: readonly Series[],
  quantiles: readonly number[],
  bucketLabel: string,
): readonly Series[] {
  const histograms = [...merge(counts, bucketLabel).values()];
  const typical = typicalValues(histograms, quantiles);
  return histograms.flatMap(({ labels, buckets, exemplars }) =>
    quantiles.map((share, index) => ({
      labels: [...labels, ['p', { kind: 'float', value: share }] as Label],
      values: valuesOf(buckets, share),
      exemplars: exemplars.filter(({ value }) => nearest(typical, value) === index),
    })),
  );
}

function merge(counts: readonly Series[], bucketLabel: string): ReadonlyMap<string, Histogram> {
  const histograms = new Map<string, Histogram>();
  for (const { labels, values, exemplars } of counts) {
    const bucket = labels.find(([name]) => name === bucketLabel)?.[1] as Value & { kind: 'float' };
    const others = labels.filter(([name]) => name !== bucketLabel);
    const key = JSON.stringify(others.map(([name, value]) => [name, identity(value)]));
    const histogram = histograms.get(key) ?? { labels: others, buckets: [], exemplars: [] };
    histograms.set(key, histogram);
    histogram.buckets.push({ max: bucket.value, counts: values });
    histogram.exemplars.push(...exemplars);
  }
  for (const { buckets } of histograms.values()) buckets.sort((a, b) => a.max - b.max);
  return histograms;
}

function valuesOf(buckets: Histogram['buckets'], share: number): Float64Array {
  const values = new Float64Array(buckets[0]?.counts.length ?? 0);
  for (let slot = 0; slot < values.length; slot++) {
    const filled: Bucket[] = [];
    for (const { max, counts } of buckets) {
      const count = counts[slot] as number;
      if (count > 0) filled.push({ max, count });
    }
    values[slot] = quantile(share, filled);
  }
  return values;
}

/** Of all series and times together: an exemplar goes with the quantile that is nearest to its value. */
function typicalValues(histograms: readonly Histogram[], quantiles: readonly number[]): readonly number[] {
  const totals = new Map<number, number>();
  for (const { max, counts } of histograms.flatMap(({ buckets }) => buckets)) {
    totals.set(max, (totals.get(max) ?? 0) + counts.reduce((sum, count) => sum + count, 0));
  }
  const buckets = [...totals].map(([max, count]) => ({ max, count })).sort((a, b) => a.max - b.max);
  return quantiles.map((share) => quantile(share, buckets));
}

function nearest(values: readonly number[], value: number): number {
  let best = 0;
  values.forEach((one, index) => {
    if (Math.abs(one - value) < Math.abs((values[best] as number) - value)) best = index;
  });
  return best;
}
