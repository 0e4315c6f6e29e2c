/** Prometheus' answers: see normalise.ts. */
import { items, type Json, members, parse, sorted } from './normalise.js';
import type { Query } from './query.js';

/** Functions whose result has an order, when they are the whole of an instant query. */
const ORDERED = /^\s*(sort|sort_desc|topk|bottomk)\s*\(/;

export function normalisePrometheus(query: Query, status: number, body: string): Json {
  const answer = parse(body);
  const { status: outcome = null, errorType, data } = members(answer);
  // The text of pages that are no API is nobody's contract.
  if (outcome === null) return status === 200 ? answer : null;
  if (errorType !== undefined) return { errorType };
  return { data: normaliseData(query, data) };
}

function normaliseData({ path, parameters }: Query, data: Json | undefined): Json {
  if (data === undefined) return null;
  const { resultType, result } = members(data);
  if (resultType === 'vector' || resultType === 'matrix') {
    const text = parameters.find(([name]) => name === 'query')?.[1] ?? '';
    const isOrdered = resultType === 'vector' && ORDERED.test(text);
    const series = items(result);
    return {
      resultType,
      result: isOrdered ? series : sorted(series, (one) => members(one).metric ?? null),
    };
  }
  if (path === '/api/v1/query_exemplars') {
    return sorted(items(data), (one) => members(one).seriesLabels ?? null);
  }
  return path === '/api/v1/series' ? sorted(items(data)) : data;
}
