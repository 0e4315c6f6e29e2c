/** Vector aggregations: from many series to few. */
import type { Budget } from '../../query/budget.js';
import type { Labels } from '../labels.js';
import type { Grouping, VectorAggregation } from './ast.js';
import { byStep, type Matrix, MatrixBuilder, type Series } from './matrix.js';

type Folding = 'sum' | 'avg' | 'max' | 'min' | 'count' | 'stddev' | 'stdvar';

export async function aggregate(
  { operation, parameter, grouping = { without: false, labels: [] } }: VectorAggregation,
  matrix: Matrix,
  { count, budget }: { readonly count: number; readonly budget: Budget },
): Promise<Matrix> {
  budget.spend(matrix.reduce((sum, { steps }) => sum + steps.length, 0));
  const isRanked =
    operation === 'topk' || operation === 'bottomk' || operation === 'sort' || operation === 'sort_desc';
  if (isRanked) {
    const limit = operation.startsWith('sort') ? Number.POSITIVE_INFINITY : parameter;
    const isDescending = operation === 'topk' || operation === 'sort_desc';
    return rank(matrix, { grouping, limit, isDescending, count });
  }
  const groups = groupSeries(matrix, grouping);
  const result: Series[] = [];
  for (const { labels, members } of groups) {
    const [only] = members;
    if (members.length === 1 && only && operation === 'sum') result.push({ ...only, labels });
    else result.push(fold(operation as Folding, { labels, members, count }));
    budget.hold(result.at(-1)?.steps.length ?? 0);
    await budget.breathe();
  }
  return result;
}

export function groupLabels(labels: Labels, { without, labels: names }: Grouping): Labels {
  return without ? labels.drop(names) : labels.keep(names);
}

interface Group {
  readonly labels: Labels;
  readonly members: Series[];
}

function groupSeries(matrix: Matrix, grouping: Grouping): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const series of matrix) {
    const labels = groupLabels(series.labels, grouping);
    const group = groups.get(labels.key);
    if (group) group.members.push(series);
    else groups.set(labels.key, { labels, members: [series] });
  }
  return [...groups.values()];
}

interface FoldedGroup extends Group {
  readonly count: number;
}

function fold(operation: Folding, { labels, members, count }: FoldedGroup): Series {
  const counts = new Int32Array(count);
  const values = new Float64Array(count);
  const means = new Float64Array(count);
  for (const { steps, values: its } of members) {
    for (let index = 0; index < steps.length; index++) {
      const step = steps[index] as number;
      add(operation, { step, value: its[index] as number, counts, values, means });
    }
  }
  const steps: number[] = [];
  const results: number[] = [];
  for (let step = 0; step < count; step++) {
    const seen = counts[step] as number;
    if (seen === 0) continue;
    steps.push(step);
    results.push(resultOf(operation, { value: values[step] as number, mean: means[step] as number, seen }));
  }
  return { labels, steps, values: results };
}

interface Folded {
  readonly step: number;
  readonly value: number;
  readonly counts: Int32Array;
  readonly values: Float64Array;
  readonly means: Float64Array;
}

function add(operation: Folding, { step, value, counts, values, means }: Folded): void {
  const seen = (counts[step] as number) + 1;
  counts[step] = seen;
  const current = values[step] as number;
  switch (operation) {
    case 'sum':
      values[step] = current + value;
      break;
    case 'max':
      if (seen === 1 || current < value || Number.isNaN(current)) values[step] = value;
      break;
    case 'min':
      if (seen === 1 || current > value || Number.isNaN(current)) values[step] = value;
      break;
    case 'avg':
    case 'stddev':
    case 'stdvar': {
      const mean = means[step] as number;
      const delta = value - mean;
      const moved = seen === 1 ? value : mean + delta / seen;
      means[step] = moved;
      if (seen > 1) values[step] = current + delta * (value - moved);
      break;
    }
    case 'count':
      break;
  }
}

function resultOf(
  operation: Folding,
  { value, mean, seen }: { value: number; mean: number; seen: number },
): number {
  if (operation === 'avg') return mean;
  if (operation === 'count') return seen;
  if (operation === 'stdvar') return value / seen;
  return operation === 'stddev' ? Math.sqrt(value / seen) : value;
}

interface Ranking {
  readonly grouping: Grouping;
  readonly limit: number;
  readonly isDescending: boolean;
  readonly count: number;
}

/** Series keep their labels; which of them are among the first is another question at each step. */
function rank(matrix: Matrix, { grouping, limit, isDescending, count }: Ranking): Matrix {
  const groups = matrix.map(({ labels }) => groupLabels(labels, grouping).key);
  const builder = new MatrixBuilder();
  const sign = isDescending ? -1 : 1;
  for (const [step, { series, values }] of byStep(matrix, count).entries()) {
    const order = series.map((_, index) => index);
    order.sort((a, b) => compareValues(values[a] as number, values[b] as number, sign));
    const taken = new Map<string, number>();
    for (const index of order) {
      const group = groups[series[index] as number] as string;
      const before = taken.get(group) ?? 0;
      if (before >= limit) continue;
      taken.set(group, before + 1);
      builder.add((matrix[series[index] as number] as Series).labels, step, values[index] as number);
    }
  }
  return builder.build();
}

/** No numbers are last either way. */
function compareValues(a: number, b: number, sign: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a === b ? 0 : sign * (a < b ? -1 : 1);
}
