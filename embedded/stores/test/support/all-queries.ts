import { readCorpus } from './corpus.js';
import { provisionedQueries } from './provisioned.js';
import { keyOf, type Query } from './query.js';

/** What any run can be asked. */
const GENERAL = ['promql.txt', 'logql.txt', 'traceql.txt', 'wrong.txt'] as const;
/** What is about the data beside the frozen run. */
const EXTRA = ['promql-extra.txt', 'logql-extra.txt', 'traceql-extra.txt'] as const;

export const GROUPS = ['provisioned', ...GENERAL, ...EXTRA] as const;

/** The corpus file that a query comes from, or `provisioned`. */
export function groupOf({ source }: Query): string {
  return /^corpus\/([^:]+):/.exec(source)?.[1] ?? 'provisioned';
}

/** @throws {Error} naming a query that is there twice */
export async function allQueries({ withExtras }: { readonly withExtras: boolean }): Promise<Query[]> {
  const queries = [...(await provisionedQueries()), ...readCorpus(...GENERAL, ...(withExtras ? EXTRA : []))];
  const sources = new Map<string, string>();
  for (const query of queries) {
    const other = sources.get(keyOf(query));
    if (other) throw new Error(`${query.source}: this query is at ${other} already`);
    sources.set(keyOf(query), query.source);
  }
  return queries;
}
