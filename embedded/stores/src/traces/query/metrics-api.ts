/** Metrics queries, over a range and for one value. */
import type { ApiAnswer } from '../../http/api.js';
import type { Budget } from '../../query/budget.js';
import { QueryError } from '../../query/query-error.js';
import { instantAnswer, rangeAnswer } from '../metrics/answer.js';
import { evaluateCompare } from '../metrics/compare.js';
import { evaluateMetrics } from '../metrics/evaluate.js';
import { applyStages } from '../metrics/second-stages.js';
import type { Series } from '../metrics/series.js';
import { TimeGrid } from '../metrics/time-grid.js';
import type { TracesStore } from '../store.js';
import type { Query } from '../traceql/ast.js';
import { parse, parseWithoutValidation } from '../traceql/parse.js';
import { durationText } from '../value.js';
import { goAnswer } from './go-json.js';
import { bad, metricsRange, type NanoRange, step as readStep, text, unsignedIf } from './parameters.js';
import { takeSnapshot } from './snapshot.js';
import { warmColumns } from './warm-columns.js';

const MOST_SLOTS = 10_000n;
const MOST_EXEMPLARS = 100;
const LONGEST_NS = 24n * 3_600_000_000_000n;

export async function queryRange(
  store: TracesStore,
  parameters: URLSearchParams,
  budget: Budget,
): Promise<ApiAnswer> {
  const range = metricsRange(parameters, Date.now());
  const step = readStep(parameters, range);
  checkStep(range, step);
  const query = queryText(parameters);
  const exemplars = exemplarLimit(parameters, parseWithoutValidation(query));
  const parsed = compile(query, range);
  checkLength(range);
  const grid = TimeGrid.aligned(range.start, range.end, step);
  const series = await evaluate(store, parsed, grid, exemplars, budget);
  return goAnswer(rangeAnswer(series, grid, unsignedIf(parameters, 'maxSeries') ?? 0));
}

export async function queryInstant(
  store: TracesStore,
  parameters: URLSearchParams,
  budget: Budget,
): Promise<ApiAnswer> {
  const range = metricsRange(parameters, Date.now());
  const query = compile(queryText(parameters), range);
  checkLength(range);
  const grid = new TimeGrid(range.start, range.end, range.end - range.start);
  return goAnswer(instantAnswer(await evaluate(store, query, grid, 0, budget)));
}

async function evaluate(
  store: TracesStore,
  query: Query,
  grid: TimeGrid,
  exemplars: number,
  budget: Budget,
): Promise<readonly Series[]> {
  const { metrics, secondStages } = query;
  if (!metrics) throw bad('not a metrics query');
  const snapshot = await takeSnapshot(store, budget);
  await warmColumns(snapshot, query, budget);
  const series =
    metrics.kind === 'compare'
      ? await evaluateCompare(snapshot, { ...query, metrics }, grid, budget)
      : await evaluateMetrics(snapshot, { ...query, metrics }, grid, exemplars, budget);
  return applyStages(series, secondStages);
}

/** `query` is Prometheus' name for it, which Grafana uses. */
function queryText(parameters: URLSearchParams): string {
  return text(parameters, 'q') ?? text(parameters, 'query') ?? '';
}

function compile(query: string, { start, end }: NanoRange): Query {
  if (start <= 0n) throw bad('start required');
  if (end <= 0n) throw bad('end required');
  if (end <= start) throw bad('end must be greater than start');
  try {
    const parsed = parse(query);
    if (parsed.metrics) return parsed;
  } catch (error) {
    if (error instanceof QueryError && error.kind === 'bad_data')
      throw bad(`compiling query: ${error.message}`);
    throw error;
  }
  throw bad('not a metrics query');
}

function checkStep({ start, end }: NanoRange, step: bigint): void {
  if (start > end) throw bad('end must be greater than start');
  if (step > 0n && (end - start) / step <= MOST_SLOTS) return;
  const smallest = Number((end - start) / MOST_SLOTS);
  throw bad(
    `step of ${durationText(Number(step))} is too small, minimum step for given range is ${durationText(smallest)}`,
  );
}

function checkLength({ start, end }: NanoRange): void {
  if (end - start > LONGEST_NS) {
    throw bad('metrics query time range exceeds the maximum allowed duration of 24h0m0s');
  }
}

/** The query's own hint comes before the parameter. */
function exemplarLimit(parameters: URLSearchParams, { hints }: Query): number {
  const hint = hints.get('exemplars');
  if (hint?.kind === 'int') return Math.min(MOST_EXEMPLARS, Math.max(0, hint.value));
  if (hint?.kind === 'bool' && !hint.value) return 0;
  return Math.min(MOST_EXEMPLARS, unsignedIf(parameters, 'exemplars') || MOST_EXEMPLARS);
}
