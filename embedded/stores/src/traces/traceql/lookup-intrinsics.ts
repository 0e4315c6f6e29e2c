/** What a span, its trace, its events and links have by nature. */
import type { Snapshot } from '../query/snapshot.js';
import { hex8 } from '../trace-table.js';
import { NIL, stringValue, type Value } from '../value.js';
import type { Intrinsic } from './ast.js';
import type { Lookup } from './lookup.js';

export function intrinsicLookup(snapshot: Snapshot, name: Intrinsic): Lookup {
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
    // Those of events and links are looked up elsewhere; of the others Tempo knows nothing.
    default:
      return () => NIL;
  }
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
