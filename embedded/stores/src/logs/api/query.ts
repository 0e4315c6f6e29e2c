/** `query` and `query_range`. */

import { type ApiAnswer, type ApiRequest, json } from '../../http/api.js';
import { Budget } from '../../query/budget.js';
import type { Expression, MetricExpression } from '../logql/ast.js';
import { evaluateLogs, nothingScanned } from '../logql/evaluate-logs.js';
import { evaluateMetric } from '../logql/evaluate-metric.js';
import type { Matrix, Steps } from '../logql/matrix.js';
import { parse } from '../logql/parse.js';
import type { LogsStore } from '../store.js';
import { encodeMatrix, encodeScalar, encodeStreams, encodeVector } from './encode.js';
import {
  badRequest,
  direction,
  limit,
  now,
  type RangeParameters,
  rangeParameters,
  timestamp,
} from './parameters.js';
import { statistics } from './statistics.js';

export const JSON_TYPE = { 'Content-Type': 'application/json; charset=UTF-8' };
export const LINES_MAX = 5000;
const CATEGORIZE = 'categorize-labels';

export async function queryRange(store: LogsStore, request: ApiRequest): Promise<ApiAnswer> {
  const parameters = rangeParameters(request.parameters);
  const expression = parse(parameters.query);
  if (expression.kind === 'log') return logs(store, request, { expression, parameters });
  const steps = stepsOf(parameters);
  return metric(store, request, { expression, steps, encode: (matrix) => encodeMatrix(matrix, steps) });
}

export async function queryInstant(store: LogsStore, request: ApiRequest): Promise<ApiAnswer> {
  const { parameters } = request;
  limit(parameters);
  const time = parameters.get('time') ? timestamp(parameters.get('time') as string) : now();
  direction(parameters);
  const expression = parse(parameters.get('query') ?? '');
  if (expression.kind === 'log') {
    throw badRequest(
      'log queries are not supported as an instant query type, please change your query to a range query type',
    );
  }
  const steps = { start: time, count: 1, step_ns: 0 };
  if (expression.kind === 'literal') {
    return answer('scalar', encodeScalar(expression.value, time), {
      started: performance.now(),
      returned: 1,
    });
  }
  const sorted = isSorted(expression);
  return metric(store, request, {
    expression,
    steps,
    type: 'vector',
    encode: (matrix) => encodeVector(matrix, time, sorted),
  });
}

async function logs(
  store: LogsStore,
  { headers, signal }: ApiRequest,
  {
    expression,
    parameters,
  }: { expression: Extract<Expression, { kind: 'log' }>; parameters: RangeParameters },
): Promise<ApiAnswer> {
  const started = performance.now();
  if (parameters.limit > LINES_MAX) throw tooManyLines(parameters.limit);
  const { start, end } = parameters;
  const query = { ...parameters, span: { start, end } };
  const { entries, scanned } = await evaluateLogs(store, expression, {
    query,
    budget: new Budget(undefined, signal),
  });
  const flags = String(headers['x-loki-response-encoding-flags'] ?? '').split(',');
  const categorized = flags.some((flag) => flag.trim() === CATEGORIZE);
  const streams = encodeStreams(entries, categorized);
  return answer('streams', streams, { started, returned: entries.length, scanned, categorized });
}

export function tooManyLines(lines: number) {
  return badRequest(
    `max entries limit per query exceeded, limit > max_entries_limit_per_query (${lines} > ${LINES_MAX})`,
  );
}

interface MetricQuery {
  readonly expression: MetricExpression;
  readonly steps: Steps;
  readonly type?: 'vector' | 'matrix';
  readonly encode: (matrix: Matrix) => readonly object[];
}

async function metric(
  store: LogsStore,
  { signal }: ApiRequest,
  { expression, steps, type = 'matrix', encode }: MetricQuery,
): Promise<ApiAnswer> {
  const started = performance.now();
  const scanned = nothingScanned();
  const budget = new Budget(undefined, signal);
  const matrix = await evaluateMetric(expression, { store, steps, budget, scanned });
  return answer(type, encode(matrix), { started, returned: matrix.length, scanned });
}

interface Answered {
  readonly started: number;
  readonly returned: number;
  readonly scanned?: ReturnType<typeof nothingScanned>;
  readonly categorized?: boolean;
}

function answer(
  resultType: string,
  result: unknown,
  { started, returned, scanned = nothingScanned(), categorized = false }: Answered,
): ApiAnswer {
  const seconds = (performance.now() - started) / 1000;
  const stats = statistics({ scanned, returned, seconds });
  const encodingFlags = categorized ? { encodingFlags: [CATEGORIZE] } : {};
  const body = json({ status: 'success', data: { resultType, ...encodingFlags, result, stats } });
  return { ...body, headers: JSON_TYPE };
}

/** From the start on, as far as the end. Steps are whole milliseconds. */
function stepsOf({ start, end, step_ns }: RangeParameters): Steps {
  const step_ms = Math.max(1, Math.floor(step_ns / 1e6));
  const length_ms = end.ms - start.ms - (end.ns < start.ns ? 1 : 0);
  return { start, count: Math.floor(length_ms / step_ms) + 1, step_ns: step_ms * 1e6 };
}

/** Whether the query sorts, however deep within. */
function isSorted(expression: MetricExpression): boolean {
  switch (expression.kind) {
    case 'aggregation':
      return expression.operation.startsWith('sort') || isSorted(expression.inner);
    case 'binary':
      return isSorted(expression.left) || isSorted(expression.right);
    case 'label_replace':
      return isSorted(expression.inner);
    default:
      return false;
  }
}
