/** Times queries, in turn on the embedded stores and on a stack. */
import { fillIn, type Moments } from '../support/moments.js';
import { ask, type Query, type StoreUrls } from '../support/query.js';

export interface Timing {
  readonly query: Query;
  /** Of each round, in ms. */
  readonly embedded: readonly number[];
  /** Empty without a stack. */
  readonly real: readonly number[];
}

const ROUNDS = 5;

/** @throws {Error} when a query is refused */
export async function measure(
  queries: readonly Query[],
  moments: Moments,
  embedded: StoreUrls,
  stack: StoreUrls | undefined,
): Promise<Timing[]> {
  const timings: Timing[] = [];
  for (const query of queries.map((each) => fillIn(each, moments))) {
    const [own, real]: [number[], number[]] = [[], []];
    // The first time warms caches and compilers, and is not counted.
    for (let round = 0; round <= ROUNDS; round++) {
      const ms = await time(query, embedded);
      const real_ms = stack ? await time(query, stack) : undefined;
      if (round === 0) continue;
      own.push(ms);
      if (real_ms !== undefined) real.push(real_ms);
    }
    timings.push({ query, embedded: own, real });
  }
  return timings;
}

async function time(query: Query, stores: StoreUrls): Promise<number> {
  const start = performance.now();
  const { status, body } = await ask(query, stores);
  const ms = performance.now() - start;
  if (status !== 200) throw new Error(`${query.source}: ${stores[query.store]} answers ${status}: ${body}`);
  return ms;
}

/** @param share 0.5 for the median */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
