/** Binary operators, but those between two vectors. */
import { ARITHMETIC, COMPARISON } from './arithmetic.js';
import { type Binary, isComparison, isSetOperator } from './ast.js';
import type { Context } from './context.js';
import { mergeSameLabels } from './merge.js';
import { evaluateSet } from './set-operators.js';
import { type Grid, isEmpty, type Scalar, type Value, type Vector, type VectorSeries } from './value.js';
import { evaluateVectors } from './vector-matching.js';

export async function evaluateBinary(
  expr: Binary,
  left: Value,
  right: Value,
  grid: Grid,
  context: Context,
): Promise<Value> {
  if (left.kind === 'scalar' && right.kind === 'scalar') return ofScalars(expr, left, right, grid, context);
  if (left.kind === 'vector' && right.kind === 'vector') {
    if (isSetOperator(expr.operator)) {
      return evaluateSet(expr.operator, expr.matching, left, right, grid, context);
    }
    return evaluateVectors(expr, left, right, grid, context);
  }
  if (left.kind === 'vector') return withScalar(expr, left, right as Scalar, false, grid, context);
  return withScalar(expr, right as Vector, left as Scalar, true, grid, context);
}

function ofScalars({ operator }: Binary, left: Scalar, right: Scalar, grid: Grid, context: Context): Scalar {
  const out = context.newScalar(grid);
  const apply = combine(operator);
  for (let step = 0; step < grid.count; step++) {
    out.values[step] = apply(left.values[step] as number, right.values[step] as number);
  }
  return out;
}

/** Comparisons of scalars always give 0 or 1. */
function combine(operator: Binary['operator']): (a: number, b: number) => number {
  if (isSetOperator(operator)) throw new Error(`the set operator ${operator} is for vectors only`);
  if (!isComparison(operator)) return ARITHMETIC[operator];
  const compare = COMPARISON[operator];
  return (a, b) => (compare(a, b) ? 1 : 0);
}

/** @param swapped whether the scalar is the left operand */
async function withScalar(
  expr: Binary,
  vector: Vector,
  scalar: Scalar,
  swapped: boolean,
  grid: Grid,
  context: Context,
): Promise<Vector> {
  const { operator, bool } = expr;
  const filters = isComparison(operator) && !bool;
  const series: VectorSeries[] = [];
  for (const one of vector.series) {
    const labels = filters ? one.labels : context.withoutName(one.labels);
    const out = context.newSeries(labels, one.dropName || !filters, grid);
    if (filters) filter(one, out, scalar.values, COMPARISON[operator], swapped);
    else map(one, out, scalar.values, combine(operator), swapped);
    if (!filters || !isEmpty(out)) series.push(out);
    await context.worked(grid.count);
  }
  return { kind: 'vector', series: mergeSameLabels(series) };
}

function map(
  { values, present }: VectorSeries,
  out: VectorSeries,
  scalars: Float64Array,
  apply: (a: number, b: number) => number,
  swapped: boolean,
): void {
  out.present.set(present);
  for (let step = 0; step < present.length; step++) {
    if (present[step] === 0) continue;
    const [value, scalar] = [values[step] as number, scalars[step] as number];
    out.values[step] = swapped ? apply(scalar, value) : apply(value, scalar);
  }
}

/** What remains is the vector's value, on whichever side it is. */
function filter(
  { values, present }: VectorSeries,
  out: VectorSeries,
  scalars: Float64Array,
  compare: (a: number, b: number) => boolean,
  swapped: boolean,
): void {
  for (let step = 0; step < present.length; step++) {
    if (present[step] === 0) continue;
    const [value, scalar] = [values[step] as number, scalars[step] as number];
    if (!(swapped ? compare(scalar, value) : compare(value, scalar))) continue;
    out.values[step] = value;
    out.present[step] = 1;
  }
}
