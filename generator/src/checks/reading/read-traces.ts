/** From a line of the traces file to traces: what is used of each span, gathered by trace. */
import { ATTRIBUTE } from 'interview-app/telemetry-names';
import {
  attributeText,
  type OtlpAttribute,
  type OtlpSpan,
  type TraceBatch,
} from '../../telemetry/run-files.js';
import { microseconds } from './run-window.js';
import { type Span, Trace } from './trace.js';

const ERROR = 2;

/** The traces of one line, in the order of their first spans. @param start_ms the window's start */
export function tracesOf({ resourceSpans }: TraceBatch, start_ms: number): Trace[] {
  const byTrace = new Map<string, Span[]>();
  for (const { resource, scopeSpans } of resourceSpans) {
    const service = attributeText(resource.attributes, ATTRIBUTE.serviceName) ?? '';
    const version = attributeText(resource.attributes, ATTRIBUTE.serviceVersion) ?? '';
    for (const { spans } of scopeSpans) {
      for (const span of spans) {
        const read = readSpan(span, service, version, start_ms);
        const others = byTrace.get(span.traceId);
        if (others) others.push(read);
        else byTrace.set(span.traceId, [read]);
      }
    }
  }
  return Array.from(byTrace, ([id, spans]) => new Trace(id, spans));
}

function readSpan(span: OtlpSpan, service: string, serviceVersion: string, start_ms: number): Span {
  const known = knownAttributes(span.attributes);
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentId: span.parentSpanId ?? '',
    name: span.name,
    kind: span.kind,
    start_us: microseconds(span.startTimeUnixNano, start_ms),
    end_us: microseconds(span.endTimeUnixNano, start_ms),
    failed: span.status?.code === ERROR,
    service,
    serviceVersion,
    ...known,
    links: span.links?.map(({ spanId }) => spanId) ?? [],
  };
}

type Known = Pick<Span, 'method' | 'route' | 'status' | 'peer' | 'isDatabase' | 'operation' | 'pid'>;

function knownAttributes(attributes: readonly OtlpAttribute[]): Known {
  const known = { method: '', route: '', status: '', peer: '', isDatabase: false, operation: '', pid: '' };
  for (const { key, value } of attributes) {
    const text = value.stringValue ?? String(value.intValue ?? '');
    if (key === ATTRIBUTE.httpMethod) known.method = text;
    else if (key === ATTRIBUTE.httpRoute) known.route = text;
    else if (key === ATTRIBUTE.httpStatusCode) known.status = text;
    else if (key === ATTRIBUTE.servicePeerName) known.peer = text;
    else if (key === ATTRIBUTE.dbSystem) known.isDatabase = true;
    else if (key === ATTRIBUTE.dbOperation) known.operation = text;
    else if (key === ATTRIBUTE.dbConnectionId) known.pid = text;
  }
  return known;
}
