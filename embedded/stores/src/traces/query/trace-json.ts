/** A trace as OTLP in JSON, in the dialect of protobuf that Tempo answers with: ids in base64, no default values. */
import type { SpanEvent, SpanLink } from '../columns.js';
import { toAnyValue } from '../value.js';
import { withoutDefaults } from './go-json.js';
import { nanoText } from './search-answer.js';
import type { Snapshot } from './snapshot.js';
import { groupByScope } from './trace-groups.js';

const KINDS = ['', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
const CODES = ['', 'OK', 'ERROR'];

export function traceJson(snapshot: Snapshot, trace: number): readonly object[] {
  const { store } = snapshot;
  return groupByScope(snapshot, trace).map(({ resource, scopes }) => {
    const { attributes, droppedAttributes } = store.resources.get(resource);
    return {
      resource: withoutDefaults({
        attributes: attributesJson(snapshot, attributes),
        droppedAttributesCount: droppedAttributes,
      }),
      scopeSpans: scopes.map(({ scope, spans }) => ({
        scope: scopeJson(snapshot, scope),
        spans: spans.map((span) => spanJson(snapshot, trace, span)),
      })),
    };
  });
}

/** Base64 of hexadecimal digits. */
export function base64(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64');
}

function scopeJson(snapshot: Snapshot, scope: number): object {
  const { name, version, attributes, droppedAttributes } = snapshot.store.scopes.get(scope);
  return withoutDefaults({
    name,
    version,
    attributes: attributesJson(snapshot, attributes),
    droppedAttributesCount: droppedAttributes,
  });
}

function spanJson(snapshot: Snapshot, trace: number, span: number): object {
  const { spans, store } = snapshot;
  const extras = spans.extras.get(span) ?? {};
  const from = spans.attributesFrom[span] as number;
  const parent = idOf(spans.parentHigh[span] as number, spans.parentLow[span] as number);
  const duration = BigInt(spans.duration_ns[span] as number);
  const start = nanosOf(snapshot, span);
  return withoutDefaults({
    traceId: base64(store.traces.hex(trace)),
    spanId: base64(idOf(spans.idHigh[span] as number, spans.idLow[span] as number)),
    traceState: extras.traceState,
    parentSpanId: /^0+$/.test(parent) ? '' : base64(parent),
    name: store.strings.texts[spans.name[span] as number],
    kind: nameOf('SPAN_KIND_', KINDS, spans.kind[span] as number),
    startTimeUnixNano: start === 0n ? '' : String(start),
    endTimeUnixNano: start + duration === 0n ? '' : String(start + duration),
    attributes: attributesJson(snapshot, spans.attributes.subarray(from, spans.attributesFrom[span + 1])),
    droppedAttributesCount: extras.droppedAttributes,
    events: extras.events?.map((event) => eventJson(snapshot, start, event)),
    droppedEventsCount: extras.droppedEvents,
    links: extras.links?.map((link) => linkJson(snapshot, link)),
    droppedLinksCount: extras.droppedLinks,
    status: withoutDefaults({
      message: store.strings.texts[spans.message[span] as number],
      code: nameOf('STATUS_CODE_', CODES, spans.status[span] as number),
    }),
  });
}

function eventJson(snapshot: Snapshot, start: bigint, event: SpanEvent): object {
  return withoutDefaults({
    timeUnixNano: String(start + BigInt(event.offset_ns)),
    name: event.name,
    attributes: attributesJson(snapshot, event.attributes),
    droppedAttributesCount: event.droppedAttributes,
  });
}

function linkJson(snapshot: Snapshot, link: SpanLink): object {
  return withoutDefaults({
    traceId: base64(link.traceId),
    spanId: base64(link.spanId),
    traceState: link.traceState,
    attributes: attributesJson(snapshot, link.attributes),
    droppedAttributesCount: link.droppedAttributes,
  });
}

function attributesJson({ attributes }: Snapshot, of: Iterable<number>): readonly object[] {
  return [...of].map((attribute) => ({
    key: attributes.key(attribute),
    value: toAnyValue(attributes.value(attribute)),
  }));
}

export function nanosOf({ spans }: Snapshot, span: number): bigint {
  return BigInt(nanoText(spans.seconds[span] as number, spans.nanos[span] as number));
}

export function idOf(high: number, low: number): string {
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}

/** A name where the number has one. */
function nameOf(prefix: string, names: readonly string[], number: number): string | number {
  const name = names[number];
  return name === undefined ? number : name && prefix + name;
}
