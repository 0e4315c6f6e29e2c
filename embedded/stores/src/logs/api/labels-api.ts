/** Labels, their values, series, and which labels are worth showing. */
import { type ApiAnswer, type ApiRequest, json } from '../../http/api.js';
import { parseFloat64 } from '../go/numbers.js';
import { compareText, type Labels } from '../labels.js';
import { compareTimes } from '../logql/evaluate-logs.js';
import { parse } from '../logql/parse.js';
import type { Matcher } from '../matcher.js';
import type { LogsStore } from '../store.js';
import type { LogStream } from '../stream.js';
import { type Bounds, badRequest, bounds, checkOrder } from './parameters.js';
import { JSON_TYPE } from './query.js';

/** A selector alone. @throws {QueryError} on anything else */
export function matchersOf(text: string): readonly Matcher[] {
  const expression = parse(text);
  if (expression.kind !== 'log' || expression.stages.length > 0)
    throw badRequest('only label matchers are supported');
  return expression.matchers;
}

function success(data: readonly unknown[] | undefined): ApiAnswer {
  return { ...json({ status: 'success', data }), headers: JSON_TYPE };
}

function streamsOf(store: LogsStore, parameters: URLSearchParams): readonly LogStream[] {
  const span = bounds(parameters);
  checkAvailable(span);
  const query = parameters.get('query') ?? '';
  return store.selectWithin(query === '' ? [] : matchersOf(query), span);
}

/** In the engine's words for a time that ends before it begins. */
function checkAvailable({ start, end }: Bounds): void {
  if (compareTimes(end, start) < 0) {
    throw badRequest('this data is no longer available, it is past now - max_query_lookback (0s)');
  }
}

export async function labelNames(store: LogsStore, { parameters }: ApiRequest): Promise<ApiAnswer> {
  const names = store.labelNames(streamsOf(store, parameters));
  return success(names.length > 0 ? names : undefined);
}

export async function labelValues(
  store: LogsStore,
  { parameters }: ApiRequest,
  name: string,
): Promise<ApiAnswer> {
  const values = valuesOf(streamsOf(store, parameters), name);
  return success(values.length > 0 ? values : undefined);
}

function valuesOf(streams: readonly LogStream[], name: string): readonly string[] {
  const values = new Set(streams.map(({ labels }) => labels.get(name)).filter((value) => value !== ''));
  return [...values].sort(compareText);
}

export async function series(store: LogsStore, { parameters }: ApiRequest): Promise<ApiAnswer> {
  const span = bounds(parameters);
  const given = [...new Set([...parameters.getAll('match'), ...parameters.getAll('match[]')])].sort(
    compareText,
  );
  const isAll = given.length === 1 && given[0]?.replaceAll(' ', '') === '{}';
  const groups = isAll || given.length === 0 ? [[]] : given.map(matchersOf);
  checkAvailable(span);
  const found = new Map<string, Labels>();
  for (const matchers of groups) {
    for (const { labels } of store.selectWithin(matchers, span)) found.set(labels.key, labels);
  }
  return success([...found.values()].map((labels) => labels.record()));
}

const ALWAYS_SHOWN = new Set(['cluster', 'namespace', 'instance', 'pod']);
const DISTINCT_MAX = 50;
const UUID = /^(?:urn:uuid:)?\{?[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\}?$/i;

export async function detectedLabels(store: LogsStore, { parameters }: ApiRequest): Promise<ApiAnswer> {
  checkOrder(bounds(parameters));
  const streams = streamsOf(store, parameters);
  const labels = store
    .labelNames(streams)
    .map((label) => ({ label, values: valuesOf(streams, label) }))
    .filter(({ label, values }) => ALWAYS_SHOWN.has(label) || !isOfNoUse(values))
    .map(({ label, values }) => ({ label, cardinality: values.length }));
  return { ...json(labels.length > 0 ? { detectedLabels: labels } : {}), headers: JSON_TYPE };
}

/** Too many values, or nothing but numbers and identifiers. */
function isOfNoUse(values: readonly string[]): boolean {
  return (
    values.length > DISTINCT_MAX ||
    values.every((value) => parseFloat64(value).kind === 'number' || UUID.test(value))
  );
}
