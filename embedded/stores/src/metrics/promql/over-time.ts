/** Functions named `…_over_time`: aggregation of the samples of a window. */
import { lost, Sum } from './arithmetic.js';
import { quantile } from './quantile.js';
import type { OfWindow, RangeFunction, SlidingWindow } from './range-functions.js';

export const OVER_TIME: readonly (readonly [string, RangeFunction])[] = [
  ['sum_over_time', plain(sum)],
  ['avg_over_time', plain(average)],
  ['count_over_time', plain(({ from, to }) => to - from)],
  ['present_over_time', plain(() => 1)],
  // What it is 1 for is where the series is not: see there.
  ['absent_over_time', plain(() => 1)],
  ['min_over_time', plain((window) => window.values[bestOf(window, isLess)])],
  ['max_over_time', plain((window) => window.values[bestOf(window, isGreater)])],
  [
    'first_over_time',
    {
      of:
        () =>
        ({ values, from }) =>
          values[from],
      keepsName: true,
    },
  ],
  [
    'last_over_time',
    {
      of:
        () =>
        ({ values, to }) =>
          values[to - 1],
      keepsName: true,
    },
  ],
  ['stdvar_over_time', plain(variance)],
  ['stddev_over_time', plain((window) => Math.sqrt(variance(window)))],
  ['quantile_over_time', plain((window) => quantile(window.scalars[0] as number, samples(window)))],
  ['mad_over_time', plain(medianDeviation)],
  ['ts_of_first_over_time', plain(({ times, from }) => (times[from] as number) / 1000)],
  ['ts_of_last_over_time', plain(({ times, to }) => (times[to - 1] as number) / 1000)],
  ['ts_of_min_over_time', plain((window) => timeAt(window, bestOf(window, isLessOrEqual)))],
  ['ts_of_max_over_time', plain((window) => timeAt(window, bestOf(window, isGreaterOrEqual)))],
];

function plain(apply: OfWindow): RangeFunction {
  return { of: () => apply };
}

function isLess(a: number, b: number): boolean {
  return a < b;
}

function isGreater(a: number, b: number): boolean {
  return a > b;
}

function isLessOrEqual(a: number, b: number): boolean {
  return a <= b;
}

function isGreaterOrEqual(a: number, b: number): boolean {
  return a >= b;
}

/** Index of the sample that comes before all others; any number comes before NaN. */
function bestOf({ values, from, to }: SlidingWindow, before: (a: number, b: number) => boolean): number {
  let best = from;
  for (let index = from; index < to; index++) {
    const known = values[best] as number;
    if (before(values[index] as number, known) || Number.isNaN(known)) best = index;
  }
  return best;
}

function timeAt({ times }: SlidingWindow, index: number): number {
  return (times[index] as number) / 1000;
}

function samples({ values, from, to }: SlidingWindow): Float64Array {
  return values.slice(from, to);
}

function sum({ values, from, to }: SlidingWindow): number {
  const result = new Sum();
  for (let index = from; index < to; index++) result.add(values[index] as number);
  return result.total;
}

/** By the sum while that is finite; from where it would overflow on, mean after mean. */
function average({ values, from, to }: SlidingWindow): number {
  let total = values[from] as number;
  let compensation = 0;
  let incremental = false;
  for (let index = from + 1; index < to; index++) {
    const value = values[index] as number;
    const count = index - from + 1;
    if (!incremental) {
      const next = total + value;
      if (Math.abs(next) !== Number.POSITIVE_INFINITY) {
        compensation += lost(total, value, next);
        total = next;
        continue;
      }
      incremental = true;
      total /= count - 1;
      compensation /= count - 1;
    }
    const weight = (count - 1) / count;
    const [part, mean] = [value / count, total * weight];
    total = mean + part;
    const infinite = Math.abs(total) === Number.POSITIVE_INFINITY;
    compensation = infinite ? 0 : compensation * weight + lost(mean, part, total);
  }
  const count = incremental ? 1 : to - from;
  return total / count + compensation / count;
}

/** By Welford's algorithm, with the small parts of mean and sum kept apart. */
function variance({ values, from, to }: SlidingWindow): number {
  const [mean, squares] = [new Sum(), new Sum()];
  for (let index = from; index < to; index++) {
    const value = values[index] as number;
    const delta = value - (mean.sum + mean.compensation);
    mean.add(delta / (index - from + 1));
    squares.add(delta * (value - (mean.sum + mean.compensation)));
  }
  return (squares.sum + squares.compensation) / (to - from);
}

/** The median distance from the median. */
function medianDeviation(window: SlidingWindow): number {
  const values = samples(window);
  if (values.some(Number.isNaN)) return Number.NaN;
  const median = quantile(0.5, values);
  return quantile(
    0.5,
    values.map((value) => Math.abs(value - median)),
  );
}
