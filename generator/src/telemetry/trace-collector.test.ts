import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { SpanCounters } from './service-graph.js';
import { TraceCollector } from './trace-collector.js';

function setUp({ inWindow = () => true }: { inWindow?: () => boolean } = {}) {
  const lines: string[] = [];
  const counters = new SpanCounters();
  const collector = new TraceCollector({
    inWindow,
    onTrace: (spans) => counters.add(spans),
    onBytes: (bytes) => lines.push(new TextDecoder().decode(bytes)),
  });
  const tracer = (service: string) =>
    new BasicTracerProvider({ spanProcessors: [collector.processor(service)] }).getTracer(service);
  const api = tracer('api');
  const worker = tracer('workflow-engine');
  return { lines, counters, collector, api, worker };
}

const under = (span: Span) => trace.setSpan(ROOT_CONTEXT, span);
const at = (seconds: number): [number, number] => [1_700_000_000 + seconds, 0];

test('a trace of two services is passed on whole when its root ends, and not before', () => {
  const { lines, collector, api, worker } = setUp();
  const root = api.startSpan('POST /x', { kind: SpanKind.SERVER, startTime: at(0) });
  const call = api.startSpan(
    'POST workflow-engine',
    { kind: SpanKind.CLIENT, startTime: at(0) },
    under(root),
  );
  worker.startSpan('POST /executions', { kind: SpanKind.SERVER, startTime: at(0) }, under(call)).end(at(1));
  call.end(at(1));
  const { traceId } = root.spanContext();
  collector.flush();
  assert.deepEqual([lines.length, collector.verdict(traceId)], [0, 'open']);
  root.end(at(1));
  collector.flush();
  assert.equal(collector.verdict(traceId), 'exported');
  const { resourceSpans } = JSON.parse(lines.join(''));
  const names = resourceSpans.map((resource: { scopeSpans: [{ spans: { name: string }[] }] }) =>
    resource.scopeSpans[0].spans.map(({ name }) => name),
  );
  assert.deepEqual(names, [['POST /executions'], ['POST workflow-engine', 'POST /x']]);
});

test('a trace that ends outside the window is dropped', () => {
  const { lines, collector, api } = setUp({ inWindow: () => false });
  const root = api.startSpan('GET /x');
  root.end();
  collector.flush();
  assert.deepEqual([lines.length, collector.verdict(root.spanContext().traceId)], [0, 'dropped']);
});

test('a span that outlives the root of its trace is an error, but not one of the app', () => {
  const { collector, api } = setUp();
  const root = api.startSpan('GET /x');
  const child = api.startSpan('late', {}, under(root));
  root.end();
  child.end();
  assert.throws(() => collector.checkComplete(), /span "late" of api ended after the root/);
});

test('edges are counted by client spans: paired with a server, to a database, to a service without spans', () => {
  const { counters, api, worker } = setUp();
  const root = api.startSpan('POST /x', { kind: SpanKind.SERVER, startTime: at(0) });
  const client = (name: string, attributes: Record<string, string>, seconds: number, failed = false) => {
    const span = api.startSpan(
      name,
      { kind: SpanKind.CLIENT, startTime: at(0), attributes: { 'http.route': '/x', ...attributes } },
      under(root),
    );
    if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
    return { span, end: () => span.end(at(seconds)) };
  };
  client('pool.connect', { 'db.system.name': 'postgresql', 'peer.service': 'postgresql' }, 10, true).end();
  client(
    'POST validation-service',
    { 'http.request.method': 'POST', 'peer.service': 'validation-service' },
    22,
  ).end();
  const call = client(
    'POST workflow-engine',
    { 'http.request.method': 'POST', 'peer.service': 'workflow-engine' },
    2,
  );
  worker
    .startSpan('POST /executions', { kind: SpanKind.SERVER, startTime: at(0) }, under(call.span))
    .end(at(1));
  call.end();
  root.end(at(22));

  const values = new Map(
    [...counters.samples()].map(({ name, labels, value }) => [`${name}{${labels}}`, value]),
  );
  const labels = (server: string, type: string) =>
    `{client="api",server="${server}",connection_type="${type}",client_http_route="/x"}`;
  const total = 'traces_service_graph_request_total';
  assert.equal(values.get(total + labels('postgresql', 'database')), 1);
  assert.equal(values.get(`traces_service_graph_request_failed_total${labels('postgresql', 'database')}`), 1);
  assert.equal(values.get(total + labels('validation-service', 'virtual_node')), 1);
  assert.equal(values.get(total + labels('workflow-engine', '')), 1);
  const sum = (side: string) => `traces_service_graph_request_${side}_seconds_sum`;
  assert.equal(values.get(sum('client') + labels('validation-service', 'virtual_node')), 22);
  assert.equal(values.get(sum('server') + labels('validation-service', 'virtual_node')), 0);
  assert.equal(values.get(sum('server') + labels('workflow-engine', '')), 1);
  const bucket = (le: string) =>
    `traces_service_graph_request_client_seconds_bucket${labels('validation-service', 'virtual_node').replace('}', `,le="${le}"}`)}`;
  assert.deepEqual(
    [values.get(bucket('20')), values.get(bucket('22')), values.get(bucket('+Inf'))],
    [0, 1, 1],
  );
});
