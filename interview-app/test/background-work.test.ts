import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { Tracing } from '../src/lib/tracing.js';
import { inBackground } from '../src/worker/background-work.js';

function setUp() {
  const spans: ReadableSpan[] = [];
  const processor = {
    onStart: () => undefined,
    onEnd: (span: ReadableSpan) => void spans.push(span),
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
  };
  const tracing = new Tracing({ serviceName: 's', serviceVersion: '1', spanProcessors: [processor] });
  return { spans, tracing };
}

test('work that fails is dealt with in its own trace, whoever asked for it', async () => {
  const { spans, tracing } = setUp();
  const errors: unknown[] = [];
  const fail = async () => {
    throw new Error('no');
  };
  await tracing.inSpan('request', {}, async (request) => {
    const work = { name: 'job', kind: SpanKind.CONSUMER, cause: request.spanContext() };
    await inBackground(tracing, work, fail, async (error) => {
      errors.push(error);
      await tracing.inSpan('write it down', {}, async () => undefined);
    });
  });
  const [written, job, request] = spans;
  assert.deepEqual([written?.name, job?.name, request?.name], ['write it down', 'job', 'request']);
  assert.equal(written?.parentSpanContext?.spanId, job?.spanContext().spanId);
  assert.equal(job?.parentSpanContext, undefined);
  assert.deepEqual(
    job?.links.map(({ context }) => context.spanId),
    [request?.spanContext().spanId],
  );
  assert.equal(job?.status.code, SpanStatusCode.ERROR);
  assert.deepEqual(
    errors.map((error) => (error as Error).message),
    ['no'],
  );
});
