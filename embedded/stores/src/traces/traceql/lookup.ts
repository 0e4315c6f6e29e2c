/** The value of a field for a span. */
import { NO_ATTRIBUTE } from '../key-columns.js';
import { columnOf, type Snapshot } from '../query/snapshot.js';
import { NIL, type Value } from '../value.js';
import type { AttributeField, Field } from './ast.js';
import { type Fetch, onlyAsking } from './conditions.js';
import { intrinsicLookup } from './lookup-intrinsics.js';
import { itemLookup, itemScope, type Which } from './lookup-items.js';
import { absentValue, isAsked, type Scope, seenPart, type Test, visibility } from './visibility.js';

export type Lookup = (span: number) => Value;

/**
 * @param fetch of the query, where only what it fetches is seen; without it the value is the span's own
 */
export function lookupOf(snapshot: Snapshot, field: Field, fetch?: Fetch, which?: Which): Lookup {
  const asked = fetch !== undefined && isAsked(fetch, field);
  if (itemScope(field)) return orAbsent(itemLookup(snapshot, field, fetch, which), absentValue(field, asked));
  if (field.kind === 'intrinsic') {
    const sees = fetch && visibility(fetch, field);
    const lookup = intrinsicLookup(snapshot, field.name);
    if (!sees || field.name.startsWith('nestedSet')) return lookup;
    return orAbsent((span) => seenPart(lookup(span), sees), absentValue(field, asked));
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
  return lookupOf(snapshot, field, onlyAsking(field));
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
      return attribute === NO_ATTRIBUTE ? NIL : seenPart(values[attribute] as Value, sees);
    };
  }
  return onceByScope(snapshot, (span) => {
    const own = snapshot.store.scopes.get(snapshot.spans.scope[span] as number);
    const list =
      scope === 'resource' ? snapshot.store.resources.get(own.resource).attributes : own.attributes;
    const attribute = list.find((one) => keyOf[one] === key);
    return attribute === undefined ? NIL : seenPart(values[attribute] as Value, sees);
  });
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
