/** `topk` and `bottomk`: the series of each group that have the largest or smallest values, step by step. */
import { QueryError } from '../../query/query-error.js';
import type { Group } from './aggregate.js';
import type { Context } from './context.js';
import { mergeSameLabels } from './merge.js';
import type { Grid, VectorSeries } from './value.js';

interface Candidate {
  readonly value: number;
  readonly series: VectorSeries;
}

/** @param sizes how many at each step */
export async function selectExtremes(
  operator: 'topk' | 'bottomk',
  groups: readonly Group[],
  sizes: Float64Array,
  grid: Grid,
  context: Context,
): Promise<readonly VectorSeries[]> {
  refuseSizes(sizes);
  const worse = operator === 'topk' ? isLess : isGreater;
  const result = new Map<VectorSeries, VectorSeries>();
  for (const { members } of groups) {
    for (let step = 0; step < grid.count; step++) {
      const size = Math.trunc(sizes[step] as number);
      if (size < 1) continue;
      await context.worked(4 * members.length);
      for (const { value, series } of selectAt(members, step, size, worse)) {
        const out = result.get(series) ?? context.newSeries(series.labels, series.dropName, grid);
        result.set(series, out);
        out.values[step] = value;
        out.present[step] = 1;
      }
    }
  }
  return mergeSameLabels([...result.values()]);
}

function refuseSizes(sizes: Float64Array): void {
  if (!sizes.some((size) => size >= 1 || Number.isNaN(size))) return;
  for (const size of sizes) {
    if (Number.isNaN(size)) throw new QueryError('execution', 'Parameter value is NaN');
    if (size <= -(2 ** 63)) throw new QueryError('execution', `Scalar value ${size} underflows int64`);
    if (size >= 2 ** 63) throw new QueryError('execution', `Scalar value ${size} overflows int64`);
  }
}

/** Best first. */
function selectAt(
  members: readonly VectorSeries[],
  step: number,
  size: number,
  worse: (a: number, b: number) => boolean,
): readonly Candidate[] {
  const heap = new WorstFirst(worse);
  for (const series of members) {
    if (series.present[step] === 1) heap.offer({ value: series.values[step] as number, series }, size);
  }
  return heap.bestFirst();
}

/** NaN is worse than any number, for either operator. */
function isLess(a: number, b: number): boolean {
  return Number.isNaN(a) || a < b;
}

function isGreater(a: number, b: number): boolean {
  return Number.isNaN(a) || a > b;
}

/** A binary heap, so that of equal values the same ones are kept as by the engine's. */
class WorstFirst {
  readonly #items: Candidate[] = [];
  readonly #worse: (a: number, b: number) => boolean;

  constructor(worse: (a: number, b: number) => boolean) {
    this.#worse = worse;
  }

  /** Keeps no more than `size`: the worst goes, and among equals what is there stays. */
  offer(candidate: Candidate, size: number): void {
    const [worst] = this.#items;
    if (this.#items.length < size) {
      this.#items.push(candidate);
      this.#up(this.#items.length - 1);
    } else if (worst && this.#isBetter(candidate.value, worst.value)) {
      this.#items[0] = candidate;
      this.#down();
    }
  }

  bestFirst(): readonly Candidate[] {
    return [...this.#items].sort((a, b) => {
      if (this.#isBetter(a.value, b.value)) return -1;
      return this.#isBetter(b.value, a.value) ? 1 : 0;
    });
  }

  #isBetter(a: number, b: number): boolean {
    return Number.isNaN(b) ? !Number.isNaN(a) : this.#worse(b, a);
  }

  #isWorseAt(a: number, b: number): boolean {
    return this.#worse((this.#items[a] as Candidate).value, (this.#items[b] as Candidate).value);
  }

  #up(from: number): void {
    for (let index = from; index > 0; ) {
      const parent = (index - 1) >> 1;
      if (!this.#isWorseAt(index, parent)) return;
      this.#swap(index, parent);
      index = parent;
    }
  }

  #down(): void {
    for (let index = 0; ; ) {
      const left = 2 * index + 1;
      if (left >= this.#items.length) return;
      const right = left + 1;
      const child = right < this.#items.length && this.#isWorseAt(right, left) ? right : left;
      if (!this.#isWorseAt(child, index)) return;
      this.#swap(index, child);
      index = child;
    }
  }

  #swap(a: number, b: number): void {
    const item = this.#items[a] as Candidate;
    this.#items[a] = this.#items[b] as Candidate;
    this.#items[b] = item;
  }
}
