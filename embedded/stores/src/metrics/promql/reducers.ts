/** From the members of a group to one series, for each aggregation operator that does so. */

import { lost } from './arithmetic.js';
import type { Aggregator } from './ast.js';
import type { Context } from './context.js';
import { quantile } from './quantile.js';
import type { VectorSeries } from './value.js';

/**
 * Others have their turn between one member and the next.
 * @param parameter of `quantile`, by step
 */
type Reduce = (
  members: readonly VectorSeries[],
  out: VectorSeries,
  parameter: Float64Array,
  context: Context,
) => Promise<void>;

/** Takes in one value of a step; `first` when the group had none at this step yet. */
type Take = (step: number, value: number, first: boolean) => void;

export const REDUCERS: Readonly<Record<Exclude<Aggregator, 'topk' | 'bottomk' | 'count_values'>, Reduce>> = {
  sum,
  avg: average,
  count: (members, out, _, context) =>
    fold(members, out, context, (step) => {
      out.values[step] = (out.values[step] as number) + 1;
    }),
  group: (members, out, _, context) =>
    fold(members, out, context, (step) => {
      out.values[step] = 1;
    }),
  min: (members, out, _, context) =>
    fold(members, out, context, (step, value, first) => {
      const known = out.values[step] as number;
      if (first || known > value || Number.isNaN(known)) out.values[step] = value;
    }),
  max: (members, out, _, context) =>
    fold(members, out, context, (step, value, first) => {
      const known = out.values[step] as number;
      if (first || known < value || Number.isNaN(known)) out.values[step] = value;
    }),
  stdvar: (members, out, _, context) => variance(members, out, context, (value) => value),
  stddev: (members, out, _, context) => variance(members, out, context, Math.sqrt),
  quantile: quantiles,
};

/** Member after member, which is the order in which floating point sums have to come. */
async function fold(
  members: readonly VectorSeries[],
  out: VectorSeries,
  context: Context,
  take: Take,
): Promise<void> {
  const steps = out.present.length;
  for (const { values, present } of members) {
    for (let step = 0; step < steps; step++) {
      if (present[step] === 0) continue;
      take(step, values[step] as number, out.present[step] === 0);
      out.present[step] = 1;
    }
    await context.worked(steps);
  }
}

async function sum(
  members: readonly VectorSeries[],
  out: VectorSeries,
  _: Float64Array,
  context: Context,
): Promise<void> {
  const { values } = out;
  const { compensatesSums } = context.semantics;
  const compensation = new Float64Array(values.length);
  await fold(members, out, context, (step, value, first) => {
    if (first) {
      values[step] = value;
      return;
    }
    const known = values[step] as number;
    const next = known + value;
    if (!Number.isFinite(next)) compensation[step] = 0;
    else if (compensatesSums) compensation[step] = (compensation[step] as number) + lost(known, value, next);
    values[step] = next;
  });
  for (let step = 0; step < values.length; step++) {
    if (compensation[step] !== 0) values[step] = (values[step] as number) + (compensation[step] as number);
  }
}

/** By the sum while that is finite; from where it would overflow on, mean after mean. */
async function average(
  members: readonly VectorSeries[],
  out: VectorSeries,
  _: Float64Array,
  context: Context,
): Promise<void> {
  const { values } = out;
  const steps = values.length;
  const compensation = new Float64Array(steps);
  const counts = new Float64Array(steps);
  const incremental = new Uint8Array(steps);
  await fold(members, out, context, (step, value, first) => {
    counts[step] = (counts[step] as number) + 1;
    if (first) {
      values[step] = value;
      return;
    }
    const count = counts[step] as number;
    let known = values[step] as number;
    let carried = compensation[step] as number;
    if (incremental[step] === 0) {
      const next = known + value;
      if (Math.abs(next) !== Number.POSITIVE_INFINITY) {
        compensation[step] = carried + lost(known, value, next);
        values[step] = next;
        return;
      }
      incremental[step] = 1;
      known /= count - 1;
      carried /= count - 1;
    }
    const weight = (count - 1) / count;
    const [part, mean] = [value / count, known * weight];
    const next = mean + part;
    const infinite = Math.abs(next) === Number.POSITIVE_INFINITY;
    compensation[step] = infinite ? 0 : carried * weight + lost(mean, part, next);
    values[step] = next;
  });
  for (let step = 0; step < steps; step++) {
    const count = incremental[step] === 1 ? 1 : (counts[step] as number);
    values[step] = (values[step] as number) / count + (compensation[step] as number) / count;
  }
}

/** Of the whole group, by Welford's algorithm. */
async function variance(
  members: readonly VectorSeries[],
  out: VectorSeries,
  context: Context,
  finish: (variance: number) => number,
): Promise<void> {
  const { values } = out;
  const means = new Float64Array(values.length);
  const counts = new Float64Array(values.length);
  await fold(members, out, context, (step, value, first) => {
    counts[step] = (counts[step] as number) + 1;
    const mean = means[step] as number;
    const delta = value - mean;
    const next = first ? value : mean + delta / (counts[step] as number);
    means[step] = next;
    if (!first) values[step] = (values[step] as number) + delta * (value - next);
    else values[step] = Number.isFinite(value) ? 0 : Number.NaN;
  });
  for (let step = 0; step < values.length; step++) {
    values[step] = finish((values[step] as number) / (counts[step] as number));
  }
}

async function quantiles(
  members: readonly VectorSeries[],
  out: VectorSeries,
  parameter: Float64Array,
  context: Context,
): Promise<void> {
  const buffer = new Float64Array(members.length);
  for (let step = 0; step < parameter.length; step++) {
    let length = 0;
    for (const { values, present } of members) {
      if (present[step] === 1) buffer[length++] = values[step] as number;
    }
    if (length === 0) continue;
    out.values[step] = quantile(parameter[step] as number, buffer.subarray(0, length));
    out.present[step] = 1;
    // It is sorted, which takes longer than looking at it once.
    await context.worked(4 * length);
  }
}
