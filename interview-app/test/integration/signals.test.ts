import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SpanKind } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { addTenant, addWorkflow, type TestTenant } from '../support/fixtures.js';
import { eventually } from '../support/network.js';
import { type Answer, type System, startSystem } from '../support/system.js';
import { childrenOf, serviceOf, timesOf } from '../support/telemetry.js';

const CALLER = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };

let system: System;
let tenant: TestTenant;
let answers: Readonly<Record<'created' | 'read' | 'missing' | 'executed' | 'imported' | 'health', Answer>>;

before(async () => {
  system = await startSystem();
  tenant = await addTenant(system.postgres);
  const steps = [
    { key: 'wait', kind: 'delay' },
    { key: 'check', kind: 'transform' },
  ];
  const created = await call('POST', '/api/workflows', { name: 'Orders', steps });
  answers = {
    created,
    read: await call('GET', '/api/workflows?page=2'),
    missing: await call('GET', `/api/users/${crypto.randomUUID()}`),
    executed: await call('POST', `/api/workflows/${created.body.id}/execute`, {}),
    imported: await call('POST', '/api/workflows/import', {
      workflows: [1, 2, 3].map((number) => ({ name: `Imported ${number}`, steps })),
    }),
    health: await system.call('GET', '/health', {
      headers: { traceparent: `00-${CALLER.traceId}-${CALLER.spanId}-01`, 'x-request-id': 'probe-1' },
    }),
  };
  await eventually('the execution has ended', async () => {
    return system.telemetry.spans.some((span) => span.name === 'execution');
  });
});

after(() => system?.stop());

function call(method: string, path: string, body?: unknown): Promise<Answer> {
  return system.call(method, path, { token: `admin.${tenant.adminId}.${tenant.id}`, body });
}

function accessLineOf({ headers }: Answer) {
  const lines = system.telemetry
    .linesOf('request.completed')
    .filter((line) => line.request_id === headers.get('x-request-id'));
  assert.equal(lines.length, 1);
  const [line] = lines;
  assert.ok(line);
  return line;
}

function traceOf(answer: Answer) {
  const { trace_id: traceId, span_id: spanId } = accessLineOf(answer);
  const trace = system.telemetry.traceOf(String(traceId));
  const root = trace.find((span) => span.spanContext().spanId === spanId);
  assert.ok(root);
  return { trace, root };
}

const names = (spans: readonly ReadableSpan[]) => spans.map((span) => span.name);

test('each request has one access line, whatever its answer', () => {
  for (const [name, answer] of Object.entries(answers)) {
    const line = accessLineOf(answer);
    assert.equal(line.status_code, answer.status, name);
    assert.equal(line.service, 'api');
    assert.equal(line.level, 'info');
    assert.equal(typeof line.duration_ms, 'number');
    assert.match(String(line.timestamp), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  }
  const { method, route, path } = accessLineOf(answers.missing);
  assert.deepEqual([method, route], ['GET', '/api/users/:id']);
  assert.match(String(path), /^\/api\/users\/[0-9a-f-]{36}$/);
});

test('every line has an event, a message, and the ids of the span that it belongs to', () => {
  for (const line of system.telemetry.lines) {
    assert.ok(line.event && line.message && line.level && line.service, JSON.stringify(line));
    if (line.trace_id === undefined) continue;
    assert.ok(
      system.telemetry.spans.some((span) => span.spanContext().spanId === line.span_id),
      `no span for ${line.event}`,
    );
  }
});

test('a trace that the caller began goes on, and its request id is kept', () => {
  const { root } = traceOf(answers.health);
  assert.equal(root.spanContext().traceId, CALLER.traceId);
  assert.equal(root.parentSpanContext?.spanId, CALLER.spanId);
  assert.equal(answers.health.headers.get('x-request-id'), 'probe-1');
});

test('the trace of a write: token, connection, transaction with all its statements', () => {
  const { trace, root } = traceOf(answers.created);
  assert.equal(root.name, 'POST /api/workflows');
  assert.equal(root.kind, SpanKind.SERVER);
  assert.equal(root.attributes['http.response.status_code'], 201);
  const children = childrenOf(trace, root);
  assert.deepEqual(names(children), ['POST identity-provider', 'pool.connect', 'transaction']);
  const [, connect, transaction] = children;
  assert.ok(connect && transaction);
  assert.equal(transaction.attributes['code.file.path'], 'src/api/routes/workflows/create.ts');
  const statements = childrenOf(trace, transaction);
  assert.equal(statements[0]?.name, 'BEGIN');
  assert.equal(statements.at(-1)?.name, 'COMMIT');
  assert.ok(names(statements).includes('INSERT workflows'));
  for (const span of [connect, ...statements]) {
    assert.equal(span.kind, SpanKind.CLIENT);
    assert.equal(span.attributes['db.system.name'], 'postgresql');
    assert.equal(span.attributes['peer.service'], 'postgresql');
    assert.equal(span.attributes['http.route'], '/api/workflows');
    assert.equal(span.attributes['db.connection.id'], connect.attributes['db.connection.id']);
  }
  const insert = statements.find((span) => span.name === 'INSERT workflows');
  assert.match(String(insert?.attributes['db.query.text']), /^INSERT INTO workflows \(id, [^/]*\$1/);
});

test('a plain loan has its statements below the request itself', () => {
  const { trace, root } = traceOf(answers.read);
  const [, , ...statements] = childrenOf(trace, root);
  assert.ok(statements.length > 1);
  assert.ok(statements.every((span) => span.name.startsWith('SELECT ')));
});

test('children lie within their parents, to the microsecond', () => {
  const byId = new Map(system.telemetry.spans.map((span) => [span.spanContext().spanId, span]));
  let compared = 0;
  for (const span of system.telemetry.spans) {
    const parent = byId.get(span.parentSpanContext?.spanId ?? '');
    if (!parent) continue;
    const [start, end] = timesOf(span);
    const [parentStart, parentEnd] = timesOf(parent);
    assert.ok(start >= parentStart && end <= parentEnd, `${span.name} sticks out of ${parent.name}`);
    assert.equal(start % 1000n, 0n);
    compared++;
  }
  assert.ok(compared > 50);
});

test('the trace of an execution request reaches into the worker, where it is its own service', () => {
  const { trace, root } = traceOf(answers.executed);
  const server = trace.find((span) => span.name === 'POST /executions');
  assert.ok(server);
  assert.equal(serviceOf(server), 'workflow-engine');
  const client = trace.find((span) => span.spanContext().spanId === server.parentSpanContext?.spanId);
  assert.deepEqual(
    [client?.name, client && serviceOf(client), client?.attributes['http.route']],
    ['POST workflow-engine', 'api', '/api/workflows/:id/execute'],
  );
  assert.equal(client?.parentSpanContext?.spanId, root.spanContext().spanId);
  assert.ok(names(childrenOf(trace, server)).includes('INSERT executions'));
});

test('only the API writes access lines', () => {
  const services = new Set(system.telemetry.linesOf('request.completed').map((line) => line.service));
  assert.deepEqual([...services], ['api']);
});

test('an import has two lines of its own', () => {
  const id = answers.imported.headers.get('x-request-id');
  const lines = system.telemetry.lines.filter((line) => line.request_id === id).map((line) => line.message);
  assert.deepEqual(lines, [
    'Starting workflow import',
    'Validating with external service',
    'Request completed',
  ]);
});

test('the metrics have the names that dashboards ask for', async () => {
  const { body, headers } = await system.call('GET', '/metrics');
  assert.match(String(headers.get('content-type')), /^application\/openmetrics-text/);
  for (const series of [
    'database_connection_pool_utilization',
    'database_active_connections{state="active"}',
    'database_active_connections{state="idle in transaction"}',
    'connection_pool_queue_depth',
    'external_api_call_latency_seconds_bucket{le="60",service="identity-provider"}',
    'external_api_call_latency_seconds_count{service="validation-service"}',
    'http_requests_total{method="POST",route="/api/workflows/import",status_code="201"}',
    'http_requests_total{method="GET",route="/api/users/:id",status_code="404"}',
    'http_request_duration_seconds_bucket{le="10",method="GET",route="/api/workflows"}',
    'database_query_duration_seconds_count{operation="INSERT"}',
    'db_client_connection_count{state="idle"}',
    'db_client_connection_count{state="used"}',
    'db_client_connection_max',
    'db_client_connection_pending_requests',
    'db_client_connection_timeouts_total',
    'db_client_connection_wait_time_seconds_bucket{le="10"}',
    'db_client_connection_use_time_seconds_sum',
  ]) {
    assert.ok(body.includes(`\n${series} `), `${series} is missing`);
  }
  assert.ok(body.trimEnd().endsWith('# EOF'));
  const { root } = traceOf(answers.imported);
  assert.match(body, new RegExp(`# \\{trace_id="${root.spanContext().traceId}"`));
});

test('being scraped leaves no trace', async () => {
  const spans = system.telemetry.spans.length;
  const lines = system.telemetry.lines.length;
  const requests = (text: string) => text.match(/^http_requests_total\{.*$/gm);
  const first = await system.call('GET', '/metrics');
  const second = await system.call('GET', '/metrics');
  assert.deepEqual(requests(second.body), requests(first.body));
  assert.equal(system.telemetry.spans.filter((span) => span.name.includes('metrics')).length, 0);
  assert.ok(system.telemetry.spans.slice(spans).every((span) => serviceOf(span) !== 'api'));
  assert.ok(system.telemetry.lines.slice(lines).every((line) => line.service !== 'api'));
});

test('the worker shows its own pool', async () => {
  await addWorkflow(system.postgres, tenant);
  const exposition = await (await fetch(`${system.worker.url}/metrics`)).text();
  assert.match(exposition, /^db_client_connection_max 17$/m);
});
