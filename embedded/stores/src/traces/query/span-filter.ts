/** Spans that a query's filter selects, for what is asked about attributes: a query that is not finished selects all. */

import type { FieldExpression, Query } from '../traceql/ast.js';
import { compilePredicate } from '../traceql/compile.js';
import { fetchOf, isField } from '../traceql/conditions.js';
import { parse } from '../traceql/parse.js';
import type { Snapshot } from './snapshot.js';

/** @param query of which only a filter at its beginning counts, as in Tempo */
export function* selectSpans(snapshot: Snapshot, query: string | undefined): Generator<number> {
  const parsed = query === undefined ? undefined : parseLeniently(query);
  const first = parsed?.pipeline.elements[0];
  const condition = first?.kind === 'filter' ? onlyConditions(first.expression) : undefined;
  const test = parsed && condition ? compilePredicate(snapshot, fetchOf(parsed), condition) : undefined;
  for (let span = 0; span < snapshot.index.count; span++) if (!test || test(span)) yield span;
}

/** Leaves out what compares no field with a value; undefined when nothing is left that excludes a span. */
function onlyConditions(expression: FieldExpression): FieldExpression | undefined {
  switch (expression.kind) {
    case 'unary':
      return expression.operator === 'exists' || expression.operator === 'missing' ? expression : undefined;
    case 'binary': {
      const { operator } = expression;
      if (operator !== '&&' && operator !== '||') {
        return isField(expression.left) || isField(expression.right) ? expression : undefined;
      }
      const [left, right] = [onlyConditions(expression.left), onlyConditions(expression.right)];
      if (left && right) return { ...expression, left, right };
      return operator === '&&' ? (left ?? right) : undefined;
    }
    default:
      return undefined;
  }
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
