import { type DataFrame, FieldType } from '@grafana/data';
import { attributeValue, type KeyValue, type Span, type SpanEvent, type TraceAnswer } from './answer';

interface Tag {
  readonly key: string;
  readonly value: unknown;
}

interface Row {
  readonly span: Span;
  readonly serviceName: string;
  readonly serviceTags: readonly Tag[];
  readonly libraryName: string;
  readonly libraryVersion: string;
}

const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
const STATUS_CODES: Readonly<Record<string, number>> = { STATUS_CODE_OK: 1, STATUS_CODE_ERROR: 2 };
const NO_PARENT = '0000000000000000';

/** A trace as Grafana's Tempo data source makes it: one row for each span. */
export function traceFrame({ batches = [] }: TraceAnswer, refId: string): DataFrame {
  const rows = batches.flatMap(({ resource, scopeSpans = [] }): Row[] => {
    const serviceTags = tags(resource?.attributes);
    const serviceName = String(serviceTags.find(({ key }) => key === 'service.name')?.value ?? '');
    return scopeSpans.flatMap(({ scope, spans = [] }) =>
      spans.map((span) => ({
        span,
        serviceName,
        serviceTags,
        libraryName: scope?.name ?? '',
        libraryVersion: scope?.version ?? '',
      })),
    );
  });
  const field = (name: string, type: FieldType, of: (row: Row) => unknown) => ({
    name,
    type,
    config: {},
    values: rows.map(of),
  });
  return {
    name: 'Trace',
    refId,
    meta: { preferredVisualisationType: 'trace', custom: { traceFormat: 'otlp' } },
    fields: [
      field('traceID', FieldType.string, ({ span }) => hexId(span.traceId)),
      field('spanID', FieldType.string, ({ span }) => hexId(span.spanId)),
      field('parentSpanID', FieldType.string, ({ span }) => hexId(span.parentSpanId) || NO_PARENT),
      field('operationName', FieldType.string, ({ span }) => span.name),
      field('serviceName', FieldType.string, ({ serviceName }) => serviceName),
      field('kind', FieldType.string, ({ span }) => kindName(span.kind)),
      field('statusCode', FieldType.number, ({ span }) => statusCode(span.status?.code)),
      field('statusMessage', FieldType.string, ({ span }) => span.status?.message ?? ''),
      field('instrumentationLibraryName', FieldType.string, ({ libraryName }) => libraryName),
      field('instrumentationLibraryVersion', FieldType.string, ({ libraryVersion }) => libraryVersion),
      field('traceState', FieldType.string, ({ span }) => span.traceState ?? ''),
      field('serviceTags', FieldType.other, ({ serviceTags }) => serviceTags),
      field('startTime', FieldType.number, ({ span }) => milliseconds(span.startTimeUnixNano)),
      field('duration', FieldType.number, ({ span }) => durationMs(span)),
      field('logs', FieldType.other, ({ span }) => (span.events ?? []).map(log)),
      field('references', FieldType.other, ({ span }) => references(span)),
      field('tags', FieldType.other, ({ span }) => tags(span.attributes)),
    ],
    length: rows.length,
  };
}

/** Ids are bytes: OTLP's JSON writes them in hexadecimal, Tempo's in base64. */
function hexId(id: string | undefined): string {
  if (!id) return '';
  if (/^([0-9a-f]{16}|[0-9a-f]{32})$/i.test(id)) return id.toLowerCase();
  return Array.from(atob(id), (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

function kindName(kind: string | number | undefined): string {
  if (typeof kind === 'string') return kind.replace(/^SPAN_KIND_/, '').toLowerCase();
  return KINDS[kind ?? 0] ?? '';
}

function statusCode(code: string | number | undefined): number {
  return typeof code === 'string' ? (STATUS_CODES[code] ?? 0) : (code ?? 0);
}

/** Nanoseconds since 1970 do not fit into a double; split, they keep their microseconds. */
function milliseconds(nanoseconds: string): number {
  return Number(nanoseconds.slice(0, -6)) + Math.round(Number(nanoseconds.slice(-6)) / 1000) / 1000;
}

function durationMs({ startTimeUnixNano, endTimeUnixNano }: Span): number {
  return Number(BigInt(endTimeUnixNano) - BigInt(startTimeUnixNano)) / 1_000_000;
}

function tags(attributes: readonly KeyValue[] = []): Tag[] {
  return attributes.map(({ key, value }) => ({ key, value: attributeValue(value) }));
}

function log({ timeUnixNano, name, attributes }: SpanEvent) {
  return { timestamp: milliseconds(timeUnixNano), name, fields: tags(attributes) };
}

function references({ links = [] }: Span) {
  return links.map(({ traceId, spanId, attributes }) => ({
    traceID: hexId(traceId),
    spanID: hexId(spanId),
    tags: tags(attributes),
  }));
}
