/** Arithmetic and comparison between two vectors, series by series that match. */
import { QueryError } from '../../query/query-error.js';
import type { Labels } from '../labels.js';
import { ARITHMETIC, COMPARISON } from './arithmetic.js';
import { type Binary, isComparison, isSetOperator } from './ast.js';
import { type Context, sameLabels } from './context.js';
import { matchedLabels, signature } from './signature.js';
import { type Grid, isEmpty, type Vector, type VectorSeries } from './value.js';

/** Series of either side with one signature. */
interface Match {
  readonly many: VectorSeries[];
  readonly one: VectorSeries[];
}

interface Pair {
  readonly match: Match;
  readonly left: VectorSeries;
  readonly right: VectorSeries;
}

/** A result's labels and all pairs that contribute to it. */
interface Output {
  readonly labels: Labels;
  readonly pairs: Pair[];
}

/** @throws {QueryError} `execution` when more series match than the operator's modifiers allow */
export async function evaluateVectors(
  expr: Binary,
  left: Vector,
  right: Vector,
  grid: Grid,
  context: Context,
): Promise<Vector> {
  const { matching } = expr;
  const swapped = matching.cardinality === 'one-to-many';
  const [many, one] = swapped ? [right, left] : [left, right];
  const matches = findMatches(expr, many, one);
  for (const match of matches) {
    refuseManyToMany(expr, match, many, grid);
    if (matching.cardinality === 'one-to-one') refuseImplicitGrouping(match, grid);
  }
  const evaluate = evaluator(expr);
  const series: VectorSeries[] = [];
  for (const { labels, pairs } of findOutputs(expr, matches, swapped, context)) {
    const out = context.newSeries(labels, expr.bool, grid);
    if (pairs.length > 1) refuseOverlap(pairs, grid);
    for (const { left: a, right: b } of pairs) evaluate(a, b, out);
    if (!isEmpty(out)) series.push(out);
    await context.worked(grid.count * pairs.length);
  }
  return { kind: 'vector', series };
}

/** In the order of the first series of the side that may have many. */
function findMatches({ matching }: Binary, many: Vector, one: Vector): readonly Match[] {
  const matches = new Map<string, Match>();
  for (const [side, { series }] of [
    ['many', many],
    ['one', one],
  ] as const) {
    for (const single of series) {
      const key = signature(single.labels, matching);
      const match = matches.get(key) ?? { many: [], one: [] };
      matches.set(key, match);
      match[side].push(single);
    }
  }
  return [...matches.values()];
}

function findOutputs(
  expr: Binary,
  matches: readonly Match[],
  swapped: boolean,
  context: Context,
): readonly Output[] {
  const outputs = new Map<string, Output>();
  for (const match of matches) {
    for (const many of match.many) {
      for (const one of match.one) {
        const labels = resultLabels(expr, many.labels, one.labels, context);
        const output = outputs.get(labels.key) ?? { labels, pairs: [] };
        outputs.set(labels.key, output);
        output.pairs.push(swapped ? { match, left: one, right: many } : { match, left: many, right: one });
      }
    }
  }
  return [...outputs.values()];
}

function resultLabels(
  { operator, bool, matching }: Binary,
  many: Labels,
  one: Labels,
  context: Context,
): Labels {
  const renamed = !isComparison(operator) || (bool && !context.semantics.delayedNameRemoval);
  let labels = renamed ? many.withoutMetadata() : many;
  if (matching.cardinality === 'one-to-one') {
    labels = matching.on ? labels.only(matching.labels) : labels.without(...matching.labels);
  }
  for (const name of matching.include) labels = labels.with(name, one.get(name));
  return labels;
}

/** Fills in the steps that both series have; a comparison without `bool` keeps the left value or nothing. */
function evaluator({
  operator,
  bool,
}: Binary): (left: VectorSeries, right: VectorSeries, out: VectorSeries) => void {
  if (isSetOperator(operator)) throw new Error(`${operator} is no operator on values`);
  if (!isComparison(operator)) {
    const apply = ARITHMETIC[operator];
    return each((a, b) => apply(a, b));
  }
  const compare = COMPARISON[operator];
  return bool ? each((a, b) => (compare(a, b) ? 1 : 0)) : each((a, b) => (compare(a, b) ? a : undefined));
}

function each(
  apply: (a: number, b: number) => number | undefined,
): (left: VectorSeries, right: VectorSeries, out: VectorSeries) => void {
  return (left, right, out) => {
    for (let step = 0; step < out.present.length; step++) {
      if (left.present[step] === 0 || right.present[step] === 0) continue;
      const value = apply(left.values[step] as number, right.values[step] as number);
      if (value === undefined) continue;
      if (out.present[step] === 1) throw sameLabels();
      out.values[step] = value;
      out.present[step] = 1;
    }
  };
}

/** A second series of the side that is to have one is allowed only at steps at which the other side has nothing at all. */
function refuseManyToMany(expr: Binary, { one }: Match, many: Vector, grid: Grid): void {
  if (one.length < 2) return;
  for (let step = 0; step < grid.count; step++) {
    const [first, second] = one.filter(({ present }) => present[step] === 1);
    if (!first || !second || !many.series.some(({ present }) => present[step] === 1)) continue;
    const side = expr.matching.cardinality === 'one-to-many' ? 'left' : 'right';
    const group = matchedLabels(first.labels, expr.matching);
    const both = [`${first.labels}`, `${second.labels}`].sort().join(', ');
    throw new QueryError(
      'execution',
      `found duplicate series for the match group ${group} on the ${side} hand-side of the operation: [${both}];many-to-many matching not allowed: matching labels must be unique on one side`,
    );
  }
}

function refuseImplicitGrouping({ many, one }: Match, grid: Grid): void {
  if (many.length < 2) return;
  for (let step = 0; step < grid.count; step++) {
    if (!one.some(({ present }) => present[step] === 1)) continue;
    if (many.filter(({ present }) => present[step] === 1).length < 2) continue;
    throw new QueryError(
      'execution',
      'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)',
    );
  }
}

/** Within a match, whatever the comparison says. */
function refuseOverlap(pairs: readonly Pair[], grid: Grid): void {
  const seen = new Map<Match, Uint8Array>();
  for (const { match, left, right } of pairs) {
    const steps = seen.get(match) ?? new Uint8Array(grid.count);
    seen.set(match, steps);
    for (let step = 0; step < grid.count; step++) {
      if (left.present[step] === 0 || right.present[step] === 0) continue;
      if (steps[step] === 1) {
        throw new QueryError(
          'execution',
          'multiple matches for labels: grouping labels must ensure unique matches',
        );
      }
      steps[step] = 1;
    }
  }
}
