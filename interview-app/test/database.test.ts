import assert from 'node:assert/strict';
import { test } from 'node:test';
import { context, type HrTime, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { TransactionTimeoutError } from '../src/lib/errors.js';
import { createRequestContext, withRequest } from '../src/lib/request-context.js';
import { openDatabase } from './support/database.js';

const WORKFLOW_ID = '7d0f1b5e-6f0a-4b62-8d5c-6c0e5a1f2b33';

test('statements are children of the span that was active at the checkout', async (t) => {
  const { db, telemetry, tracing } = openDatabase(t);
  await tracing.inSpan('request', {}, async () => {
    await db.$connection(async (session) => {
      await session.workflow.findFirst({ where: { id: WORKFLOW_ID } });
    });
  });
  const [connect, select, request] = telemetry.spans;
  assert.deepEqual(
    [connect?.name, select?.name, request?.name],
    ['pool.connect', 'SELECT workflows', 'request'],
  );
  for (const child of [connect, select]) {
    assert.equal(child?.kind, SpanKind.CLIENT);
    assert.equal(child?.parentSpanContext?.spanId, request?.spanContext().spanId);
    assert.equal(child?.attributes['db.connection.id'], 100);
    assert.equal(child?.attributes['server.address'], 'database');
    assert.equal(child?.attributes['server.port'], 5433);
    assert.equal(child?.attributes['db.namespace'], 'workflows');
    assert.equal(child?.attributes['peer.service'], 'postgresql');
    assert.equal(child?.attributes['service.peer.name'], 'postgresql');
  }
  assert.equal(select?.attributes['db.operation.name'], 'SELECT');
  assert.equal(select?.attributes['db.collection.name'], 'workflows');
  assert.match(
    String(select?.attributes['db.query.text']),
    /^SELECT id, .* FROM workflows WHERE id = \$1 LIMIT 1$/,
  );
});

test('each statement says in a comment which route and which span it belongs to', async (t) => {
  const { db, fake, telemetry } = openDatabase(t);
  const request = createRequestContext('r-1', '/api/workflows/:id/status');
  await context.with(withRequest(ROOT_CONTEXT, request), () =>
    db.$transaction(async (tx) => {
      await tx.workflow.count();
    }),
  );
  assert.deepEqual(fake.summaries, ['BEGIN', 'SELECT workflows', 'COMMIT']);
  const spans = telemetry.spans.filter((span) => span.attributes['db.query.text']);
  for (const [index, { comment }] of fake.statements.entries()) {
    const { traceId, spanId } = spans[index]?.spanContext() ?? {};
    const route = '%2Fapi%2Fworkflows%2F%3Aid%2Fstatus';
    assert.equal(comment, `/*route='${route}',traceparent='00-${traceId}-${spanId}-01'*/`);
    assert.equal(spans[index]?.attributes['http.route'], '/api/workflows/:id/status');
  }
});

test('a statement outside of any request has a comment without a route', async (t) => {
  const { db, fake } = openDatabase(t);
  await db.workflow.count();
  assert.match(fake.statements[0]?.comment ?? '', /^\/\*traceparent='00-[0-9a-f]{32}-[0-9a-f]{16}-01'\*\/$/);
});

test('a transaction is committed, its span holds its statements and names its caller', async (t) => {
  const { db, fake, telemetry } = openDatabase(t);
  const result = await db.$transaction(async (tx) => {
    await tx.workflow.update({ where: { id: WORKFLOW_ID }, data: { status: 'active' } });
    return 'done';
  });
  assert.equal(result, 'done');
  assert.deepEqual(fake.summaries, ['BEGIN', 'UPDATE workflows', 'COMMIT']);
  const transaction = telemetry.spans.find((span) => span.name === 'transaction');
  assert.equal(transaction?.kind, SpanKind.INTERNAL);
  const children = telemetry.spans.filter(
    (span) => span.parentSpanContext?.spanId === transaction?.spanContext().spanId,
  );
  assert.deepEqual(
    children.map(({ name }) => name),
    ['BEGIN', 'UPDATE workflows', 'COMMIT'],
  );
});

test('a transaction whose work throws is rolled back, and its connection lent again', async (t) => {
  const { db, fake, telemetry } = openDatabase(t);
  const work = db.$transaction(async () => {
    throw new RangeError('no');
  });
  await assert.rejects(work, RangeError);
  assert.deepEqual(fake.summaries, ['BEGIN', 'ROLLBACK']);
  const transaction = telemetry.spans.find((span) => span.name === 'transaction');
  assert.deepEqual([transaction?.status.code, transaction?.attributes['error.type']], [2, 'RangeError']);
  assert.deepEqual([db.pool.idle, db.pool.used], [1, 0]);
});

test('a connection that cannot be rolled back is closed', async (t) => {
  const { db, fake } = openDatabase(t);
  fake.answer = ({ text }) => {
    if (text === 'ROLLBACK') throw Object.assign(new Error('gone'), { code: '57P01' });
    return undefined;
  };
  const work = db.$transaction(async () => {
    throw new RangeError('no');
  });
  await assert.rejects(work, RangeError);
  assert.equal(fake.open.size, 0);
});

test('a transaction that takes too long is rolled back, and what its work still does fails', async (t) => {
  const { db, fake } = openDatabase(t);
  let resume: () => void = () => undefined;
  let late: unknown;
  const work = db.$transaction(
    async (tx) => {
      await new Promise<void>((resolve) => {
        resume = resolve;
      });
      await tx.workflow.count().catch((error: unknown) => {
        late = error;
      });
    },
    { timeoutMs: 5 },
  );
  await assert.rejects(work, TransactionTimeoutError);
  resume();
  await new Promise((resolve) => setImmediate(resolve));
  assert.match(String(late), /returned already/);
  assert.deepEqual(fake.summaries, ['BEGIN', 'ROLLBACK']);
  assert.equal(db.pool.idle, 1);
});

test('transactions that ran long are reported once for each request', async (t) => {
  const { db, telemetry } = openDatabase(t);
  const realNow = performance.now.bind(performance);
  let aheadMs = 0;
  t.mock.method(performance, 'now', () => realNow() + aheadMs);
  const request = withRequest(ROOT_CONTEXT, createRequestContext('r-1', '/api/workflows/import'));
  await context.with(request, () =>
    Promise.all(
      [1, 2, 3].map(() =>
        db.$transaction(async (tx) => {
          await tx.workflow.count();
          aheadMs = 24_600;
        }),
      ),
    ),
  );
  const [line, ...more] = telemetry.lines;
  assert.equal(more.length, 0);
  assert.deepEqual(
    [line?.event, line?.level, line?.message],
    ['transaction.long', 'warn', 'Long-running transaction: 25s'],
  );
  assert.deepEqual([line?.route, line?.request_id], ['/api/workflows/import', 'r-1']);
});

test('transactions of ordinary length are not reported', async (t) => {
  const { db, telemetry } = openDatabase(t);
  await db.$transaction(async (tx) => {
    await tx.workflow.count();
  });
  assert.deepEqual(telemetry.lines, []);
});

const ns = ([seconds, nanos]: HrTime) => BigInt(seconds) * 1_000_000_000n + BigInt(nanos);

test('spans lie within their parents to the microsecond', async (t) => {
  const { db, telemetry, tracing } = openDatabase(t);
  await tracing.inSpan('request', {}, async () => {
    await db.$transaction(async (tx) => {
      for (let i = 0; i < 50; i++) await tx.workflow.count();
    });
  });
  const byId = new Map<string, ReadableSpan>(
    telemetry.spans.map((span) => [span.spanContext().spanId, span]),
  );
  for (const span of telemetry.spans) {
    assert.equal(span.startTime[1] % 1000, 0);
    assert.equal(span.endTime[1] % 1000, 0);
    const parent = byId.get(span.parentSpanContext?.spanId ?? '');
    if (!parent) continue;
    assert.ok(
      ns(span.startTime) >= ns(parent.startTime) && ns(span.endTime) <= ns(parent.endTime),
      span.name,
    );
  }
});

test('waiting checkouts are told of once a second, by how many and how long', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const { db, telemetry } = openDatabase(t, { max: 1 });
  await db.start();
  t.mock.timers.tick(1000);
  assert.deepEqual(telemetry.lines, [], 'nobody waits');
  let finish: () => void = () => undefined;
  const holder = db.$connection(
    () =>
      new Promise<void>((resolve) => {
        finish = resolve;
      }),
  );
  const waiters = [db.workflow.count(), db.workflow.count()];
  await new Promise((resolve) => setImmediate(resolve));
  t.mock.timers.tick(2000);
  assert.deepEqual(
    telemetry.lines.map(({ event, level, used, max, waiting }) => ({ event, level, used, max, waiting })),
    Array.from({ length: 2 }, () => ({
      event: 'pool.saturated',
      level: 'warn',
      used: 1,
      max: 1,
      waiting: 2,
    })),
  );
  finish();
  await Promise.all([holder, ...waiters]);
  t.mock.timers.tick(1000);
  assert.equal(telemetry.lines.length, 2);
});

test('the trace of a request is not lost over a wait for a connection', async (t) => {
  const { db, tracing, telemetry } = openDatabase(t, { max: 1 });
  await Promise.all(
    ['one', 'two', 'three'].map((name) =>
      tracing.inSpan(name, {}, async (span) => {
        await db.$connection(async (session) => {
          await session.workflow.count();
          assert.equal(trace.getActiveSpan(), span);
        });
      }),
    ),
  );
  for (const span of telemetry.spans.filter(({ name }) => name === 'SELECT workflows')) {
    assert.equal(telemetry.traceOf(span.spanContext().traceId).length, 3);
  }
});
