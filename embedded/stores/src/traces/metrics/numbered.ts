/** Values of a field as numbers: equal values have equal numbers, which tell the values apart faster than they do. */
import { NO_ATTRIBUTE } from '../key-columns.js';
import { columnOf, type Snapshot } from '../query/snapshot.js';
import type { AttributeField, Field } from '../traceql/ast.js';
import { onlyAsking } from '../traceql/conditions.js';
import { askedLookup, type Lookup } from '../traceql/lookup.js';
import { seenPart, visibility } from '../traceql/visibility.js';
import { identity, NIL, stringValue, type Value } from '../value.js';
import { bucketExponent } from './histogram.js';

export interface Numbered {
  readonly numberOf: (span: number) => number;
  readonly valueOf: (number: number) => Value;
}

export function numbered(snapshot: Snapshot, field: Field): Numbered {
  if (field.kind === 'attribute') return numberedAttribute(snapshot, field);
  const { spans, store, index } = snapshot;
  const text = (id: number) => stringValue(store.strings.texts[id] as string);
  switch (field.name) {
    case 'name':
      return { numberOf: (span) => spans.name[span] as number, valueOf: text };
    case 'statusMessage':
      return { numberOf: (span) => spans.message[span] as number, valueOf: text };
    case 'status':
      return {
        numberOf: (span) => spans.status[span] as number,
        valueOf: (value) => ({ kind: 'status', value }),
      };
    case 'kind':
      return {
        numberOf: (span) => spans.kind[span] as number,
        valueOf: (value) => ({ kind: 'spanKind', value }),
      };
    case 'rootName': {
      const rootOf = (span: number) => index.root[spans.trace[span] as number] as number;
      return {
        numberOf: (span) => (rootOf(span) < 0 ? 0 : (spans.name[rootOf(span)] as number)),
        valueOf: text,
      };
    }
    default:
      return interned(askedLookup(snapshot, field));
  }
}

/** Powers of two that whole numbers and durations are not above; -1 for a span without such a value. */
export function numberedBuckets(snapshot: Snapshot, field: Field): Numbered {
  if (field.kind === 'intrinsic' && field.name === 'duration') {
    const { duration_ns } = snapshot.spans;
    return {
      numberOf: (span) => bucketExponent(duration_ns[span] as number),
      valueOf: (exponent) => ({ kind: 'float', value: 2 ** exponent / 1e9 }),
    };
  }
  const lookup = askedLookup(snapshot, field);
  let unit = 1;
  return {
    numberOf: (span) => {
      const value = lookup(span);
      if (value.kind !== 'int' && value.kind !== 'duration') return -1;
      if (value.kind === 'duration') unit = 1e9;
      return bucketExponent(value.value);
    },
    valueOf: (exponent) => ({ kind: 'float', value: 2 ** exponent / unit }),
  };
}

/** The number of an attribute in the dictionary, plus one; 0 for none, and for lists, which make no labels. */
function numberedAttribute(snapshot: Snapshot, field: AttributeField): Numbered {
  const lookup = askedLookup(snapshot, field);
  if (field.scope !== 'span')
    return field.scope === 'resource' ? byScope(snapshot, lookup) : interned(lookup);
  const column = columnOf(snapshot, field.name);
  if (!column) return interned(lookup);
  const { attributes } = snapshot;
  const sees = visibility(onlyAsking(field), field, 'span');
  const isNoLabel = new Uint8Array(attributes.values.length);
  for (const attribute of attributes.ofKey(field.name)) {
    if (seenPart(attributes.value(attribute), sees).kind === 'nil') isNoLabel[attribute] = 1;
    if (attributes.value(attribute).kind === 'list') isNoLabel[attribute] = 1;
  }
  // What the lookup says of a span that has none is the same for all of them.
  const without = column.indexOf(NO_ATTRIBUTE);
  const absent = without < 0 ? NIL : lookup(without);
  return {
    numberOf: (span) => {
      const attribute = column[span] as number;
      return attribute === NO_ATTRIBUTE || isNoLabel[attribute] === 1 ? 0 : attribute + 1;
    },
    valueOf: (number) => (number === 0 ? absent : attributes.value(number - 1)),
  };
}

/** What all spans of one resource have in common. */
function byScope(snapshot: Snapshot, lookup: Lookup): Numbered {
  const all = interned(lookup);
  const known: number[] = [];
  const { scope: scopes } = snapshot.spans;
  return {
    numberOf: (span) => {
      const scope = scopes[span] as number;
      known[scope] ??= all.numberOf(span);
      return known[scope];
    },
    valueOf: all.valueOf,
  };
}

/** In the order in which they are met. */
function interned(lookup: Lookup): Numbered {
  const ids = new Map<string, number>();
  const values: Value[] = [];
  return {
    numberOf: (span) => {
      const found = lookup(span);
      const value = found.kind === 'list' ? NIL : found;
      const text = identity(value);
      let id = ids.get(text);
      if (id === undefined) {
        id = values.length;
        ids.set(text, id);
        values.push(value);
      }
      return id;
    },
    valueOf: (number) => values[number] as Value,
  };
}
