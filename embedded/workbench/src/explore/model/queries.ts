/** What a query is in each of the three languages. */
import type { ExploreQuery } from './url-state';

export type SourceType = 'prometheus' | 'loki' | 'tempo';

export const DEFAULT_LIMITS = { lines: 1000, traces: 20, spans: 3 } as const;

const NEW: Readonly<Record<SourceType, Omit<ExploreQuery, 'refId'>>> = {
  prometheus: { expr: '', range: true, instant: true, exemplar: false },
  loki: { expr: '', queryType: 'range', maxLines: DEFAULT_LIMITS.lines, direction: 'backward' },
  tempo: {
    queryType: 'traceql',
    query: '',
    limit: DEFAULT_LIMITS.traces,
    spss: DEFAULT_LIMITS.spans,
    tableType: 'traces',
  },
};

/** A query to begin with. */
export function newQuery(type: SourceType, refId: string): ExploreQuery {
  return { ...NEW[type], refId };
}

/** A query as a link gives it, with what it leaves open filled in. */
export function completed(type: SourceType, query: ExploreQuery): ExploreQuery {
  const { range, instant, queryType } = query;
  if (type === 'prometheus' && range !== true && instant !== true)
    return { ...NEW.prometheus, ...query, range: true };
  if (type === 'prometheus') return query;
  const known = type === 'loki' ? ['range', 'instant'] : ['traceql', 'traceId'];
  const given = known.includes(String(queryType)) ? query : { ...query, queryType: known[0] };
  return { ...NEW[type], ...given };
}

/** The text that the editor shows. */
export function textOf(type: SourceType, query: ExploreQuery): string {
  const text = type === 'tempo' ? query.query : query.expr;
  return typeof text === 'string' ? text : '';
}

export function withText(type: SourceType, query: ExploreQuery, text: string): ExploreQuery {
  return type === 'tempo' ? { ...query, query: text } : { ...query, expr: text };
}

/** Whether a text for Tempo is the id of a trace, which is looked up instead of searched. */
export function isTraceId(text: string): boolean {
  return /^[0-9a-f]{16,32}$/i.test(text.trim());
}
