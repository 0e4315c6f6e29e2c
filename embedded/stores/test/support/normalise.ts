/**
 * What of an engine's answer is compared: without timing and statistics, and in one order where the engine has none.
 * What a query's own order says (`sort`, a log's direction) stays.
 */
import { normaliseLoki } from './normalise-loki.js';
import { normalisePrometheus } from './normalise-prometheus.js';
import { normaliseTempo } from './normalise-tempo.js';
import type { Query, Reply } from './query.js';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export interface Answer {
  readonly status: number;
  /** Of a failed query only what is promised to be the same; its text is for people. */
  readonly content: Json;
}

/** @param query filled in */
export function normalise(query: Query, { status, body }: Reply): Answer {
  if (query.store === 'prometheus') return { status, content: normalisePrometheus(query, status, body) };
  if (status !== 200) return { status, content: null };
  const content = parse(body);
  if (typeof content === 'string') return { status, content };
  return {
    status,
    content: query.store === 'loki' ? normaliseLoki(query, content) : normaliseTempo(query, content),
  };
}

/** Not all answers are JSON: `ready`, `echo`. */
export function parse(body: string): Json {
  try {
    return JSON.parse(body) as Json;
  } catch {
    return body.trim();
  }
}

/** By their JSON, or by what of them identifies them. */
export function sorted<T extends Json>(
  items: readonly T[],
  identity: (item: T) => Json = (item) => item,
): T[] {
  return items
    .map((item) => ({ item, key: JSON.stringify(withSortedNames(identity(item))) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ item }) => item);
}

export function withSortedNames(value: Json): Json {
  if (Array.isArray(value)) return value.map(withSortedNames);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, item]) => [name, withSortedNames(item as Json)]),
  );
}

/** Members of an object, of which nothing is known. */
export function members(value: Json | undefined): Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Json>>)
    : {};
}

export function items(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
