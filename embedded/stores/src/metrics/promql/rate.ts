/** Changes over a window: of counters, which start anew at zero now and then, and of gauges. */
import type { Context } from './context.js';
import type { OfWindow, RangeFunction, SlidingWindow } from './range-functions.js';
import type { RangeSeries } from './value.js';

/** From a mean distance between samples on by which an end of the range is far from the nearest sample. */
const FAR = 1.1;

export const RATES: readonly (readonly [string, RangeFunction])[] = [
  ['rate', { of: (series, context) => extrapolated(series, context, { counter: true, perSecond: true }) }],
  [
    'increase',
    { of: (series, context) => extrapolated(series, context, { counter: true, perSecond: false }) },
  ],
  ['delta', { of: (series, context) => extrapolated(series, context, { counter: false, perSecond: false }) }],
  ['irate', { of: () => (window) => betweenLastTwo(window, true) }],
  ['idelta', { of: () => (window) => betweenLastTwo(window, false) }],
  ['resets', { of: () => resets }],
  ['changes', { of: () => changes }],
];

interface Kind {
  readonly counter: boolean;
  readonly perSecond: boolean;
}

function extrapolated(series: RangeSeries, { semantics }: Context, { counter, perSecond }: Kind): OfWindow {
  const falls = counter ? findFalls(series.values) : [];
  let next = 0;
  return (window) => {
    const { times, values, from, to, start_ms, end_ms } = window;
    const last = to - 1;
    if (last === from) return undefined;
    const first = values[from] as number;
    let change = (values[last] as number) - first;
    while (next < falls.length && (falls[next] as number) <= from) next++;
    for (let index = next; index < falls.length && (falls[index] as number) <= last; index++) {
      change += values[(falls[index] as number) - 1] as number;
    }
    const sampled = ((times[last] as number) - (times[from] as number)) / 1000;
    const mean = sampled / (last - from);
    const toStart = ((times[from] as number) - start_ms) / 1000;
    const toEnd = (end_ms - (times[last] as number)) / 1000;
    const near = (distance: number) => (distance >= mean * FAR ? mean / 2 : distance);
    // A counter was never below zero: the range is not extended beyond where the slope meets that.
    const toZero =
      counter && change > 0 && first >= 0 ? sampled * (first / change) : Number.POSITIVE_INFINITY;
    const before = semantics.zeroAfterThreshold
      ? Math.min(near(toStart), toZero)
      : near(Math.min(toStart, toZero));
    const factor = (sampled + before + near(toEnd)) / sampled;
    return change * (perSecond ? factor / ((end_ms - start_ms) / 1000) : factor);
  };
}

/** Indexes of samples that are smaller than the one before. */
function findFalls(values: Float64Array): readonly number[] {
  const falls: number[] = [];
  for (let index = 1; index < values.length; index++) {
    if ((values[index] as number) < (values[index - 1] as number)) falls.push(index);
  }
  return falls;
}

function betweenLastTwo({ times, values, from, to }: SlidingWindow, rate: boolean): number | undefined {
  if (to - from < 2) return undefined;
  const [before, last] = [values[to - 2] as number, values[to - 1] as number];
  const change = rate && last < before ? last : last - before;
  const seconds = ((times[to - 1] as number) - (times[to - 2] as number)) / 1000;
  return rate ? change / seconds : change;
}

function resets({ values, from, to }: SlidingWindow): number {
  let count = 0;
  for (let index = from + 1; index < to; index++) {
    if ((values[index] as number) < (values[index - 1] as number)) count++;
  }
  return count;
}

function changes({ values, from, to }: SlidingWindow): number {
  let count = 0;
  for (let index = from + 1; index < to; index++) {
    const [before, value] = [values[index - 1] as number, values[index] as number];
    if (value !== before && !(Number.isNaN(value) && Number.isNaN(before))) count++;
  }
  return count;
}
