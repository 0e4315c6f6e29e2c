/** Spans that a query's filter selects, for what is asked about attributes: a query that is not finished selects all. */

import type { Query } from '../traceql/ast.js';
import { compilePredicate } from '../traceql/compile.js';
import { fetchOf } from '../traceql/conditions.js';
import { parse } from '../traceql/parse.js';
import type { Snapshot } from './snapshot.js';

/** @param query of which only a filter at its beginning counts, as in Tempo */
export function* selectSpans(snapshot: Snapshot, query: string | undefined): Generator<number> {
  const parsed = query === undefined ? undefined : parseLeniently(query);
  const first = parsed?.pipeline.elements[0];
  const test =
    parsed && first?.kind === 'filter'
      ? compilePredicate(snapshot, fetchOf(parsed), first.expression)
      : undefined;
  for (let span = 0; span < snapshot.index.count; span++) if (!test || test(span)) yield span;
}

/** Leaves out what is unfinished at the end, comparison by comparison. */
function parseLeniently(query: string): Query | undefined {
  const attempts = [query, `${query}}`, `${query}"}`];
  for (let rest = query; ; ) {
    const cut = Math.max(rest.lastIndexOf('&&'), rest.lastIndexOf('||'));
    if (cut < 0) break;
    rest = rest.slice(0, cut);
    attempts.push(`${rest}}`);
  }
  for (const attempt of attempts) {
    try {
      return parse(attempt);
    } catch {}
  }
  return undefined;
}
