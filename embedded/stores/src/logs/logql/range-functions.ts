/** What range aggregations make of the samples within a window. */
import type { RangeOperation } from './ast.js';

/** Samples `from` up to, not including, `to` are in the window: at least one. */
export interface Window {
  /** In ns. */
  readonly times: readonly number[];
  readonly values: readonly number[];
  from: number;
  to: number;
}

export type WindowFunction = (window: Window) => number;

interface RangeParameters {
  readonly range_ns: number;
  /** Of quantile_over_time. */
  readonly parameter: number | undefined;
  readonly isUnwrapped: boolean;
}

export function windowFunction(
  operation: RangeOperation,
  { range_ns, parameter = 0, isUnwrapped }: RangeParameters,
): WindowFunction {
  const seconds = range_ns / 1e9;
  switch (operation) {
    case 'count_over_time':
      return count;
    case 'rate':
      return isUnwrapped ? (window) => sum(window) / seconds : (window) => count(window) / seconds;
    case 'rate_counter':
      return (window) => counterRate(window, range_ns);
    case 'bytes_over_time':
    case 'sum_over_time':
      return sum;
    case 'bytes_rate':
      return (window) => sum(window) / seconds;
    case 'avg_over_time':
      return average;
    case 'max_over_time':
      return (window) => extreme(window, (value, most) => value > most);
    case 'min_over_time':
      return (window) => extreme(window, (value, least) => value < least);
    case 'stdvar_over_time':
      return variance;
    case 'stddev_over_time':
      return (window) => Math.sqrt(variance(window));
    case 'quantile_over_time':
      return ({ values, from, to }) => quantile(parameter, values.slice(from, to));
    case 'first_over_time':
      return ({ values, from }) => values[from] as number;
    case 'last_over_time':
      return ({ values, to }) => values[to - 1] as number;
    case 'absent_over_time':
      return () => 1;
  }
}

function count({ from, to }: Window): number {
  return to - from;
}

function sum({ values, from, to }: Window): number {
  let total = 0;
  for (let index = from; index < to; index++) total += values[index] as number;
  return total;
}

function average({ values, from, to }: Window): number {
  let mean = 0;
  for (let index = from; index < to; index++) {
    const value = values[index] as number;
    const isInfinite = Math.abs(mean) === Number.POSITIVE_INFINITY;
    // Infinity less infinity would be no number: the mean is right already.
    if (isInfinite && (value === mean || Number.isFinite(value))) continue;
    const seen = index - from + 1;
    mean += value / seen - mean / seen;
  }
  return mean;
}

function extreme({ values, from, to }: Window, isMore: (value: number, than: number) => boolean): number {
  let most = values[from] as number;
  for (let index = from + 1; index < to; index++) {
    const value = values[index] as number;
    if (isMore(value, most) || Number.isNaN(most)) most = value;
  }
  return most;
}

/** Welford's way, which does not lose what is small beside the mean. */
function variance({ values, from, to }: Window): number {
  let mean = 0;
  let squares = 0;
  for (let index = from; index < to; index++) {
    const value = values[index] as number;
    const delta = value - mean;
    mean += delta / (index - from + 1);
    squares += delta * (value - mean);
  }
  return squares / (to - from);
}

/** @param values at least one; no numbers are the least of them */
export function quantile(q: number, values: number[]): number {
  if (q < 0) return Number.NEGATIVE_INFINITY;
  if (q > 1) return Number.POSITIVE_INFINITY;
  values.sort((a, b) => {
    if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
    return a < b ? -1 : Number(a > b);
  });
  const rank = q * (values.length - 1);
  const lower = Math.max(0, Math.floor(rank));
  const upper = Math.min(values.length - 1, lower + 1);
  const weight = rank - Math.floor(rank);
  return (values[lower] as number) * (1 - weight) + (values[upper] as number) * weight;
}

/**
 * Prometheus' extrapolated rate as the engine has it: it takes the samples' nanoseconds for milliseconds, and the window
 * for one that ends at the last sample. So do we, for the same numbers.
 */
function counterRate({ times, values, from, to }: Window, range_ns: number): number {
  if (to - from < 2) return 0;
  const [first, last] = [values[from] as number, values[to - 1] as number];
  let increase = last - first;
  let before = 0;
  for (let index = from; index < to; index++) {
    const value = values[index] as number;
    if (value < before) increase += before;
    before = value;
  }
  const sampled = ((times[to - 1] as number) - (times[from] as number)) / 1000;
  const between = sampled / (to - from - 1);
  let toStart = Math.trunc(range_ns / 1e6) / 1000;
  if (increase > 0 && first >= 0) toStart = Math.min(toStart, sampled * (first / increase));
  const extrapolated = sampled + (toStart < between * 1.1 ? toStart : between / 2);
  return (increase * (extrapolated / sampled)) / (range_ns / 1e9);
}
