import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SpanStatusCode } from '@opentelemetry/api';
import { addTenant, type TestTenant } from '../support/fixtures.js';
import { eventually } from '../support/network.js';
import { type Answer, type System, startSystem } from '../support/system.js';
import { childrenOf, type LogLine } from '../support/telemetry.js';

const POOL_MAX = 6;

let system: System;
let tenant: TestTenant;
let held: readonly Session[];
let metricsMeanwhile: string;
let readMeanwhile: Answer;
let writeMeanwhile: Answer;
let cachedMeanwhile: Answer;
let imports: readonly Answer[];

interface Session {
  readonly state: string;
  readonly query: string;
}

/** Two imports of four workflows each, while validation takes its time: eight transactions for six connections. */
before(async () => {
  system = await startSystem({ API_POOL_MAX: String(POOL_MAX), POOL_ACQUIRE_TIMEOUT_MS: '400' });
  tenant = await addTenant(system.postgres);
  await call('GET', '/api/workflows');
  system.standIns.validation.delayMs = [3000, 3000];
  const underWay = [importBundle('a'), importBundle('b')];
  held = await eventually('every connection is held', async () => {
    const sessions = await sessionsInTransaction();
    const waiting = sessions.filter(({ query }) => query.startsWith('INSERT INTO workflow_steps'));
    return waiting.length === POOL_MAX && waiting;
  });
  [readMeanwhile, writeMeanwhile, cachedMeanwhile, metricsMeanwhile] = await Promise.all([
    call('GET', '/api/workflows?page=2'),
    call('POST', '/api/workflows', { name: 'Other', steps: [{ key: 'wait', kind: 'delay' }] }),
    call('GET', '/api/workflows'),
    metrics(),
  ]);
  imports = await Promise.all(underWay);
});

after(() => system?.stop());

function call(method: string, path: string, body?: unknown): Promise<Answer> {
  return system.call(method, path, { token: `admin.${tenant.adminId}.${tenant.id}`, body });
}

function importBundle(prefix: string): Promise<Answer> {
  const steps = [
    { key: 'shape', kind: 'transform' },
    { key: 'wait', kind: 'delay', dependsOn: ['shape'] },
    { key: 'check', kind: 'branch', dependsOn: ['wait'], config: { path: 'input.total', equals: 7 } },
  ];
  const workflows = [1, 2, 3, 4].map((number) => ({ name: `${prefix}-${number}`, steps }));
  return call('POST', '/api/workflows/import', { workflows });
}

function sessionsInTransaction(): Promise<Session[]> {
  return system.postgres.query<Session>(
    `SELECT state, query FROM pg_stat_activity WHERE application_name = 'api' AND xact_start IS NOT NULL
     AND state = 'idle in transaction'`,
  );
}

async function metrics(): Promise<string> {
  const { body } = await system.call('GET', '/metrics');
  return body;
}

function sample(exposition: string, series: string): number | undefined {
  const line = exposition.split('\n').find((candidate) => candidate.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length).split(' ')[1]);
}

function rootOf(answer: Answer) {
  const requestId = answer.headers.get('x-request-id');
  const line = system.telemetry
    .linesOf('request.completed')
    .find(({ request_id }) => request_id === requestId);
  const root = system.telemetry.spans.find((span) => span.spanContext().spanId === line?.span_id);
  assert.ok(root);
  return { root, trace: system.telemetry.traceOf(root.spanContext().traceId) };
}

function lineOf(event: string, answer: Answer): LogLine | undefined {
  const requestId = answer.headers.get('x-request-id');
  return system.telemetry.linesOf(event).find((line) => line.request_id === requestId);
}

test('meanwhile every connection is idle in transaction, and says for which route', () => {
  assert.equal(held.length, POOL_MAX);
  for (const { query } of held) {
    assert.match(
      query,
      /^INSERT INTO workflow_steps .*route='%2Fapi%2Fworkflows%2Fimport',traceparent='00-\w{32}-\w{16}-01'/s,
    );
  }
});

test('a read that gets no connection is answered by 504', () => {
  const { status, body } = readMeanwhile;
  assert.deepEqual(
    [status, body.error.code, body.error.message],
    [504, 'request_timeout', 'Request timeout'],
  );
});

test('a write that gets no connection is answered by 503, and when to come again', () => {
  const { status, body, headers } = writeMeanwhile;
  const { code, message } = body.error;
  assert.deepEqual([status, code, message], [503, 'database_unavailable', 'Database unavailable']);
  assert.match(String(headers.get('retry-after')), /^\d+$/);
});

test('what needs no database is answered as ever', () => {
  assert.equal(cachedMeanwhile.status, 200);
});

test('the metrics show the pool as it was', () => {
  assert.equal(sample(metricsMeanwhile, 'database_connection_pool_utilization'), 1);
  assert.equal(
    sample(metricsMeanwhile, 'database_active_connections{state="idle in transaction"}'),
    POOL_MAX,
  );
  assert.equal(sample(metricsMeanwhile, 'database_active_connections{state="active"}'), 0);
  assert.ok(Number(sample(metricsMeanwhile, 'connection_pool_queue_depth')) >= 2);
  assert.equal(sample(metricsMeanwhile, 'db_client_connection_count{state="used"}'), POOL_MAX);
});

test('each timeout has one line with its stack, and its trace ends in the wait that failed', () => {
  for (const answer of [readMeanwhile, writeMeanwhile]) {
    const line = lineOf('request.timeout', answer);
    assert.ok(line);
    assert.equal(line.level, 'error');
    assert.match(String(line.stack), /^PoolTimeoutError: [\s\S]*src\/lib\/database\//);
    const { root, trace } = rootOf(answer);
    assert.equal(line.trace_id, root.spanContext().traceId);
    assert.equal(root.status.code, SpanStatusCode.ERROR);
    const waits = trace.filter((span) => span.name === 'pool.connect');
    assert.deepEqual(
      waits.map((span) => [span.status.code, span.attributes['error.type']]),
      [[SpanStatusCode.ERROR, 'PoolTimeoutError']],
    );
  }
  assert.equal(system.telemetry.linesOf('request.timeout').length, 2);
});

test('a warning tells that the pool was saturated', () => {
  const [line] = system.telemetry.linesOf('pool.saturated');
  assert.deepEqual([line?.level, line?.service, line?.max], ['warn', 'api', POOL_MAX]);
});

test('the imports get through, and nothing is left half-done', async () => {
  assert.deepEqual(
    imports.map(({ status, body }) => [status, body.imported]),
    [
      [201, 4],
      [201, 4],
    ],
  );
  const rows = await system.postgres.query<{ status: string; workflows: number; steps: number }>(
    `SELECT status, count(*)::int AS workflows,
       sum((SELECT count(*) FROM workflow_steps s WHERE s.workflow_id = w.id))::int AS steps
     FROM workflows w GROUP BY status`,
  );
  assert.deepEqual(rows, [{ status: 'active', workflows: 8, steps: 24 }]);
});

test('an import has one validation call, and a transaction for each workflow that waits for its answer', () => {
  for (const answer of imports) {
    const { trace } = rootOf(answer);
    const calls = trace.filter((span) => span.name === 'POST validation-service');
    assert.equal(calls.length, 1);
    const transactions = trace.filter((span) => span.name === 'transaction');
    assert.equal(transactions.length, 4);
    for (const transaction of transactions) {
      const children = childrenOf(trace, transaction);
      assert.deepEqual(
        children.map((span) => span.name),
        [
          'BEGIN',
          'INSERT workflows',
          'INSERT workflow_steps',
          'workflow.validate',
          'UPDATE workflows',
          'COMMIT',
        ],
      );
      const statements = children.filter((span) => span.name !== 'workflow.validate');
      assert.equal(new Set(statements.map((span) => span.attributes['db.connection.id'])).size, 1);
      const [link] = children[3]?.links ?? [];
      assert.equal(link?.context.spanId, calls[0]?.spanContext().spanId);
    }
    assert.ok(lineOf('import.started', answer));
    assert.ok(lineOf('import.validating', answer));
  }
});

test('afterwards all recovers, and no connection is missing', async () => {
  assert.equal((await call('GET', '/api/workflows?page=2')).status, 200);
  const created = await call('POST', '/api/workflows', {
    name: 'Other',
    steps: [{ key: 'wait', kind: 'delay' }],
  });
  assert.equal(created.status, 201);
  assert.deepEqual(await sessionsInTransaction(), []);
  const exposition = await metrics();
  assert.equal(sample(exposition, 'database_connection_pool_utilization'), 0);
  assert.equal(sample(exposition, 'connection_pool_queue_depth'), 0);
  assert.equal(sample(exposition, 'db_client_connection_timeouts_total'), 2);
  const idle = sample(exposition, 'db_client_connection_count{state="idle"}');
  const sessions = await system.postgres.query(
    `SELECT pid FROM pg_stat_activity WHERE application_name = 'api'`,
  );
  assert.equal(sessions.length, idle);
});

test('stopping finishes an import that is under way, refuses what comes after, and closes every connection', async () => {
  system.standIns.validation.delayMs = [1000, 1000];
  const underWay = importBundle('c');
  await eventually(
    'the import holds its connections',
    async () => (await sessionsInTransaction()).length === 4,
  );
  const stopped = system.api.service.stop();
  const refused = await call('GET', '/api/workflows');
  assert.deepEqual([refused.status, refused.body.error.code], [503, 'shutting_down']);
  const answer = await underWay;
  assert.deepEqual([answer.status, answer.body.imported], [201, 4]);
  await stopped;
  const sessions = await system.postgres.query(
    `SELECT pid FROM pg_stat_activity WHERE application_name = 'api'`,
  );
  assert.deepEqual(sessions, []);
  const { trace } = rootOf(answer);
  assert.equal(trace.filter((span) => span.name === 'COMMIT').length, 4);
});
