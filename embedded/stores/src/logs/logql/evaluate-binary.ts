/** Binary operators between series, step by step. */
import { QueryError } from '../../query/query-error.js';
import type { Labels } from '../labels.js';
import { compute, holds } from './arithmetic.js';
import type { ArithmeticOperator, Binary, CompareOperator, Matching } from './ast.js';
import { COMPARE_OPERATORS, SET_OPERATORS } from './ast.js';
import { byStep, type Matrix, MatrixBuilder, type Series, type StepPoints } from './matrix.js';

export function combine(expression: Binary, left: Matrix, right: Matrix, count: number): Matrix {
  const { operator, matching } = expression;
  const sides = { left: new Side(left, matching, count), right: new Side(right, matching, count) };
  const builder = new MatrixBuilder();
  for (let step = 0; step < count; step++) {
    if (SET_OPERATORS.has(operator)) combineSets(expression, sides, { step, builder });
    else combineVectors(expression, sides, { step, builder });
  }
  return builder.build();
}

/** With a number on one side. @param isLeft the number is the left one */
export function combineLiteral(
  { operator, returnBool }: Binary,
  {
    matrix,
    literal,
    isLeft,
  }: { readonly matrix: Matrix; readonly literal: number; readonly isLeft: boolean },
): Matrix {
  const builder = new MatrixBuilder();
  for (const { labels, steps, values } of matrix) {
    for (const [index, step] of steps.entries()) {
      const value = values[index] as number;
      const [left, right] = isLeft ? [literal, value] : [value, literal];
      const result = apply(operator, { left, right, returnBool, kept: value });
      if (result !== undefined) builder.add(labels, step, result);
    }
  }
  return builder.build();
}

/** @returns undefined where a comparison does not hold */
function apply(
  operator: Binary['operator'],
  { left, right, returnBool, kept }: { left: number; right: number; returnBool: boolean; kept: number },
): number | undefined {
  if (!COMPARE_OPERATORS.has(operator)) return compute(operator as ArithmeticOperator, left, right);
  const isTrue = holds(operator as CompareOperator, left, right);
  if (returnBool) return Number(isTrue);
  return isTrue ? kept : undefined;
}

class Side {
  readonly matrix: Matrix;
  readonly points: readonly StepPoints[];
  /** Of each series: equal for those that belong together. */
  readonly signatures: readonly string[];

  constructor(matrix: Matrix, matching: Matching, count: number) {
    this.matrix = matrix;
    this.points = byStep(matrix, count);
    this.signatures = matrix.map(({ labels }) => matched(labels, matching).key);
  }

  at(step: number): readonly Point[] {
    const { series, values } = this.points[step] as StepPoints;
    return series.map((index, position) => ({
      labels: (this.matrix[index] as Series).labels,
      signature: this.signatures[index] as string,
      value: values[position] as number,
    }));
  }
}

interface Point {
  readonly labels: Labels;
  readonly signature: string;
  readonly value: number;
}

function matched(labels: Labels, { on, labels: names = [] }: Matching): Labels {
  return on ? labels.keep(names) : labels.drop(names);
}

interface Sides {
  readonly left: Side;
  readonly right: Side;
}

interface Step {
  readonly step: number;
  readonly builder: MatrixBuilder;
}

function combineSets({ operator }: Binary, { left, right }: Sides, { step, builder }: Step): void {
  const [lefts, rights] = [left.at(step), right.at(step)];
  const others = new Set((operator === 'or' ? lefts : rights).map(({ signature }) => signature));
  for (const { labels, signature, value } of lefts) {
    if (operator === 'or' || others.has(signature) === (operator === 'and')) builder.add(labels, step, value);
  }
  if (operator !== 'or') return;
  for (const { labels, signature, value } of rights)
    if (!others.has(signature)) builder.add(labels, step, value);
}

function combineVectors(expression: Binary, sides: Sides, { step, builder }: Step): void {
  const { operator, returnBool, matching } = expression;
  const isSwapped = matching.cardinality === 'one-to-many';
  const [many, one] = isSwapped ? [sides.right, sides.left] : [sides.left, sides.right];
  const ones = indexOnes(one.at(step), isSwapped ? 'left' : 'right');
  const seen = new Map<string, Set<string>>();
  for (const point of many.at(step)) {
    const partner = ones.get(point.signature);
    if (!partner) continue;
    const labels = resultLabels(point.labels, partner.labels, matching);
    checkUnique(seen, { signature: point.signature, key: labels.key, matching });
    const [left, right] = isSwapped ? [partner.value, point.value] : [point.value, partner.value];
    const result = apply(operator, { left, right, returnBool, kept: left });
    if (result !== undefined) builder.add(labels, step, result);
  }
}

function indexOnes(points: readonly Point[], side: 'left' | 'right'): ReadonlyMap<string, Point> {
  const ones = new Map<string, Point>();
  for (const point of points) {
    if (ones.has(point.signature)) {
      throw new QueryError(
        'execution',
        `found duplicate series on the ${side} hand-side;many-to-many matching not allowed: matching labels must be unique on one side`,
      );
    }
    ones.set(point.signature, point);
  }
  return ones;
}

function checkUnique(
  seen: Map<string, Set<string>>,
  { signature, key, matching }: { signature: string; key: string; matching: Matching },
): void {
  const keys = seen.get(signature);
  if (!keys) {
    seen.set(signature, new Set([key]));
    return;
  }
  if (matching.cardinality === 'one-to-one') {
    throw new QueryError(
      'execution',
      'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)',
    );
  }
  if (keys.has(key)) {
    throw new QueryError(
      'execution',
      'multiple matches for labels: grouping labels must ensure unique matches',
    );
  }
  keys.add(key);
}

/** @param many labels of the side whose series are kept apart */
function resultLabels(many: Labels, one: Labels, matching: Matching): Labels {
  const { cardinality, include = [] } = matching;
  const kept = cardinality === 'one-to-one' ? matched(many, matching) : many;
  return include.reduce((labels, name) => labels.with(name, one.get(name)), kept);
}
