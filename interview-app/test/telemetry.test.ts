import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SpanKind } from '@opentelemetry/api';
import Transport from 'winston-transport';
import { createLogger } from '../src/lib/logger.js';
import { Tracing } from '../src/lib/tracing.js';
import { definition, startApi, TENANT_ID } from './support/api.js';
import { TelemetryRecorder } from './support/telemetry.js';

test('a line has a time, a level, an event, and the ids of the active span', async () => {
  const telemetry = new TelemetryRecorder();
  const { logTransports } = telemetry.recording({} as never);
  const tracing = new Tracing({ serviceName: 's', serviceVersion: '1', spanProcessors: [] });
  const logger = createLogger('s', logTransports('s'));
  logger.warn('disk.full', 'Disk full', { percent: 99 });
  await tracing.inSpan('work', {}, async (span) => {
    logger.info('work.done', 'Done');
    assert.equal(telemetry.lines[1]?.trace_id, span.spanContext().traceId);
    assert.equal(telemetry.lines[1]?.span_id, span.spanContext().spanId);
  });
  const [first] = telemetry.lines;
  assert.match(String(first?.timestamp), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.deepEqual(first, {
    timestamp: first?.timestamp,
    level: 'warn',
    message: 'Disk full',
    event: 'disk.full',
    service: 's',
    percent: 99,
  });
});

test('closing a logger waits for transports that send in batches', async () => {
  const sent: string[] = [];
  class BatchTransport extends Transport {
    readonly #batch: string[] = [];

    override log(info: { readonly message: string }, next: () => void): void {
      this.#batch.push(info.message);
      next();
    }

    override close = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      sent.push(...this.#batch.splice(0));
    };
  }
  const logger = createLogger('s', [new BatchTransport()]);
  for (let i = 0; i < 100; i++) logger.info('work.done', `Done ${i}`);
  assert.equal(sent.length, 0);
  await logger.close();
  assert.equal(sent.length, 100);
});

test('each request has one line, one count and one SERVER span that agree', async (t) => {
  const { call, service, telemetry } = await startApi(t);
  await call('GET', '/api/workflows?page=2');
  await call('GET', '/nowhere');
  await call('GET', '/health');
  const routes = ['/api/workflows', 'unmatched', '/health'];
  const roots = telemetry.spans.filter((span) => span.kind === SpanKind.SERVER);
  assert.deepEqual(
    roots.map(({ name }) => name),
    routes.map((route) => `GET ${route}`),
  );
  assert.deepEqual(
    roots.map(({ attributes }) => attributes['http.response.status_code']),
    [200, 404, 200],
  );
  const lines = telemetry.linesOf('request.completed');
  assert.deepEqual(
    lines.map(({ route, status_code }) => [route, status_code]),
    [
      ['/api/workflows', 200],
      ['unmatched', 404],
      ['/health', 200],
    ],
  );
  assert.deepEqual(
    lines.map(({ span_id }) => span_id),
    roots.map((root) => root.spanContext().spanId),
  );
  assert.equal(lines[0]?.tenant_id, TENANT_ID);

  const metrics = await (await service.fetch(new Request('http://api/metrics'))).text();
  for (const [index, route] of routes.entries()) {
    const labels = `method="GET",route="${route}"`;
    assert.ok(metrics.includes(`http_requests_total{${labels},status_code="${[200, 404, 200][index]}"} 1\n`));
    assert.ok(metrics.includes(`http_request_duration_seconds_count{${labels}} 1\n`));
  }
  const [root] = roots;
  assert.ok(
    metrics.includes(`# {trace_id="${root?.spanContext().traceId}",span_id="${root?.spanContext().spanId}"}`),
  );
});

test('being scraped leaves no trace', async (t) => {
  const { service, telemetry } = await startApi(t);
  const response = await service.fetch(new Request('http://api/metrics'));
  assert.match(response.headers.get('content-type') ?? '', /^application\/openmetrics-text; version=1\.0\.0/);
  const text = await response.text();
  assert.ok(text.endsWith('# EOF\n'));
  assert.ok(!text.includes('route="/metrics"'));
  assert.deepEqual([telemetry.spans.length, telemetry.lines.length], [0, 0]);
});

test("a caller's trace and request id are taken over", async (t) => {
  const { call, telemetry } = await startApi(t);
  const traceId = 'ab'.repeat(16);
  const headers = { traceparent: `00-${traceId}-${'cd'.repeat(8)}-01`, 'x-request-id': 'mobile-17' };
  const answer = await call('GET', '/health', undefined, headers);
  assert.equal(answer.headers.get('x-request-id'), 'mobile-17');
  const [root] = telemetry.spans;
  assert.deepEqual([root?.spanContext().traceId, root?.parentSpanContext?.spanId], [traceId, 'cd'.repeat(8)]);
});

test('ids that make no sense are not taken over', async (t) => {
  const { call, telemetry } = await startApi(t);
  const answer = await call('GET', '/health', undefined, { traceparent: '00-xyz', 'x-request-id': 'a b' });
  assert.notEqual(answer.headers.get('x-request-id'), 'a b');
  assert.equal(telemetry.spans[0]?.parentSpanContext, undefined);
});

test('gauges show the pool as it is when they are asked for', async (t) => {
  const api = await startApi(t, { max: 4 });
  const answer = api.peers['validation-service'];
  let scraped = '';
  api.peers['validation-service'] = async (request) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    scraped = await (await api.service.fetch(new Request('http://api/metrics'))).text();
    return answer?.(request);
  };
  const workflows = Array.from({ length: 6 }, (_, index) => definition(`w-${index}`));
  await api.call('POST', '/api/workflows/import', { workflows });
  for (const line of [
    'database_connection_pool_utilization 1',
    'database_active_connections{state="active"} 0',
    'database_active_connections{state="idle in transaction"} 4',
    'connection_pool_queue_depth 2',
    'db_client_connection_count{state="idle"} 0',
    'db_client_connection_count{state="used"} 4',
    'db_client_connection_max 4',
    'db_client_connection_pending_requests 2',
    'db_client_connection_timeouts_total 0',
  ]) {
    assert.ok(scraped.includes(`\n${line}\n`), line);
  }
});

test('statements are counted by operation, checkouts by how long they waited and held', async (t) => {
  const { call, service } = await startApi(t);
  await call('POST', '/api/workflows/import', { workflows: [definition('a'), definition('b')] });
  const text = await (await service.fetch(new Request('http://api/metrics'))).text();
  for (const [operation, count] of Object.entries({ BEGIN: 2, INSERT: 4, UPDATE: 2, COMMIT: 2 })) {
    assert.ok(
      text.includes(`database_query_duration_seconds_count{operation="${operation}"} ${count}\n`),
      operation,
    );
  }
  assert.match(text, /^db_client_connection_wait_time_seconds_count 2$/m);
  assert.match(text, /^db_client_connection_use_time_seconds_count 2$/m);
});
