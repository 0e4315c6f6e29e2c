/** Fields of a span's events and links, of which it may have many: the value is that of one that has it. */
import type { SpanEvent, SpanLink } from '../columns.js';
import type { Snapshot } from '../query/snapshot.js';
import { NIL, stringValue, type Value } from '../value.js';
import type { Field, Intrinsic } from './ast.js';
import { fieldKey } from './ast.js';
import { distinctFields, type Fetch } from './conditions.js';
import type { Lookup } from './lookup.js';
import { seenPart, visibility } from './visibility.js';

type Item = SpanEvent | SpanLink;
type Read = (item: Item) => Value;

/** Whether a field is one of events, or of links; undefined for any other. */
export function itemScope(field: Field): 'event' | 'link' | undefined {
  const scope = field.kind === 'attribute' ? field.scope : field.name.split(':')[0];
  return scope === 'event' || scope === 'link' ? scope : undefined;
}

/** Of several events or links: evaluations look at the first one, answers show the last one. */
export type Which = 'first' | 'last';

/** Where a query sets several conditions at once on events, it is one event that has to pass them all; as with links. */
export function itemLookup(snapshot: Snapshot, field: Field, fetch?: Fetch, which: Which = 'first'): Lookup {
  const scope = itemScope(field) as 'event' | 'link';
  const { extras } = snapshot.spans;
  const read = reader(snapshot, field, fetch);
  const others = fetch?.all ? otherTests(snapshot, field, fetch) : [];
  return (span) => {
    const own = extras.get(span);
    let found = NIL;
    for (const item of (scope === 'event' ? own?.events : own?.links) ?? []) {
      if (!others.every((other) => other(item).kind !== 'nil')) continue;
      const value = read(item);
      if (value.kind === 'nil') continue;
      found = value;
      if (which === 'first') break;
    }
    return found;
  };
}

function otherTests(snapshot: Snapshot, field: Field, fetch: Fetch): readonly Read[] {
  return distinctFields(fetch.conditions)
    .filter((other) => itemScope(other) === itemScope(field) && fieldKey(other) !== fieldKey(field))
    .map((other) => reader(snapshot, other, fetch));
}

function reader({ attributes }: Snapshot, field: Field, fetch: Fetch | undefined): Read {
  const sees = fetch && visibility(fetch, field, itemScope(field));
  if (field.kind === 'intrinsic') return (item) => seenPart(intrinsicOf(item, field.name), sees);
  const key = attributes.keys.find(field.name);
  return (item) => {
    const attribute = item.attributes.find((one) => attributes.keyOf[one] === key);
    return attribute === undefined ? NIL : seenPart(attributes.value(attribute), sees);
  };
}

function intrinsicOf(item: Item, name: Intrinsic): Value {
  if ('offset_ns' in item) {
    if (name === 'event:name') return stringValue(item.name);
    return { kind: 'duration', value: item.offset_ns };
  }
  return stringValue(name === 'link:traceID' ? item.traceId.replace(/^0+/, '') : item.spanId);
}
