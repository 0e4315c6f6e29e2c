/** Names of attributes, and their values. */
import type { ApiAnswer } from '../../http/api.js';
import type { Budget } from '../../query/budget.js';
import type { TracesStore } from '../store.js';
import { type AttributeScope, INTRINSICS } from '../traceql/ast.js';
import { compareStrings } from '../traceql/operators.js';
import { ownColumns } from '../traceql/visibility.js';
import { goAnswer } from './go-json.js';
import { bad, checkTagRange, text, unsignedIf } from './parameters.js';
import { type Snapshot, takeSnapshot } from './snapshot.js';
import { selectSpans } from './span-filter.js';

const SCOPES: readonly AttributeScope[] = ['resource', 'span', 'event', 'link', 'instrumentation'];
/** Also by the longer names that they have in TraceQL. */
const SCOPED_NAMES = [
  'span:status',
  'span:statusMessage',
  'span:duration',
  'span:name',
  'span:kind',
  'trace:rootName',
  'trace:rootService',
  'trace:duration',
];
const NOT_OFFERED: ReadonlySet<string> = new Set(
  'span:childCount nestedSetLeft nestedSetRight nestedSetParent parent'.split(' '),
);
const INTRINSIC_NAMES = [...INTRINSICS.filter((name) => !NOT_OFFERED.has(name)), ...SCOPED_NAMES].sort(
  compareStrings,
);
const SPANS_BETWEEN_BREATHS = 16_384;

/** All names in one list; those of intrinsics only on request. */
export async function tagNames(
  store: TracesStore,
  parameters: URLSearchParams,
  budget: Budget,
): Promise<ApiAnswer> {
  const scopes = await collect(store, parameters, budget);
  const names = scope(parameters) === 'intrinsic' ? INTRINSIC_NAMES : [];
  const tagNames = [...new Set([...names, ...[...scopes.values()].flatMap((tags) => [...tags])])].sort(
    compareStrings,
  );
  return goAnswer({ tagNames: limited(parameters, tagNames), metrics: {} });
}

/** By scope. */
export async function tagNamesByScope(
  store: TracesStore,
  parameters: URLSearchParams,
  budget: Budget,
): Promise<ApiAnswer> {
  const found = await collect(store, parameters, budget, text(parameters, 'q'));
  const asked = scope(parameters);
  const intrinsic = asked === '' || asked === 'none' || asked === 'intrinsic';
  const scopes = [
    ...(intrinsic ? [{ name: 'intrinsic', tags: limited(parameters, INTRINSIC_NAMES) }] : []),
    ...[...found].map(([name, tags]) => ({
      name,
      tags: limited(parameters, [...tags].sort(compareStrings)),
    })),
  ];
  return goAnswer({ scopes: scopes.filter(({ tags }) => tags.length > 0), metrics: {} });
}

function scope(parameters: URLSearchParams): string {
  const asked = text(parameters, 'scope') ?? '';
  const known = asked === '' || asked === 'none' || asked === 'intrinsic' || asked === 'trace';
  if (!known && !SCOPES.includes(asked as AttributeScope)) throw bad(`invalid scope: ${asked}`);
  return asked;
}

function limited(parameters: URLSearchParams, tags: readonly string[]): readonly string[] {
  const limit = unsignedIf(parameters, 'limit') ?? 0;
  return limit > 0 ? tags.slice(0, limit) : tags;
}

/** @param query whose spans alone count, if it can be read */
async function collect(
  store: TracesStore,
  parameters: URLSearchParams,
  budget: Budget,
  query?: string,
): Promise<ReadonlyMap<AttributeScope, ReadonlySet<string>>> {
  const asked = scope(parameters);
  checkTagRange(parameters);
  const wanted = SCOPES.filter((one) => asked === '' || asked === 'none' || asked === one);
  const snapshot = await takeSnapshot(store, budget);
  const used = new Map<AttributeScope, Uint8Array>(
    wanted.map((one) => [one, new Uint8Array(snapshot.attributes.values.length)]),
  );
  if (query === undefined) markEverySpan(snapshot, used);
  else {
    markOwnColumns(snapshot, used);
    let seen = 0;
    for (const span of selectSpans(snapshot, query)) {
      mark(snapshot, span, used);
      budget.spend(1);
      if (++seen % SPANS_BETWEEN_BREATHS === 0) await budget.breathe();
    }
  }
  return new Map(wanted.map((one) => [one, namesOf(snapshot, used.get(one) as Uint8Array)]));
}

function mark({ spans, store }: Snapshot, span: number, used: ReadonlyMap<AttributeScope, Uint8Array>): void {
  const ofSpan = used.get('span');
  const to = spans.attributesFrom[span + 1] as number;
  if (ofSpan) {
    for (let i = spans.attributesFrom[span] as number; i < to; i++) ofSpan[spans.attributes[i] as number] = 1;
  }
  const scopeOfSpan = store.scopes.get(spans.scope[span] as number);
  const extras = spans.extras.get(span);
  markAll(used.get('resource'), store.resources.get(scopeOfSpan.resource).attributes);
  markAll(used.get('instrumentation'), scopeOfSpan.attributes);
  for (const { attributes } of extras?.events ?? []) markAll(used.get('event'), attributes);
  for (const { attributes } of extras?.links ?? []) markAll(used.get('link'), attributes);
}

/** Tempo lists attributes with a column of their own whatever the query is. */
function markOwnColumns({ attributes }: Snapshot, used: ReadonlyMap<AttributeScope, Uint8Array>): void {
  for (const [scope, list] of used) {
    for (const name of ownColumns(scope)) markAll(list, attributes.ofKey(name));
  }
}

/** What all spans have stands in one list; only those with events or links are looked at one by one. */
function markEverySpan(snapshot: Snapshot, used: ReadonlyMap<AttributeScope, Uint8Array>): void {
  const { spans, index, store } = snapshot;
  const ofSpan = used.get('span');
  const attributes = spans.attributes.subarray(0, spans.attributesFrom[index.count]);
  if (ofSpan) for (const attribute of attributes) ofSpan[attribute] = 1;
  const scopes = new Uint8Array(store.scopes.records.length);
  for (const scope of spans.scope.subarray(0, index.count)) scopes[scope] = 1;
  store.scopes.records.forEach(({ resource, attributes: own }, scope) => {
    if (!scopes[scope]) return;
    markAll(used.get('resource'), store.resources.get(resource).attributes);
    markAll(used.get('instrumentation'), own);
  });
  for (const [span, { events = [], links = [] }] of spans.extras) {
    if (span >= index.count) continue;
    for (const event of events) markAll(used.get('event'), event.attributes);
    for (const link of links) markAll(used.get('link'), link.attributes);
  }
}

function markAll(used: Uint8Array | undefined, attributes: readonly number[]): void {
  if (used) for (const attribute of attributes) used[attribute] = 1;
}

function namesOf({ attributes }: Snapshot, used: Uint8Array): ReadonlySet<string> {
  const names = new Set<string>();
  for (let attribute = 0; attribute < used.length; attribute++) {
    if (used[attribute]) names.add(attributes.key(attribute));
  }
  return names;
}
