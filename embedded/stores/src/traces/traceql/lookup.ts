/** The value of a field for a span. */
import { NO_ATTRIBUTE } from '../key-columns.js';
import { columnOf, type Snapshot } from '../query/snapshot.js';
import { hex8 } from '../trace-table.js';
import { NIL, stringValue, type Value } from '../value.js';
import type { AttributeField, Field, Intrinsic } from './ast.js';
import type { Fetch } from './conditions.js';
import { absentValue, isAsked, type Scope, type Test, visibility } from './visibility.js';

export type Lookup = (span: number) => Value;

/**
 * @param fetch of the query, where only what it fetches is seen; without it the value is the span's own
 */
export function lookupOf(snapshot: Snapshot, field: Field, fetch?: Fetch): Lookup {
  const asked = fetch !== undefined && isAsked(fetch, field);
  if (field.kind === 'intrinsic') {
    const sees = fetch && visibility(fetch, field);
    const lookup = intrinsicLookup(snapshot, field.name, sees);
    if (!sees || field.name.startsWith('nestedSet')) return lookup;
    return orAbsent((span) => ifSeen(lookup(span), sees), absentValue(field, asked));
  }
  if (field.scope) return scopedLookup(snapshot, field.scope, field, fetch, asked);
  const ofSpan = scopedLookup(snapshot, 'span', field, fetch, asked);
  const ofResource = scopedLookup(snapshot, 'resource', field, fetch, asked);
  const own = attributeLookup(snapshot, 'span', field.name);
  const absent = absentValue(field, asked, 'span');
  return (span) => (absent.kind === 'nil' && own(span).kind === 'nil' ? ofResource(span) : ofSpan(span));
}

/** As `lookupOf` for a field that is asked for, whatever else the query wants of it. */
export function askedLookup(snapshot: Snapshot, field: Field): Lookup {
  return lookupOf(snapshot, field, {
    conditions: [{ field, operator: 'any' }],
    all: false,
    everySpan: true,
    selected: [],
  });
}

function scopedLookup(
  snapshot: Snapshot,
  scope: Scope,
  field: AttributeField,
  fetch: Fetch | undefined,
  asked: boolean,
) {
  const lookup = attributeLookup(snapshot, scope, field.name, fetch && visibility(fetch, field, scope));
  return orAbsent(lookup, absentValue(field, asked, scope));
}

function orAbsent(lookup: Lookup, absent: Value): Lookup {
  if (absent.kind === 'nil') return lookup;
  return (span) => {
    const value = lookup(span);
    return value.kind === 'nil' ? absent : value;
  };
}

/** Attributes of a span in one scope: all lists of them, since it may have many events or links. */
export function attributeLists(
  snapshot: Snapshot,
  scope: Scope,
  span: number,
): readonly (readonly number[])[] {
  const { store, spans } = snapshot;
  switch (scope) {
    case 'span': {
      const from = spans.attributesFrom[span] as number;
      return [[...spans.attributes.subarray(from, spans.attributesFrom[span + 1])]];
    }
    case 'resource': {
      const { resource } = store.scopes.get(spans.scope[span] as number);
      return [store.resources.get(resource).attributes];
    }
    case 'instrumentation':
      return [store.scopes.get(spans.scope[span] as number).attributes];
    case 'event':
      return (spans.extras.get(span)?.events ?? []).map(({ attributes }) => attributes);
    case 'link':
      return (spans.extras.get(span)?.links ?? []).map(({ attributes }) => attributes);
  }
}

/** Finds the first attribute of that name whose value is seen. */
function attributeLookup(snapshot: Snapshot, scope: Scope, name: string, sees?: Test): Lookup {
  const { attributes } = snapshot;
  const key = attributes.keys.find(name);
  if (key === undefined) return () => NIL;
  const { keyOf, values } = attributes;
  if (scope === 'span') {
    const column = columnOf(snapshot, name) as Uint32Array;
    return (span) => {
      const attribute = column[span] as number;
      return attribute === NO_ATTRIBUTE ? NIL : ifSeen(values[attribute] as Value, sees);
    };
  }
  const find = (span: number) => {
    for (const list of attributeLists(snapshot, scope, span)) {
      for (const attribute of list) {
        if (keyOf[attribute] !== key) continue;
        const value = ifSeen(values[attribute] as Value, sees);
        if (value.kind !== 'nil') return value;
      }
    }
    return NIL;
  };
  return scope === 'event' || scope === 'link' ? find : onceByScope(snapshot, find);
}

/** What all spans of one resource and scope have in common is found once. */
function onceByScope({ spans }: Snapshot, find: Lookup): Lookup {
  const found: Value[] = [];
  return (span) => {
    const scope = spans.scope[span] as number;
    let value = found[scope];
    if (value === undefined) {
      value = find(span);
      found[scope] = value;
    }
    return value;
  };
}

/** Values by number, each made once: what they are grouped by is told faster by themselves than by what they say. */
function memo(make: (number: number) => Value): (number: number) => Value {
  const made: Value[] = [];
  return (number) => {
    let value = made[number];
    if (value === undefined) {
      value = make(number);
      made[number] = value;
    }
    return value;
  };
}

function ifSeen(value: Value, sees: Test | undefined): Value {
  if (value.kind === 'opaque') return NIL;
  return !sees || value.kind === 'nil' || sees(value) ? value : NIL;
}

/** @param sees chooses among values of which a span may have many */
function intrinsicLookup(snapshot: Snapshot, name: Intrinsic, sees: Test | undefined): Lookup {
  const { spans, index, store } = snapshot;
  const { texts } = store.strings;
  const traceOf = (span: number) => spans.trace[span] as number;
  const placeOf = (span: number) => index.place[span] as number;
  const textOf = memo((text) => stringValue(texts[text] as string));
  switch (name) {
    case 'duration':
      return (span) => ({ kind: 'duration', value: spans.duration_ns[span] as number });
    case 'name':
      return (span) => textOf(spans.name[span] as number);
    case 'status': {
      const of = memo((value) => ({ kind: 'status', value }));
      return (span) => of(spans.status[span] as number);
    }
    case 'statusMessage':
      return (span) => textOf(spans.message[span] as number);
    case 'kind': {
      const of = memo((value) => ({ kind: 'spanKind', value }));
      return (span) => of(spans.kind[span] as number);
    }
    case 'trace:id':
      return (span) => stringValue(store.traces.hex(traceOf(span)).replace(/^0+/, ''));
    case 'span:id':
      return (span) => stringValue(hex8(spans.idHigh[span] as number) + hex8(spans.idLow[span] as number));
    case 'span:parentID':
      return (span) =>
        stringValue(hex8(spans.parentHigh[span] as number) + hex8(spans.parentLow[span] as number));
    case 'traceDuration':
      return (span) => ({ kind: 'duration', value: index.duration_ns[traceOf(span)] as number });
    case 'rootName':
      return (span) => textOf(store.strings.id(rootName(snapshot, traceOf(span))));
    case 'rootServiceName':
      return (span) => textOf(store.strings.id(rootService(snapshot, traceOf(span))));
    case 'nestedSetLeft':
      return (span) => ({ kind: 'int', value: index.left[placeOf(span)] as number });
    case 'nestedSetRight':
      return (span) => ({ kind: 'int', value: index.right[placeOf(span)] as number });
    case 'nestedSetParent':
      return (span) => ({ kind: 'int', value: nestedSetParent(snapshot, placeOf(span)) });
    case 'instrumentation:name':
      return (span) => stringValue(store.scopes.get(spans.scope[span] as number).name);
    case 'instrumentation:version':
      return (span) => stringValue(store.scopes.get(spans.scope[span] as number).version);
    case 'event:name':
      return (span) => firstOf(spans.extras.get(span)?.events, ({ name: own }) => stringValue(own), sees);
    case 'event:timeSinceStart':
      return (span) =>
        firstOf(
          spans.extras.get(span)?.events,
          ({ offset_ns }) => ({ kind: 'duration', value: offset_ns }),
          sees,
        );
    case 'link:traceID':
      return (span) =>
        firstOf(
          spans.extras.get(span)?.links,
          ({ traceId }) => stringValue(traceId.replace(/^0+/, '')),
          sees,
        );
    case 'link:spanID':
      return (span) => firstOf(spans.extras.get(span)?.links, ({ spanId }) => stringValue(spanId), sees);
    case 'span:childCount':
    case 'parent':
      return () => NIL;
  }
}

function firstOf<T>(list: readonly T[] | undefined, read: (one: T) => Value, sees: Test | undefined): Value {
  for (const one of list ?? []) {
    const value = read(one);
    if (!sees || sees(value)) return value;
  }
  return NIL;
}

function nestedSetParent({ index }: Snapshot, place: number): number {
  const parent = index.parent[place] as number;
  if (parent >= 0) return index.left[parent] as number;
  return parent === -1 ? -1 : 0;
}

/** Empty when the trace has no root yet. */
export function rootName({ index, spans, store }: Snapshot, trace: number): string {
  const root = index.root[trace] as number;
  return root < 0 ? '' : (store.strings.texts[spans.name[root] as number] as string);
}

/** Of the root's resource; empty when the trace has no root yet. */
export function rootService({ index, spans, store, attributes }: Snapshot, trace: number): string {
  const root = index.root[trace] as number;
  if (root < 0) return '';
  const { resource } = store.scopes.get(spans.scope[root] as number);
  for (const attribute of store.resources.get(resource).attributes) {
    const value = attributes.value(attribute);
    if (attributes.key(attribute) === 'service.name' && value.kind === 'string') return value.value;
  }
  return '';
}
