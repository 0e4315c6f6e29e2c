/** Runs `promqltest` scripts, upstream's test cases of PromQL, against the store of metrics. */

import { LOOKBACK_MS, type QueryOptions } from '../metrics/promql/context.js';
import {
  parseQuery,
  type Query,
  type QueryResult,
  queryInstant,
  queryRange,
} from '../metrics/promql/query.js';
import { type Grid, timeOf, type Value, type Vector } from '../metrics/promql/value.js';
import { UPSTREAM_TESTS } from '../metrics/semantics.js';
import type { MetricsStore } from '../metrics/store.js';
import { Budget } from '../query/budget.js';
import { QueryError } from '../query/query-error.js';
import {
  checkMessages,
  checkNumber,
  checkOrder,
  checkSeries,
  type Expectation,
  expects,
  type FoundSeries,
} from './expectation.js';
import { isSupported, Loaded } from './loaded.js';
import type { CaseNote, ConformanceResult } from './result.js';
import { type Evaluation, parseScript } from './script.js';

const MINUTE_MS = 60_000;
const NATIVE = 'native histograms and start timestamps are not evaluated by the embedded stores';

/**
 * Cases on native histograms count as unsupported, and so does what these stores refuse as such.
 * @throws {Error} naming the line that is no command
 */
export async function runPromqlTest(text: string): Promise<ConformanceResult> {
  const failed: CaseNote[] = [];
  const unsupported: CaseNote[] = [];
  let passed = 0;
  let loaded = new Loaded();
  for (const command of parseScript(text)) {
    if (command.kind === 'clear') loaded = new Loaded();
    else if (command.kind === 'load') loaded.load(command);
    else {
      const { line, what } = command;
      const outcome = await runCase(command, loaded);
      if (outcome.kind === 'passed') passed++;
      else (outcome.kind === 'failed' ? failed : unsupported).push({ line, what, why: outcome.why });
    }
  }
  return { passed, failed, unsupported };
}

type Outcome =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed' | 'unsupported'; readonly why: string };

async function runCase(evaluation: Evaluation, loaded: Loaded): Promise<Outcome> {
  const { expected, query: text } = evaluation;
  if (!expected.series.every(isSupported)) {
    return { kind: 'unsupported', why: NATIVE };
  }
  try {
    const query = parseQuery(text, UPSTREAM_TESTS);
    if (loaded.concernsNative(query.expr)) return { kind: 'unsupported', why: NATIVE };
    const why = evaluation.range
      ? await checkRange(evaluation, query, loaded)
      : await checkInstant(evaluation, query, loaded);
    return why === undefined ? { kind: 'passed' } : { kind: 'failed', why };
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    if (error.kind === 'unsupported') return { kind: 'unsupported', why: error.message };
    if (!expects(expected, 'fail')) return { kind: 'failed', why: error.message };
    const why = checkMessages(expected, 'fail', [error.message]);
    return why === undefined ? { kind: 'passed' } : { kind: 'failed', why };
  }
}

async function checkRange(
  { expected, start_ms, range }: Evaluation,
  query: Query,
  { store }: Loaded,
): Promise<string | undefined> {
  const { end_ms, step_ms } = range as NonNullable<typeof range>;
  const grid = { start_ms, step_ms, count: Math.floor((end_ms - start_ms) / step_ms) + 1 };
  const result = await queryRange(query, grid, end_ms, optionsFor(store));
  return (
    checkRemarks(expected, result) ??
    checkSeries(expected.series, stepsOf(result.value, grid), (index) => timeOf(grid, index))
  );
}

async function checkInstant(
  { expected, start_ms }: Evaluation,
  query: Query,
  { store }: Loaded,
): Promise<string | undefined> {
  const result = await queryInstant(query, start_ms, optionsFor(store));
  const difference = checkRemarks(expected, result) ?? checkValue(expected, result.value, start_ms);
  if (difference !== undefined) return difference;
  if (result.value.kind === 'string' || result.value.kind === 'matrix' || expects(expected, 'ordered')) {
    return undefined;
  }
  // As upstream: in the middle of a range the answer is the same as at the instant.
  const grid = { start_ms: start_ms - MINUTE_MS, step_ms: MINUTE_MS, count: 3 };
  const ranged = await queryRange(query, grid, start_ms + MINUTE_MS, optionsFor(store));
  const series = middleOf(stepsOf(ranged.value, grid), start_ms);
  const inRange =
    expected.scalar === undefined
      ? checkSeries(expected.series, series, () => start_ms)
      : checkNumber(expected.scalar, series[0]?.points[0]?.[1] ?? Number.NaN);
  return inRange && `in a range query: ${inRange}`;
}

function checkRemarks(expected: Expectation, { warnings, infos }: QueryResult): string | undefined {
  if (expects(expected, 'fail')) return 'expected a failure, got a result';
  return checkMessages(expected, 'warn', warnings) ?? checkMessages(expected, 'info', infos);
}

function checkValue(expected: Expectation, value: Value, time_ms: number): string | undefined {
  switch (value.kind) {
    case 'string':
      return value.value === expected.string ? undefined : `expected ${expected.string}, got ${value.value}`;
    case 'scalar':
      if (expected.scalar === undefined) return 'expected series, got a scalar';
      return checkNumber(expected.scalar, value.values[0] as number);
    case 'matrix': {
      const { start_ms, step_ms } = expected.samples ?? { start_ms: time_ms, step_ms: 0 };
      const found = value.series.map(({ labels, times, values }) => ({
        labels,
        points: Array.from(times, (time, index) => [time, values[index] as number] as const),
      }));
      return checkSeries(expected.series, found, (index) => start_ms + index * step_ms);
    }
    case 'vector': {
      if (expected.scalar !== undefined) return 'expected a scalar, got a vector';
      const found = stepsOf(value, { start_ms: time_ms, step_ms: 1, count: 1 });
      const ordered = expects(expected, 'ordered') ? checkOrder(expected.series, found) : undefined;
      return ordered ?? checkSeries(expected.series, found, () => time_ms);
    }
  }
}

/** Series without any step are none. */
function stepsOf({ series }: Vector, grid: Grid): readonly FoundSeries[] {
  return series
    .map(({ labels, values, present }) => ({
      labels,
      points: Array.from(values, (value, step) => [timeOf(grid, step), value] as const).filter(
        (_, step) => present[step] === 1,
      ),
    }))
    .filter(({ points }) => points.length > 0);
}

function middleOf(series: readonly FoundSeries[], time_ms: number): readonly FoundSeries[] {
  return series
    .map(({ labels, points }) => ({ labels, points: points.filter(([time]) => time === time_ms) }))
    .filter(({ points }) => points.length > 0);
}

function optionsFor(source: MetricsStore): QueryOptions {
  return { source, semantics: UPSTREAM_TESTS, budget: new Budget(), lookback_ms: LOOKBACK_MS };
}
