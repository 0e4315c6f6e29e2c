/** Evaluates an expression at all steps of a query at once, one node of its tree after the other. */

import { aggregate } from './aggregate.js';
import type { Aggregation, Binary, Call, Expr, Subquery } from './ast.js';
import { unwrap } from './ast.js';
import { evaluateBinary } from './binary.js';
import { callFunction } from './call.js';
import { type Context, DEFAULT_SUBQUERY_STEP_MS } from './context.js';
import { isStepInvariant } from './invariant.js';
import { mergeSameLabels } from './merge.js';
import { resolveShift, selectInstants, selectRanges } from './select.js';
import {
  type Grid,
  type Matrix,
  type RangeSeries,
  timeOf,
  type Value,
  type VectorSeries,
  windowEnd,
} from './value.js';

export async function evaluate(expr: Expr, grid: Grid, context: Context): Promise<Value> {
  await context.budget.breathe();
  const before = context.held;
  const once = grid.count > 1 && expr.kind !== 'number' && isStepInvariant(expr);
  const value = once
    ? repeat(await evaluateNode(expr, { ...grid, count: 1 }, context), grid, context)
    : await evaluateNode(expr, grid, context);
  context.settle(before, value);
  return value;
}

async function evaluateNode(expr: Expr, grid: Grid, context: Context): Promise<Value> {
  switch (expr.kind) {
    case 'number': {
      const scalar = context.newScalar(grid);
      scalar.values.fill(expr.value);
      return scalar;
    }
    case 'string':
      return { kind: 'string', value: expr.value };
    case 'selector':
      return selectInstants(expr, grid, context);
    case 'range':
      return selectRanges(expr, grid, context);
    case 'subquery':
      return evaluateSubquery(expr, grid, context);
    case 'parens':
      return evaluate(expr.expr, grid, context);
    case 'unary': {
      const value = await evaluate(expr.expr, grid, context);
      return expr.operator === '-' ? negate(value, context) : value;
    }
    case 'call':
      return evaluateCall(expr, grid, context);
    case 'aggregation':
      return evaluateAggregation(expr, grid, context);
    case 'binary':
      return evaluateOperands(expr, grid, context);
  }
}

async function evaluateCall(call: Call, grid: Grid, context: Context): Promise<Value> {
  const [first] = call.args;
  const selector = call.name === 'timestamp' && first ? unwrap(first) : undefined;
  if (selector?.kind === 'selector') {
    const { series } = await selectInstants(selector, grid, context, 'time');
    return {
      kind: 'vector',
      series: mergeSameLabels(
        series.map((one) => ({ ...one, labels: context.withoutName(one.labels), dropName: true })),
      ),
    };
  }
  const args: Value[] = [];
  for (const arg of call.args) args.push(await evaluate(arg, grid, context));
  return callFunction(call, args, grid, context);
}

async function evaluateAggregation(expr: Aggregation, grid: Grid, context: Context): Promise<Value> {
  const parameter = expr.parameter && (await evaluate(expr.parameter, grid, context));
  const input = await evaluate(expr.expr, grid, context);
  return aggregate(expr, input, parameter, grid, context);
}

async function evaluateOperands(expr: Binary, grid: Grid, context: Context): Promise<Value> {
  const left = await evaluate(expr.left, grid, context);
  const right = await evaluate(expr.right, grid, context);
  return evaluateBinary(expr, left, right, grid, context);
}

/** Evaluated on a grid of its own, whose instants are multiples of its step whatever those of the query are. */
async function evaluateSubquery(expr: Subquery, grid: Grid, context: Context): Promise<Matrix> {
  const window = { ...resolveShift(expr, context), range_ms: expr.range_ms };
  const step_ms = expr.step_ms ?? DEFAULT_SUBQUERY_STEP_MS;
  const from_ms = windowEnd(window, grid, 0) - expr.range_ms;
  const to_ms = windowEnd(window, grid, grid.count - 1);
  let start_ms = step_ms * Math.trunc(from_ms / step_ms);
  if (context.semantics.leftOpen ? start_ms <= from_ms : start_ms < from_ms) start_ms += step_ms;
  const count = Math.floor((to_ms - start_ms) / step_ms) + 1;
  if (count < 1) return { kind: 'matrix', series: [], window };
  const own = { start_ms, step_ms, count };
  const value = await evaluate(expr.expr, own, context);
  const series = value.kind === 'vector' ? value.series.map((one) => samplesOf(one, own)) : [];
  return { kind: 'matrix', series, window };
}

function samplesOf({ labels, dropName, values, present }: VectorSeries, grid: Grid): RangeSeries {
  const times = new Float64Array(grid.count);
  const samples = new Float64Array(grid.count);
  let length = 0;
  for (let step = 0; step < grid.count; step++) {
    if (present[step] === 0) continue;
    times[length] = timeOf(grid, step);
    samples[length] = values[step] as number;
    length++;
  }
  return { labels, dropName, times: times.subarray(0, length), values: samples.subarray(0, length) };
}

/** From the value of one step to the same at all steps. */
function repeat(value: Value, grid: Grid, context: Context): Value {
  switch (value.kind) {
    case 'scalar': {
      const scalar = context.newScalar(grid);
      scalar.values.fill(value.values[0] as number);
      return scalar;
    }
    case 'vector': {
      const series = value.series.map((one) => {
        const all = context.newSeries(one.labels, one.dropName, grid);
        all.values.fill(one.values[0] as number);
        all.present.fill(one.present[0] as number);
        return all;
      });
      return { kind: 'vector', series };
    }
    default:
      return value;
  }
}

function negate(value: Value, context: Context): Value {
  switch (value.kind) {
    case 'scalar':
      return { kind: 'scalar', values: value.values.map((number) => -number) };
    case 'vector': {
      const series = value.series.map((one) => ({
        labels: context.withoutName(one.labels),
        dropName: true,
        values: one.values.map((number) => -number),
        present: one.present,
      }));
      return { kind: 'vector', series: mergeSameLabels(series) };
    }
    default:
      return value;
  }
}
