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
  const folder = new Folder(operation as Folding, count);
  const result: Series[] = [];
  for (const group of groupSeries(matrix, grouping)) {
    const folded = folder.fold(group);
    result.push(folded);
    budget.hold(folded.steps.length);
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

/** Adds series up, one group after the other in the same place. */
class Folder {
  readonly #operation: Folding;
  readonly #counts: Int32Array;
  readonly #values: Float64Array;
  readonly #means: Float64Array;

  constructor(operation: Folding, count: number) {
    this.#operation = operation;
    this.#counts = new Int32Array(count);
    this.#values = new Float64Array(count);
    this.#means = new Float64Array(count);
  }

  fold({ labels, members }: Group): Series {
    const [only] = members;
    if (members.length === 1 && only && this.#operation === 'sum') return { ...only, labels };
    for (const { steps, values } of members) {
      for (let index = 0; index < steps.length; index++)
        this.#add(steps[index] as number, values[index] as number);
    }
    return this.#take(labels, members);
  }

  #add(step: number, value: number): void {
    const seen = (this.#counts[step] as number) + 1;
    this.#counts[step] = seen;
    const current = this.#values[step] as number;
    switch (this.#operation) {
      case 'sum':
        this.#values[step] = current + value;
        break;
      case 'max':
        if (seen === 1 || current < value || Number.isNaN(current)) this.#values[step] = value;
        break;
      case 'min':
        if (seen === 1 || current > value || Number.isNaN(current)) this.#values[step] = value;
        break;
      case 'count':
        break;
      default: {
        const mean = this.#means[step] as number;
        const delta = value - mean;
        const moved = seen === 1 ? value : mean + delta / seen;
        this.#means[step] = moved;
        if (seen > 1) this.#values[step] = current + delta * (value - moved);
      }
    }
  }

  /** The result, which leaves the place empty for the next group. */
  #take(labels: Labels, members: readonly Series[]): Series {
    const steps: number[] = [];
    const values: number[] = [];
    const [only] = members;
    const touched = members.length === 1 && only ? only.steps : this.#counts.keys();
    for (const step of touched) {
      const seen = this.#counts[step] as number;
      if (seen === 0) continue;
      steps.push(step);
      values.push(this.#result(step, seen));
      this.#counts[step] = 0;
      this.#values[step] = 0;
    }
    return { labels, steps, values };
  }

  #result(step: number, seen: number): number {
    const value = this.#values[step] as number;
    if (this.#operation === 'avg') return this.#means[step] as number;
    if (this.#operation === 'count') return seen;
    if (this.#operation === 'stdvar') return value / seen;
    return this.#operation === 'stddev' ? Math.sqrt(value / seen) : value;
  }
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
