/** A trace as OTLP in protobuf, which is how Grafana's backend asks for it. */
import protobuf from 'protobufjs/minimal.js';
import type { SpanEvent, SpanLink } from '../columns.js';
import type { AnyValue } from '../value.js';
import { toAnyValue } from '../value.js';
import type { Snapshot } from './snapshot.js';
import { groupByScope } from './trace-groups.js';
import { idOf, nanosOf } from './trace-json.js';

type Writer = protobuf.Writer;

// Protobuf tags: field number << 3 | wire type (0 varint, 1 eight bytes, 2 with a length before it).
const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;

/** `tempopb.Trace`, whose one field holds OTLP's `ResourceSpans`. */
export function encodeTrace(snapshot: Snapshot, trace: number | undefined): Uint8Array {
  const writer = protobuf.Writer.create();
  if (trace !== undefined) writeTrace(writer, snapshot, trace);
  return writer.finish();
}

/** `tempopb.TraceByIDResponse`: the trace, and metrics that are empty. */
export function encodeTraceAnswer(snapshot: Snapshot, trace: number | undefined): Uint8Array {
  const writer = protobuf.Writer.create();
  message(writer, 1, () => {
    if (trace !== undefined) writeTrace(writer, snapshot, trace);
  });
  message(writer, 2, () => {});
  return writer.finish();
}

function writeTrace(writer: Writer, snapshot: Snapshot, trace: number): void {
  const { store } = snapshot;
  for (const { resource, scopes } of groupByScope(snapshot, trace)) {
    message(writer, 1, () => {
      const { attributes, droppedAttributes } = store.resources.get(resource);
      message(writer, 1, () => {
        writeAttributes(writer, 1, snapshot, attributes);
        varint(writer, 2, droppedAttributes);
      });
      for (const { scope, spans } of scopes) {
        message(writer, 2, () => {
          writeScope(writer, snapshot, scope);
          for (const span of spans) message(writer, 2, () => writeSpan(writer, snapshot, trace, span));
        });
      }
    });
  }
}

function writeScope(writer: Writer, snapshot: Snapshot, scope: number): void {
  const { name, version, attributes, droppedAttributes } = snapshot.store.scopes.get(scope);
  message(writer, 1, () => {
    text(writer, 1, name);
    text(writer, 2, version);
    writeAttributes(writer, 3, snapshot, attributes);
    varint(writer, 4, droppedAttributes);
  });
}

function writeSpan(writer: Writer, snapshot: Snapshot, trace: number, span: number): void {
  const { spans, store } = snapshot;
  const extras = spans.extras.get(span) ?? {};
  const parent = idOf(spans.parentHigh[span] as number, spans.parentLow[span] as number);
  const start = nanosOf(snapshot, span);
  const from = spans.attributesFrom[span] as number;
  bytes(writer, 1, store.traces.hex(trace));
  bytes(writer, 2, idOf(spans.idHigh[span] as number, spans.idLow[span] as number));
  text(writer, 3, extras.traceState ?? '');
  bytes(writer, 4, /^0+$/.test(parent) ? '' : parent);
  text(writer, 5, store.strings.texts[spans.name[span] as number] as string);
  varint(writer, 6, spans.kind[span] as number);
  fixed64(writer, 7, start);
  fixed64(writer, 8, start + BigInt(spans.duration_ns[span] as number));
  writeAttributes(writer, 9, snapshot, spans.attributes.subarray(from, spans.attributesFrom[span + 1]));
  varint(writer, 10, extras.droppedAttributes ?? 0);
  for (const event of extras.events ?? [])
    message(writer, 11, () => writeEvent(writer, snapshot, start, event));
  varint(writer, 12, extras.droppedEvents ?? 0);
  for (const link of extras.links ?? []) message(writer, 13, () => writeLink(writer, snapshot, link));
  varint(writer, 14, extras.droppedLinks ?? 0);
  message(writer, 15, () => {
    text(writer, 2, store.strings.texts[spans.message[span] as number] as string);
    varint(writer, 3, spans.status[span] as number);
  });
}

function writeEvent(writer: Writer, snapshot: Snapshot, start: bigint, event: SpanEvent): void {
  fixed64(writer, 1, start + BigInt(event.offset_ns));
  text(writer, 2, event.name);
  writeAttributes(writer, 3, snapshot, event.attributes);
  varint(writer, 4, event.droppedAttributes);
}

function writeLink(writer: Writer, snapshot: Snapshot, link: SpanLink): void {
  bytes(writer, 1, link.traceId);
  bytes(writer, 2, link.spanId);
  text(writer, 3, link.traceState);
  writeAttributes(writer, 4, snapshot, link.attributes);
  varint(writer, 5, link.droppedAttributes);
}

function writeAttributes(
  writer: Writer,
  field: number,
  { attributes }: Snapshot,
  of: Iterable<number>,
): void {
  for (const attribute of of) {
    message(writer, field, () => {
      text(writer, 1, attributes.key(attribute));
      message(writer, 2, () => writeAny(writer, toAnyValue(attributes.value(attribute))));
    });
  }
}

/** A value that is set is written though it be a default one. */
function writeAny(writer: Writer, any: AnyValue): void {
  const [[name, value] = ['', undefined]] = Object.entries(any);
  switch (name) {
    case 'stringValue':
      writer.uint32((1 << 3) | BYTES).string(value as string);
      return;
    case 'boolValue':
      writer.uint32((2 << 3) | VARINT).bool(value as boolean);
      return;
    case 'intValue':
      writer.uint32((3 << 3) | VARINT).int64(longOf(BigInt(value as string)));
      return;
    case 'doubleValue':
      writer.uint32((4 << 3) | FIXED64).double(Number(value));
      return;
    case 'arrayValue':
      message(writer, 5, () => {
        const { values = [] } = value as { readonly values?: readonly AnyValue[] };
        for (const one of values) message(writer, 1, () => writeAny(writer, one));
      });
      return;
    case 'kvlistValue':
      message(writer, 6, () => {
        const { values = [] } = value as { readonly values?: readonly { key: string; value: AnyValue }[] };
        for (const one of values) {
          message(writer, 1, () => {
            text(writer, 1, one.key);
            message(writer, 2, () => writeAny(writer, one.value ?? {}));
          });
        }
      });
      return;
    case 'bytesValue':
      writer.uint32((7 << 3) | BYTES).bytes(Buffer.from(value as string, 'base64'));
      return;
  }
}

function message(writer: Writer, field: number, write: () => void): void {
  writer.uint32((field << 3) | BYTES).fork();
  write();
  writer.ldelim();
}

function text(writer: Writer, field: number, value: string): void {
  if (value) writer.uint32((field << 3) | BYTES).string(value);
}

function bytes(writer: Writer, field: number, hex: string): void {
  if (hex) writer.uint32((field << 3) | BYTES).bytes(Buffer.from(hex, 'hex'));
}

function varint(writer: Writer, field: number, value: number): void {
  if (value) writer.uint32((field << 3) | VARINT).uint32(value);
}

function fixed64(writer: Writer, field: number, value: bigint): void {
  if (value) writer.uint32((field << 3) | FIXED64).fixed64(longOf(value));
}

function longOf(value: bigint): { low: number; high: number; unsigned: boolean } {
  const unsigned = BigInt.asUintN(64, value);
  return { low: Number(unsigned & 0xffffffffn) | 0, high: Number(unsigned >> 32n) | 0, unsigned: false };
}
