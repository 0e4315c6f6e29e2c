/** Functions of classic histograms: series with cumulative counts, one for each bucket's upper bound. */
import { BUCKET, type Labels } from '../labels.js';
import { type Buckets, bucketFraction, bucketQuantile } from './buckets.js';
import type { Invocation } from './call.js';
import { mergeSameLabels } from './merge.js';
import {
  type Grid,
  isEmpty,
  type Scalar,
  timeOf,
  type Value,
  type Vector,
  type VectorSeries,
} from './value.js';

type HistogramFunction = (invocation: Invocation) => Value | Promise<Value>;

export const BUCKET_FUNCTIONS: ReadonlyMap<string, HistogramFunction> = new Map<string, HistogramFunction>([
  ['histogram_quantile', quantiles],
  ['histogram_fraction', fractions],
  // Of native histograms only, of which there are none here: the engine gives nothing for other samples.
  ...['avg', 'count', 'stddev', 'stdvar', 'sum'].map((name): [string, HistogramFunction] => [
    `histogram_${name}`,
    () => ({ kind: 'vector', series: [] }),
  ]),
]);

interface Bucket {
  readonly bound: number;
  readonly series: VectorSeries;
}

interface Histogram {
  readonly labels: Labels;
  readonly buckets: Bucket[];
}

function quantiles(invocation: Invocation): Promise<Vector> {
  const { call, args, grid, context } = invocation;
  const [share, vector] = args as readonly [Scalar, Vector];
  const [shareExpr, vectorExpr] = call.args;
  if (shareExpr)
    for (const value of new Set(share.values)) context.annotations.invalidQuantile(value, shareExpr);
  return eachStep(invocation, vector, (buckets, step, { labels }) => {
    const { toleratesRounding } = context.semantics;
    const { quantile, forced } = bucketQuantile(share.values[step] as number, buckets, toleratesRounding);
    if (forced && vectorExpr) {
      const name = context.semantics.delayedNameRemoval ? labels.metricName : '';
      context.annotations.forcedMonotonicity(name, { time_ms: timeOf(grid, step), ...forced }, vectorExpr);
    }
    return quantile;
  });
}

function fractions(invocation: Invocation): Promise<Vector> {
  const [lower, upper, vector] = invocation.args as readonly [Scalar, Scalar, Vector];
  return eachStep(invocation, vector, (buckets, step) =>
    bucketFraction(lower.values[step] as number, upper.values[step] as number, buckets),
  );
}

async function eachStep(
  invocation: Invocation,
  vector: Vector,
  apply: (buckets: Buckets, step: number, histogram: Histogram) => number,
): Promise<Vector> {
  const { grid, context } = invocation;
  const series: VectorSeries[] = [];
  for (const histogram of findHistograms(invocation, vector)) {
    const out = context.newSeries(context.withoutName(histogram.labels), true, grid);
    fill(out, histogram, grid, (buckets, step) => apply(buckets, step, histogram));
    if (!isEmpty(out)) series.push(out);
    await context.worked(grid.count * histogram.buckets.length);
  }
  return { kind: 'vector', series: mergeSameLabels(series) };
}

function fill(
  out: VectorSeries,
  { buckets }: Histogram,
  { count }: Grid,
  apply: (buckets: Buckets, step: number) => number,
): void {
  const bounds = new Float64Array(buckets.length);
  const counts = new Float64Array(buckets.length);
  for (let step = 0; step < count; step++) {
    let length = 0;
    for (const { bound, series } of buckets) {
      if (series.present[step] === 0) continue;
      const value = series.values[step] as number;
      // Buckets of one bound are one bucket.
      if (length > 0 && bounds[length - 1] === bound)
        counts[length - 1] = (counts[length - 1] as number) + value;
      else {
        bounds[length] = bound;
        counts[length] = value;
        length++;
      }
    }
    if (length === 0) continue;
    out.values[step] = apply({ bounds, counts, length }, step);
    out.present[step] = 1;
  }
}

/** Buckets that belong together, by ascending bounds. */
function findHistograms({ call, context }: Invocation, { series }: Vector): readonly Histogram[] {
  const histograms = new Map<string, Histogram>();
  for (const one of series) {
    const text = one.labels.get(BUCKET);
    const bound = parseBound(text);
    if (bound === undefined) {
      const name = context.semantics.delayedNameRemoval ? one.labels.metricName : '';
      const at = call.args.at(-1);
      if (at) context.annotations.badBucket(text, name, at);
      continue;
    }
    const labels = one.labels.without(BUCKET);
    const histogram = histograms.get(labels.key) ?? { labels, buckets: [] };
    histograms.set(labels.key, histogram);
    histogram.buckets.push({ bound, series: one });
  }
  for (const { buckets } of histograms.values()) buckets.sort((a, b) => a.bound - b.bound || 0);
  return [...histograms.values()];
}

/** As Go's `ParseFloat`. */
function parseBound(text: string): number | undefined {
  const word = /^([+-]?)inf(?:inity)?$/i.exec(text);
  if (word) return word[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^nan$/i.test(text)) return Number.NaN;
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return undefined;
  return Number(text);
}
