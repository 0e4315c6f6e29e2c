import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { context, ROOT_CONTEXT, SpanKind } from '@opentelemetry/api';
import { UpstreamError } from '../src/lib/errors.js';
import { HttpClient } from '../src/lib/external-apis/http-client.js';
import { Metrics } from '../src/lib/metrics.js';
import { createRequestContext, withRequest } from '../src/lib/request-context.js';
import { Tracing } from '../src/lib/tracing.js';
import { TelemetryRecorder } from './support/telemetry.js';

function createClient(t: TestContext, answer: (init: RequestInit) => Promise<Response>, timeoutMs = 1000) {
  const requests: { url: string; init: RequestInit }[] = [];
  t.mock.method(globalThis, 'fetch', (url: string, init: RequestInit) => {
    requests.push({ url, init });
    return answer(init);
  });
  const telemetry = new TelemetryRecorder();
  const { spanProcessors } = telemetry.recording({} as never);
  const tracing = new Tracing({
    serviceName: 'api',
    serviceVersion: '1',
    spanProcessors: spanProcessors('api'),
  });
  const metrics = new Metrics();
  const client = new HttpClient({
    service: 'payment-gateway',
    endpoint: { url: 'https://payments.example/v2/', timeoutMs },
    tracing,
    metrics,
  });
  return { client, requests, telemetry, metrics };
}

test('sends JSON with the trace of its span, and returns what comes back', async (t) => {
  const { client, requests, telemetry } = createClient(t, async () => Response.json({ id: 'ch-1' }));
  const active = withRequest(ROOT_CONTEXT, createRequestContext('r', 'usage-billing'));
  const answer = await context.with(active, () => client.post('/charges', { amount: 5 }));
  assert.deepEqual(answer, { id: 'ch-1' });
  const [{ url, init } = { url: '', init: {} }] = requests;
  assert.equal(url, 'https://payments.example/v2/charges');
  assert.deepEqual([init.method, init.body], ['POST', '{"amount":5}']);
  const [span] = telemetry.spans;
  const { traceId, spanId } = span?.spanContext() ?? {};
  assert.equal(new Headers(init.headers).get('traceparent'), `00-${traceId}-${spanId}-01`);
  assert.deepEqual([span?.name, span?.kind], ['POST payment-gateway', SpanKind.CLIENT]);
  assert.equal(span?.attributes['server.address'], 'payments.example');
  assert.equal(span?.attributes['server.port'], 443);
  assert.equal(span?.attributes['peer.service'], 'payment-gateway');
  assert.equal(span?.attributes['service.peer.name'], 'payment-gateway');
  assert.equal(span?.attributes['http.route'], 'usage-billing');
  assert.equal(span?.attributes['http.response.status_code'], 200);
});

test('counts how long a call took, with its trace as an example', async (t) => {
  const { client, metrics, telemetry } = createClient(t, async () => Response.json({}));
  await client.get('/status');
  const text = await (await metrics.response()).text();
  assert.match(text, /^external_api_call_latency_seconds_count\{service="payment-gateway"\} 1$/m);
  const traceId = telemetry.spans[0]?.spanContext().traceId;
  assert.match(
    text,
    new RegExp(`^external_api_call_latency_seconds_bucket\\{.*\\} 1 # \\{trace_id="${traceId}",`, 'm'),
  );
});

const untilAborted = ({ signal }: RequestInit) =>
  new Promise<Response>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));

const FAILURES: readonly (readonly [string, string, (init: RequestInit) => Promise<Response>])[] = [
  ['an answer that is no success', '503', async () => new Response('busy', { status: 503 })],
  ['an answer that is no JSON', 'malformed', async () => new Response('<html>')],
  ['no connection', 'unreachable', () => Promise.reject(new TypeError('fetch failed'))],
  ['no answer in time', 'timeout', untilAborted],
];

for (const [name, reason, answer] of FAILURES) {
  test(`${name} is an error with the reason ${reason}, on the span too`, async (t) => {
    // The timer of AbortSignal.timeout alone would not keep the process alive.
    const keptAlive = setInterval(() => undefined, 1000);
    t.after(() => clearInterval(keptAlive));
    const { client, telemetry, metrics } = createClient(t, answer, 20);
    await assert.rejects(
      client.get('/status'),
      (error) => error instanceof UpstreamError && error.reason === reason,
    );
    const [span] = telemetry.spans;
    assert.deepEqual([span?.status.code, span?.attributes['error.type']], [2, reason]);
    assert.match(await (await metrics.response()).text(), /^external_api_call_latency_seconds_count.* 1$/m);
  });
}
