/** The line through the samples of a window, and smoothing of them. */
import { QueryError } from '../../query/query-error.js';
import { Sum } from './arithmetic.js';
import type { RangeFunction, SlidingWindow } from './range-functions.js';

export const TRENDS: readonly (readonly [string, RangeFunction])[] = [
  ['deriv', { of: () => (window) => fit(window, window.times[window.from] as number)?.slope }],
  ['predict_linear', { of: () => predict }],
  ['double_exponential_smoothing', { of: () => smooth }],
  ['holt_winters', { of: () => smooth }],
];

function predict(window: SlidingWindow): number | undefined {
  const line = fit(window, window.time_ms);
  return line && line.slope * (window.scalars[0] as number) + line.intercept;
}

/**
 * By least squares; time counts in seconds from `origin_ms`.
 * @returns undefined for fewer than two samples
 */
function fit(
  { times, values, from, to }: SlidingWindow,
  origin_ms: number,
): { readonly slope: number; readonly intercept: number } | undefined {
  const count = to - from;
  if (count < 2) return undefined;
  const [sumX, sumY, sumXY, sumXX] = [new Sum(), new Sum(), new Sum(), new Sum()];
  const first = values[from] as number;
  let constant = true;
  for (let index = from; index < to; index++) {
    const y = values[index] as number;
    const x = ((times[index] as number) - origin_ms) / 1000;
    if (y !== first && index > from) constant = false;
    sumX.add(x);
    sumY.add(y);
    sumXY.add(x * y);
    sumXX.add(x * x);
  }
  if (constant) {
    const infinite = Math.abs(first) === Number.POSITIVE_INFINITY;
    return infinite ? { slope: Number.NaN, intercept: Number.NaN } : { slope: 0, intercept: first };
  }
  const covariance = sumXY.total - (sumX.total * sumY.total) / count;
  const variance = sumXX.total - (sumX.total * sumX.total) / count;
  const slope = covariance / variance;
  return { slope, intercept: sumY.total / count - (slope * sumX.total) / count };
}

/** Holt's linear method: a smoothed value and a smoothed trend. */
function smooth({ values, from, to, scalars }: SlidingWindow): number | undefined {
  const [smoothing, trending] = scalars as readonly [number, number];
  refuseFactor('smoothing', smoothing);
  refuseFactor('trend', trending);
  if (to - from < 2) return undefined;
  let previous = 0;
  let smoothed = values[from] as number;
  let trend = (values[from + 1] as number) - smoothed;
  for (let index = from + 1; index < to; index++) {
    if (index > from + 1) trend = trending * (smoothed - previous) + (1 - trending) * trend;
    const next = smoothing * (values[index] as number) + (1 - smoothing) * (smoothed + trend);
    previous = smoothed;
    smoothed = next;
  }
  return smoothed;
}

function refuseFactor(name: string, factor: number): void {
  if (factor > 0 && factor < 1) return;
  const short = name === 'smoothing' ? 'sf' : 'tf';
  throw new QueryError(
    'execution',
    `invalid ${name} factor. Expected: 0 < ${short} < 1, got: ${factor.toFixed(6)}`,
  );
}
