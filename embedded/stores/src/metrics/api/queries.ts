/** `query`, `query_range`, `query_exemplars`, `format_query`. */
import type { ApiAnswer } from '../../http/api.js';
import { Budget, DEFAULT_LIMITS } from '../../query/budget.js';
import { QueryError } from '../../query/query-error.js';
import { formatValue } from '../format.js';
import { compareLabels } from '../labels.js';
import { children, type Expr, type VectorSelector } from '../promql/ast.js';
import { LOOKBACK_MS, type QueryOptions } from '../promql/context.js';
import { prettyPrint } from '../promql/print.js';
import { parseQuery, type Query, queryInstant, queryRange } from '../promql/query.js';
import { success, successText } from './answers.js';
import type { Asked } from './asked.js';
import {
  invalid,
  limitOf,
  ofParameter,
  optionalDuration,
  optionalTime,
  requiredDuration,
  requiredTime,
} from './parameters.js';
import { writeInstant, writeRange } from './results.js';

const POINTS_MAX = 11_000;

export async function query(asked: Asked): Promise<ApiAnswer> {
  const { parameters } = asked;
  const limit = limitOf(parameters);
  const time_ms = optionalTime(parameters, 'time') ?? Date.now();
  const options = queryOptions(asked);
  const result = await queryInstant(readQuery(asked), time_ms, options);
  const { text, ...remarks } = await writeInstant(result, time_ms, limit, options.budget);
  return successText(text, remarks);
}

export async function queryOverRange(asked: Asked): Promise<ApiAnswer> {
  const { parameters } = asked;
  const limit = limitOf(parameters);
  const start_ms = requiredTime(parameters, 'start');
  const end_ms = requiredTime(parameters, 'end');
  if (end_ms < start_ms) throw invalid('end', 'end timestamp must not be before start time');
  const step_ms = requiredDuration(parameters, 'step');
  if (step_ms <= 0) {
    throw invalid(
      'step',
      'zero or negative query resolution step widths are not accepted. Try a positive integer',
    );
  }
  if ((end_ms - start_ms) / step_ms > POINTS_MAX) {
    throw new QueryError(
      'bad_data',
      'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
    );
  }
  if (step_ms < 1) throw invalid('step', 'steps of less than a millisecond are not accepted');
  const whole_ms = Math.floor(step_ms);
  const grid = { start_ms, step_ms: whole_ms, count: Math.floor((end_ms - start_ms) / whole_ms) + 1 };
  const options = queryOptions(asked);
  const result = await queryRange(readQuery(asked), grid, end_ms, options);
  const { text, ...remarks } = await writeRange(result, grid, limit, options.budget);
  return successText(text, remarks);
}

function readQuery({ parameters, semantics }: Asked): Query {
  return ofParameter('query', () => parseQuery(parameters.get('query') ?? '', semantics));
}

function queryOptions({ parameters, signal, store, semantics }: Asked): QueryOptions {
  const asked_ms = optionalDuration(parameters, 'timeout') ?? DEFAULT_LIMITS.timeout_ms;
  const timeout_ms = Math.min(asked_ms, DEFAULT_LIMITS.timeout_ms);
  const budget = new Budget({ ...DEFAULT_LIMITS, timeout_ms }, signal);
  const lookback_ms = optionalDuration(parameters, 'lookback_delta') ?? LOOKBACK_MS;
  return { source: store, semantics, budget, lookback_ms };
}

/** Exemplars of all series that any selector of the query selects. */
export async function queryExemplars({ parameters, store, semantics }: Asked): Promise<ApiAnswer> {
  const start_ms = optionalTime(parameters, 'start') ?? Number.NEGATIVE_INFINITY;
  const end_ms = optionalTime(parameters, 'end') ?? Number.POSITIVE_INFINITY;
  if (end_ms < start_ms) throw new QueryError('bad_data', 'end timestamp must not be before start timestamp');
  const { expr } = parseQuery(parameters.get('query') ?? '', semantics);
  const found = new Set(selectorsOf(expr).flatMap(({ matchers }) => store.select(matchers)));
  const data = [...found]
    .sort((a, b) => compareLabels(a.labels, b.labels))
    .map(({ labels, exemplars }) => ({
      seriesLabels: labels.toObject(),
      exemplars: exemplars
        .filter(({ timestamp_ms }) => timestamp_ms >= start_ms && timestamp_ms <= end_ms)
        .map((one) => ({
          labels: one.labels.toObject(),
          value: formatValue(one.value),
          timestamp: one.timestamp_ms / 1000,
        })),
    }));
  return success(data.filter(({ exemplars }) => exemplars.length > 0));
}

export function formatQuery(asked: Asked): ApiAnswer {
  return success(prettyPrint(readQuery(asked).expr));
}

function selectorsOf(expr: Expr): readonly VectorSelector[] {
  return expr.kind === 'selector' ? [expr] : children(expr).flatMap(selectorsOf);
}
