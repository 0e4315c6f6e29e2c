/** Functions of whole vectors and of nothing: order, absence, and the way between scalars and vectors. */
import { compareLabels, compareText, Labels, METRIC_NAME } from '../labels.js';
import type { Matcher } from '../matcher.js';
import type { Expr } from './ast.js';
import { unwrap } from './ast.js';
import type { Invocation } from './call.js';
import { mergeSameLabels } from './merge.js';
import { type Scalar, type Text, timeOf, type Value, type Vector, type VectorSeries } from './value.js';

type VectorFunction = (invocation: Invocation) => Value;

export const VECTOR_FUNCTIONS: ReadonlyMap<string, VectorFunction> = new Map<string, VectorFunction>([
  ['absent', absent],
  ['scalar', scalar],
  ['vector', vector],
  ['timestamp', timestamp],
  ['time', (invocation) => constants(invocation, (step) => timeOf(invocation.grid, step) / 1000)],
  ['pi', (invocation) => constants(invocation, () => Math.PI)],
  ['min_of', (invocation) => ofScalars(invocation, Math.min)],
  ['max_of', (invocation) => ofScalars(invocation, Math.max)],
  ['sort', (invocation) => sort(invocation, byValue(1))],
  ['sort_desc', (invocation) => sort(invocation, byValue(-1))],
  ['sort_by_label', (invocation) => sort(invocation, byLabels(invocation))],
  [
    'sort_by_label_desc',
    (invocation) => {
      const compare = byLabels(invocation);
      return sort(invocation, (a, b) => compare(b, a));
    },
  ],
]);

function constants({ grid, context }: Invocation, at: (step: number) => number): Scalar {
  const out = context.newScalar(grid);
  for (let step = 0; step < grid.count; step++) out.values[step] = at(step);
  return out;
}

function ofScalars(invocation: Invocation, apply: (a: number, b: number) => number): Scalar {
  const [a, b] = invocation.args as readonly [Scalar, Scalar];
  return constants(invocation, (step) => apply(a.values[step] as number, b.values[step] as number));
}

function absent({ call, args, grid, context }: Invocation): Vector {
  const { series } = args[0] as Vector;
  return absence(call.args[0] as Expr, series, { grid, context });
}

/** One at each step at which none of the series has a value. */
export function absence(
  expr: Expr,
  series: readonly VectorSeries[],
  { grid, context }: Pick<Invocation, 'grid' | 'context'>,
): Vector {
  const out = context.newSeries(absentLabels(unwrap(expr)), false, grid);
  for (let step = 0; step < grid.count; step++) {
    if (series.some(({ present }) => present[step] === 1)) continue;
    out.values[step] = 1;
    out.present[step] = 1;
  }
  return { kind: 'vector', series: out.present.includes(1) ? [out] : [] };
}

/** What a selector says of labels for certain. */
function absentLabels(expr: Expr): Labels {
  const matchers: readonly Matcher[] =
    expr.kind === 'selector' ? expr.matchers : expr.kind === 'range' ? expr.selector.matchers : [];
  const named = matchers.filter(({ name }) => name !== METRIC_NAME);
  const certain = named.filter(
    ({ name, operator }) => operator === '=' && named.filter((other) => other.name === name).length === 1,
  );
  return Labels.of(certain.map(({ name, value }) => [name, value]));
}

/** Of a vector with exactly one value; NaN for any other. */
function scalar({ args, grid, context }: Invocation): Scalar {
  const { series } = args[0] as Vector;
  const out = context.newScalar(grid);
  for (let step = 0; step < grid.count; step++) {
    const [first, second] = series.filter(({ present }) => present[step] === 1);
    out.values[step] = first && !second ? (first.values[step] as number) : Number.NaN;
  }
  return out;
}

function vector({ args, grid, context }: Invocation): Vector {
  const out = context.newSeries(Labels.EMPTY, false, grid);
  out.values.set((args[0] as Scalar).values);
  out.present.fill(1);
  return { kind: 'vector', series: [out] };
}

/** Of anything but a selector: the time of evaluation. */
function timestamp({ args, grid, context }: Invocation): Vector {
  const series = (args[0] as Vector).series.map((one) => {
    const out = context.newSeries(context.withoutName(one.labels), true, grid);
    out.present.set(one.present);
    for (let step = 0; step < grid.count; step++) out.values[step] = timeOf(grid, step) / 1000;
    return out;
  });
  return { kind: 'vector', series: mergeSameLabels(series) };
}

/** Only instants have an order: ranges are always given by labels. */
function sort(
  { call, args, context }: Invocation,
  compare: (a: VectorSeries, b: VectorSeries) => number,
): Vector {
  const { series } = args[0] as Vector;
  if (context.start_ms !== context.end_ms) {
    context.annotations.sortInRangeQuery(call);
    return { kind: 'vector', series };
  }
  return { kind: 'vector', series: [...series].sort(compare) };
}

/** NaN comes last, in either direction. */
function byValue(direction: 1 | -1): (a: VectorSeries, b: VectorSeries) => number {
  return (a, b) => {
    const [x, y] = [a.values[0] as number, b.values[0] as number];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    return direction * (x < y ? -1 : x > y ? 1 : 0);
  };
}

function byLabels({ args }: Invocation): (a: VectorSeries, b: VectorSeries) => number {
  const names = (args.slice(1) as readonly Text[]).map(({ value }) => value);
  return (a, b) => {
    for (const name of names) {
      const order = compareNaturally(a.labels.get(name), b.labels.get(name));
      if (order !== 0) return order;
    }
    return compareLabels(a.labels, b.labels);
  };
}

/** Digits as numbers: `node2` before `node10`. */
function compareNaturally(a: string, b: string): number {
  const [left, right] = [chunks(a), chunks(b)];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const [x, y] = [left[index] as string, right[index] as string];
    const numbers = /^\d/.test(x) && /^\d/.test(y);
    const order = (numbers ? Number(x) - Number(y) : 0) || compareText(x, y);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function chunks(text: string): readonly string[] {
  return text.match(/\d+|\D+/g) ?? [];
}
