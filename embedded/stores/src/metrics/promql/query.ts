/** A query from its text to its result. */
import { QueryError } from '../../query/query-error.js';
import { compareLabels, Labels } from '../labels.js';
import type { Semantics } from '../semantics.js';
import { firstAfter } from '../series.js';
import type { Expr } from './ast.js';
import { Context, type QueryOptions } from './context.js';
import { evaluate } from './evaluate.js';
import { mergeSameLabels } from './merge.js';
import { parse } from './parse.js';
import { typeOf } from './validate.js';
import type { Grid, Matrix, Scalar, Text, Value, Vector, VectorSeries } from './value.js';
import { windowEnd } from './value.js';

export interface QueryResult<V extends Value = Value> {
  readonly value: V;
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
}

/** A query that has been parsed and can be evaluated any number of times. */
export interface Query {
  readonly text: string;
  readonly expr: Expr;
}

/** @throws {QueryError} `bad_data`, or `unsupported` */
export function parseQuery(text: string, semantics: Semantics): Query {
  return { text, expr: parse(text, semantics) };
}

/** @throws {QueryError} */
export async function queryInstant(
  { text, expr }: Query,
  time_ms: number,
  options: QueryOptions,
): Promise<QueryResult> {
  const grid = { start_ms: time_ms, step_ms: 1, count: 1 };
  const context = new Context(options, text, time_ms, time_ms);
  return finish(await evaluate(expr, grid, context), grid, context);
}

/**
 * @param end_ms what `@ end()` means: the grid's last instant may be before it
 * @throws {QueryError} also when the expression has no values at steps
 */
export async function queryRange(
  { text, expr }: Query,
  grid: Grid,
  end_ms: number,
  options: QueryOptions,
): Promise<QueryResult<Vector>> {
  refuseType(expr);
  const context = new Context(options, text, grid.start_ms, end_ms);
  const result = finish(await evaluate(expr, grid, context), grid, context);
  const vector = asVector(result.value as Scalar | Vector);
  const series = [...vector.series].sort((a, b) => compareLabels(a.labels, b.labels));
  return { ...result, value: { kind: 'vector', series } };
}

function refuseType(expr: Expr): void {
  const type = typeOf(expr);
  if (type === 'scalar' || type === 'instant vector') return;
  throw new QueryError(
    'bad_data',
    `invalid expression type ${JSON.stringify(type)} for range query, must be Scalar or instant Vector`,
  );
}

function asVector(value: Scalar | Vector): Vector {
  if (value.kind === 'vector') return value;
  const { values } = value;
  const present = new Uint8Array(values.length).fill(1);
  return { kind: 'vector', series: [{ labels: Labels.EMPTY, dropName: false, values, present }] };
}

function finish(value: Value, grid: Grid, context: Context): QueryResult {
  const { warnings, infos } = context.annotations;
  return { value: named(value, grid, context), warnings, infos };
}

function named(value: Value, grid: Grid, context: Context): Scalar | Text | Vector | Matrix {
  if (value.kind === 'matrix') return clip(value, grid, context);
  if (value.kind !== 'vector' || !context.semantics.delayedNameRemoval) return value;
  return { kind: 'vector', series: mergeSameLabels(value.series.map(dropName)) };
}

function dropName(series: VectorSeries): VectorSeries {
  return series.dropName ? { ...series, labels: series.labels.withoutMetadata() } : series;
}

/** A range vector as a result: the samples of its window and no others. */
function clip({ series, window }: Matrix, grid: Grid, { semantics }: Context): Matrix {
  const end_ms = windowEnd(window, grid, 0);
  const start_ms = end_ms - window.range_ms;
  const clipped = series.map(({ labels, dropName: drops, times, values }) => {
    const from = firstAfter(times, semantics.leftOpen ? start_ms : start_ms - 1);
    const to = firstAfter(times, end_ms);
    return {
      labels: drops && semantics.delayedNameRemoval ? labels.withoutMetadata() : labels,
      dropName: drops,
      times: times.subarray(from, to),
      values: values.subarray(from, to),
    };
  });
  const found = clipped.filter(({ times }) => times.length > 0);
  return {
    kind: 'matrix',
    window,
    series: found.sort((a, b) => compareLabels(a.labels, b.labels)),
  };
}
