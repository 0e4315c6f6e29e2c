import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { encodeSpan, endOfResource, spansOfResource } from './otlp-json.js';

function spans(): { readonly spans: readonly ReadableSpan[]; readonly provider: BasicTracerProvider } {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'api', 'service.version': '1.2.3' }),
    spanProcessors: [new SimpleSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer('test', '0.1');
  const root = tracer.startSpan('GET /x "quoted" ü', {
    kind: SpanKind.SERVER,
    startTime: [1_700_000_000, 5000],
    attributes: { text: 'a\n"b"\u2028', integer: 7, float: 0.25, yes: true, list: ['x', 'y'], big: 2 ** 40 },
  });
  const child = tracer.startSpan(
    'POST validation-service',
    {
      kind: SpanKind.CLIENT,
      startTime: [1_700_000_000, 6000],
      links: [{ context: root.spanContext(), attributes: { why: 'test' } }],
    },
    trace.setSpan(ROOT_CONTEXT, root),
  );
  child.addEvent('exception', { 'exception.type': 'PoolTimeoutError' }, [1_700_000_000, 7000]);
  child.setStatus({ code: SpanStatusCode.ERROR, message: 'no "connection"' });
  child.end([1_700_000_010, 1000]);
  root.end([1_700_000_010, 2000]);
  return { spans: exporter.getFinishedSpans(), provider };
}

test('spans are encoded as the OpenTelemetry library encodes them', () => {
  const { spans: finished } = spans();
  const [first] = finished;
  assert.ok(first);
  const { resource, instrumentationScope } = first;
  const ours = JSON.parse(
    `{"resourceSpans":[${spansOfResource(resource.attributes, instrumentationScope)}${finished.map(encodeSpan).join()}${endOfResource}]}`,
  );
  const theirs = JSON.parse(new TextDecoder().decode(JsonTraceSerializer.serializeRequest([...finished])));
  assert.deepEqual(comparable(ours), comparable(theirs));
});

/** Their encoder also writes what is empty or zero, integers as numbers and flags of its own choice. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([key, item]) => key !== 'flags' && !isEmpty(item) && !key.startsWith('dropped'))
    .map(([key, item]) => [key, key === 'intValue' ? Number(item) : comparable(item)]);
  return Object.fromEntries(entries);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}
