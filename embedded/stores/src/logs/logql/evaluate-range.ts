/** Range aggregations: a window before each step. */
import type { Budget } from '../../query/budget.js';
import { QueryError } from '../../query/query-error.js';
import { type Label, Labels } from '../labels.js';
import type { LogsStore } from '../store.js';
import type { Instant } from '../stream.js';
import type { Grouping, RangeAggregation } from './ast.js';
import type { Scanned } from './evaluate-logs.js';
import type { Matrix, Series, Steps } from './matrix.js';
import { type WindowFunction, windowFunction } from './range-functions.js';
import { readSamples } from './samples.js';
import type { SampleSeries } from './series-index.js';

export interface Evaluation {
  readonly store: LogsStore;
  readonly steps: Steps;
  readonly budget: Budget;
  readonly scanned: Scanned;
}

export interface Around {
  /** Grouping of a sum around it, which then finds its groups made. */
  readonly grouping?: Grouping;
  /** The whole query is this aggregation, and may not have more series. */
  readonly seriesMax?: number;
}

export async function evaluateRange(
  range: RangeAggregation,
  { grouping: outer, seriesMax = Number.POSITIVE_INFINITY }: Around,
  { store, steps, budget, scanned }: Evaluation,
): Promise<Matrix> {
  const { range_ns, offset_ns, operation, parameter, unwrap } = range;
  const base = shift(steps.start, -offset_ns);
  const end = shift(base, (steps.count - 1) * steps.step_ns);
  // Where windows leave lines out, not every series has to be in the answer.
  const isGapless = steps.count === 1 || steps.step_ns <= range_ns;
  const most = isGapless ? seriesMax : Number.POSITIVE_INFINITY;
  const query = { range, outer, seriesMax: most, start: shift(base, -range_ns), end, base };
  const samples = await readSamples(store, query, { budget, scanned });
  const windows = new Windows(steps, range_ns);
  const compute = windowFunction(operation, { range_ns, parameter, isUnwrapped: unwrap !== undefined });
  const matrix: Series[] = [];
  for (const series of samples) {
    const computed = windows.compute(series, compute);
    budget.spend(windows.work);
    budget.hold(computed.steps.length);
    if (computed.steps.length > 0) matrix.push(computed);
    await budget.breathe();
  }
  checkErrors(matrix);
  return operation === 'absent_over_time' ? absent(range, matrix, steps.count) : matrix;
}

export function shift({ ms, ns }: Instant, by_ns: number): Instant {
  const by_ms = Math.floor(by_ns / 1e6);
  const rest = ns + (by_ns - by_ms * 1e6);
  return rest >= 1e6 ? { ms: ms + by_ms + 1, ns: rest - 1e6 } : { ms: ms + by_ms, ns: rest };
}

class Windows {
  /** Samples looked at by the last call. */
  work = 0;
  readonly #count: number;
  readonly #step_ns: number;
  readonly #range_ns: number;

  constructor({ count, step_ns }: Steps, range_ns: number) {
    this.#count = count;
    this.#step_ns = step_ns;
    this.#range_ns = range_ns;
  }

  compute({ labels, times, values }: SampleSeries, compute: WindowFunction): Series {
    const steps: number[] = [];
    const results: number[] = [];
    const window = { times, values, from: 0, to: 0 };
    this.work = 0;
    for (let step = this.#firstStep(times[0] as number); step < this.#count; step++) {
      const end = step * this.#step_ns;
      while (window.to < times.length && (times[window.to] as number) <= end) window.to++;
      while (window.from < window.to && (times[window.from] as number) <= end - this.#range_ns) window.from++;
      this.work += window.to - window.from + 1;
      if (window.from < window.to) {
        steps.push(step);
        results.push(compute(window));
      } else if (window.to === times.length) break;
      else step = Math.max(step, this.#firstStep(times[window.to] as number) - 1);
    }
    return { labels, steps, values: results };
  }

  /** The first step at or after a sample. */
  #firstStep(time: number): number {
    return this.#step_ns === 0 ? 0 : Math.max(0, Math.ceil(time / this.#step_ns));
  }
}

/** Errors are not allowed in numbers, unless the query asks for them. */
function checkErrors(matrix: Matrix): void {
  for (const { labels } of matrix) {
    const error = labels.get('__error__');
    if (error === '' || labels.get('__preserve_error__') === 'true') continue;
    throw new QueryError(
      'execution',
      `pipeline error: '${error}' for series: '${labels}'.\nUse a label filter to intentionally skip this error. (e.g | __error__!="${error}").\nTo skip all potential errors you can match empty errors.(e.g __error__="")\nThe label filter can also be specified after unwrap. (e.g | unwrap latency | __error__="" )\n`,
    );
  }
}

/** 1 where there is nothing, under the labels that the selector names. */
function absent({ selector }: RangeAggregation, matrix: Matrix, count: number): Matrix {
  const present = new Set(matrix.flatMap(({ steps }) => steps));
  const steps = Array.from({ length: count }, (_, step) => step).filter((step) => !present.has(step));
  if (steps.length === 0) return [];
  const named = new Map<string, string>();
  const dropped = new Set<string>();
  for (const { name, operator, value } of selector.matchers) {
    if (operator === '=' && !named.has(name)) named.set(name, value);
    else dropped.add(name);
  }
  const labels = [...named].filter(([name, value]): boolean => !dropped.has(name) && value !== '');
  return [{ labels: Labels.of(labels as readonly Label[]), steps, values: steps.map(() => 1) }];
}
