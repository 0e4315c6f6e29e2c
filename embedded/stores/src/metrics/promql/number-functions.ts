/** Functions of each value by itself, and perhaps of scalars beside it. */
import type { Invocation } from './call.js';
import { mergeSameLabels } from './merge.js';
import type { Scalar, Vector, VectorSeries } from './value.js';

/** @param scalars the other arguments at the same step */
type ByValue = (value: number, ...scalars: readonly number[]) => number;

const DEGREES = 180 / Math.PI;

export const BY_VALUE: ReadonlyMap<string, ByValue> = new Map<string, ByValue>([
  ['abs', Math.abs],
  ['ceil', Math.ceil],
  ['exp', Math.exp],
  ['floor', Math.floor],
  ['ln', Math.log],
  ['log2', Math.log2],
  ['log10', Math.log10],
  ['sqrt', Math.sqrt],
  ['sgn', (value) => (value < 0 ? -1 : value > 0 ? 1 : value)],
  ['acos', Math.acos],
  ['acosh', Math.acosh],
  ['asin', Math.asin],
  ['asinh', Math.asinh],
  ['atan', Math.atan],
  ['atanh', Math.atanh],
  ['cos', Math.cos],
  ['cosh', Math.cosh],
  ['sin', Math.sin],
  ['sinh', Math.sinh],
  ['tan', Math.tan],
  ['tanh', Math.tanh],
  ['deg', (value) => value * DEGREES],
  ['rad', (value) => (value * Math.PI) / 180],
  ['round', (value, nearest = 1) => round(value, nearest)],
  ['clamp', (value, min = Number.NaN, max = Number.NaN) => Math.max(min, Math.min(max, value))],
  ['clamp_min', (value, min = Number.NaN) => Math.max(min, value)],
  ['clamp_max', (value, max = Number.NaN) => Math.min(max, value)],
]);

/** Halves go up. By the inverse, which is more exact for steps such as 0.1. */
function round(value: number, nearest: number): number {
  const inverse = 1 / nearest;
  return Math.floor(value * inverse + 0.5) / inverse;
}

export async function ofNumbers(apply: ByValue, { call, args, grid, context }: Invocation): Promise<Vector> {
  const { series } = args[0] as Vector;
  const scalars = args.slice(1).map((arg) => (arg as Scalar).values);
  const empty = call.name === 'clamp' ? (step: number) => isCrossed(scalars, step) : () => false;
  const result: VectorSeries[] = [];
  for (const one of series) {
    const out = context.newSeries(context.withoutName(one.labels), true, grid);
    for (let step = 0; step < grid.count; step++) {
      if (one.present[step] === 0 || empty(step)) continue;
      const value = one.values[step] as number;
      out.values[step] =
        scalars.length === 0
          ? apply(value)
          : apply(value, ...scalars.map((scalar) => scalar[step] as number));
      out.present[step] = 1;
    }
    result.push(out);
    await context.worked(grid.count);
  }
  return { kind: 'vector', series: mergeSameLabels(result) };
}

/** Nothing is between a minimum and a smaller maximum. */
function isCrossed([min, max]: readonly Float64Array[], step: number): boolean {
  return (max?.[step] as number) < (min?.[step] as number);
}
