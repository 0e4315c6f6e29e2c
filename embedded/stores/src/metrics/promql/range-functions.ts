/** Functions of range vectors: of the samples in a window that slides along each series. */
import { firstAfter } from '../series.js';
import type { Expr } from './ast.js';
import type { Invocation } from './call.js';
import { type Context, sameLabels } from './context.js';
import { hasSameLabels } from './merge.js';
import { OVER_TIME } from './over-time.js';
import { RATES } from './rate.js';
import { TRENDS } from './trend.js';
import {
  isEmpty,
  type Matrix,
  type RangeSeries,
  type Scalar,
  timeOf,
  type Value,
  type VectorSeries,
  windowEnd,
} from './value.js';
import { absence } from './vector-functions.js';

/** The same object for all windows of a series: it slides. */
export interface SlidingWindow {
  readonly times: Float64Array;
  readonly values: Float64Array;
  /** Index of the first sample; the window is never empty. */
  from: number;
  /** After the last one. */
  to: number;
  start_ms: number;
  end_ms: number;
  /** Of evaluation. */
  time_ms: number;
  /** Arguments beside the range vector, at this step. */
  scalars: readonly number[];
}

/** @returns undefined for no value */
export type OfWindow = (window: SlidingWindow) => number | undefined;

export interface RangeFunction {
  /** Once for a series, with what can be known of it before any window. */
  readonly of: (series: RangeSeries, context: Context) => OfWindow;
  readonly keepsName?: true;
}

export const RANGE_FUNCTIONS: ReadonlyMap<string, RangeFunction> = new Map([
  ...RATES,
  ...TRENDS,
  ...OVER_TIME,
]);

const COUNTER_SUFFIXES = ['_total', '_sum', '_count', '_bucket'];

export async function overRange(ranged: RangeFunction, invocation: Invocation): Promise<Value> {
  const { call, args, grid, context } = invocation;
  const index = args.findIndex((arg) => arg.kind === 'matrix');
  const matrix = args[index] as Matrix;
  const scalars = args.filter((_, other) => other !== index).map((arg) => (arg as Scalar).values);
  const rangeExpr = call.args[index] as Expr;
  if (call.name === 'quantile_over_time') {
    for (const value of new Set(scalars[0])) context.annotations.invalidQuantile(value, call.args[0] as Expr);
  }
  const series: VectorSeries[] = [];
  for (const one of matrix.series) {
    const keepsName = ranged.keepsName && !one.dropName;
    const labels = keepsName ? one.labels : context.withoutName(one.labels);
    const out = context.newSeries(labels, !keepsName, grid);
    await slide(ranged.of(one, context), one, { out, matrix, scalars, invocation });
    if (isEmpty(out)) continue;
    series.push(out);
    if (call.name === 'rate' || call.name === 'increase') hintAtNoCounter(one, rangeExpr, context);
  }
  if (call.name === 'absent_over_time') return absence(rangeExpr, series, invocation);
  if (!context.semantics.delayedNameRemoval && hasSameLabels(series)) throw sameLabels();
  return { kind: 'vector', series };
}

/** Samples and steps. */
const WORK_BETWEEN_BREATHS = 100_000;

interface Sliding {
  readonly out: VectorSeries;
  readonly matrix: Matrix;
  readonly scalars: readonly Float64Array[];
  readonly invocation: Invocation;
}

/** One series alone may have more samples in its windows than others would want to wait for. */
async function slide(
  apply: OfWindow,
  series: RangeSeries,
  { out, matrix, scalars, invocation }: Sliding,
): Promise<void> {
  const { grid, context } = invocation;
  const { times, values } = series;
  const { leftOpen } = context.semantics;
  const { range_ms } = matrix.window;
  const first = windowEnd(matrix.window, grid, 0) - range_ms;
  let from = firstAfter(times, leftOpen ? first : first - 1);
  let to = from;
  let work = 0;
  const window: SlidingWindow = { times, values, from, to, start_ms: 0, end_ms: 0, time_ms: 0, scalars: [] };
  for (let step = 0; step < grid.count; step++) {
    if (++work > WORK_BETWEEN_BREATHS) {
      await context.worked(work);
      work = 0;
    }
    const end_ms = windowEnd(matrix.window, grid, step);
    const start_ms = end_ms - range_ms;
    while (to < times.length && (times[to] as number) <= end_ms) to++;
    while (
      from < to &&
      (leftOpen ? (times[from] as number) <= start_ms : (times[from] as number) < start_ms)
    ) {
      from++;
    }
    if (from === to) continue;
    window.from = from;
    window.to = to;
    window.start_ms = start_ms;
    window.end_ms = end_ms;
    window.time_ms = timeOf(grid, step);
    if (scalars.length > 0) window.scalars = scalars.map((scalar) => scalar[step] as number);
    const value = apply(window);
    work += to - from;
    if (value === undefined) continue;
    out.values[step] = value;
    out.present[step] = 1;
  }
  await context.worked(work);
}

function hintAtNoCounter({ labels }: RangeSeries, at: Expr, { annotations }: Context): void {
  const name = labels.metricName;
  if (name === '' || COUNTER_SUFFIXES.some((suffix) => name.endsWith(suffix))) return;
  annotations.possiblyNoCounter(name, at);
}
