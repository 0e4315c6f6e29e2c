import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SpanKind } from '@opentelemetry/api';
import { listen } from '../../src/lib/listen.js';
import { addTenant, addWorkflow, type TestTenant } from '../support/fixtures.js';
import { eventually } from '../support/network.js';
import { startPostgres, type TestPostgres } from '../support/postgres.js';
import { type StandIns, startStandIns } from '../support/stand-ins.js';
import { applyMigrations } from '../support/system.js';
import { serviceOf, TelemetryRecorder } from '../support/telemetry.js';
import { type RunningService, startWorker } from '../support/worker.js';

const telemetry = new TelemetryRecorder();
let postgres: TestPostgres;
let standIns: StandIns;
let worker: RunningService;
let tenant: TestTenant;

before(async () => {
  [postgres, standIns] = await Promise.all([startPostgres(), startStandIns()]);
  await applyMigrations(postgres);
  tenant = await addTenant(postgres);
  worker = await startWorker(environment(), telemetry);
});

after(async () => {
  await worker?.stop();
  await standIns?.stop();
  await postgres?.stop();
});

function environment() {
  return { DATABASE_URL: postgres.url, ...standIns.env, SCHEDULER_INTERVAL_MS: '50', WORKER_POOL_MIN: '1' };
}

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  const response = await fetch(worker.url + path, { method, headers, body: text });
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  return { status: response.status, headers: response.headers, body: (await response.json()) as any };
}

interface StepLike {
  readonly key: string;
  readonly kind: string;
  readonly dependsOn?: readonly string[];
  readonly config?: Readonly<Record<string, unknown>>;
}

async function plan(steps: readonly StepLike[], changes: Readonly<Record<string, unknown>> = {}) {
  return {
    workflowId: await addWorkflow(postgres, tenant),
    tenantId: tenant.id,
    version: 1,
    priority: 'normal',
    notifyOnFailure: null,
    steps: steps.map((step) => ({ dependsOn: [], config: {}, endpoint: null, credentialId: null, ...step })),
    ...changes,
  };
}

async function execute(steps: readonly StepLike[], changes?: Readonly<Record<string, unknown>>) {
  const request = { plan: await plan(steps, changes), startedBy: tenant.adminId, input: { total: 7 } };
  const { status, body } = await call('POST', '/executions', request);
  assert.equal(status, 202);
  return eventually('the execution has ended', async () => {
    const answer = await call('GET', `/executions/${body.executionId}`);
    return ['succeeded', 'failed'].includes(answer.body.status) && answer.body;
  });
}

/** Stores a job as an earlier process could have, and waits until it was run. */
async function runStoredJob(type: string, stored: StoredJob = {}) {
  const { tenantId = null, payload = {}, runAt = new Date(), attempts = 0 } = stored;
  const id = crypto.randomUUID();
  await postgres.query(
    `INSERT INTO jobs (id, tenant_id, type, payload, status, attempts, run_at)
     VALUES ($1, $2, $3, $4, 'queued', $5, $6)`,
    [id, tenantId, type, payload, attempts, runAt],
  );
  return eventually(`the job ${type} has been tried`, async () => {
    const [tried] = await postgres.query<{
      id: string;
      status: string;
      attempts: number;
      error: string | null;
    }>('SELECT id, status, attempts, error FROM jobs WHERE id = $1', [id]);
    return tried && tried.attempts > attempts && tried.status !== 'running' && tried;
  });
}

interface StoredJob {
  readonly tenantId?: string | null;
  readonly payload?: unknown;
  readonly runAt?: Date;
  readonly attempts?: number;
}

test('an execution runs its steps, and leaves out what is behind a branch that was not taken', async () => {
  const ended = await execute([
    { key: 'shape', kind: 'transform', config: { set: { amount: 'input.total' } } },
    { key: 'big', kind: 'branch', dependsOn: ['shape'], config: { path: 'steps.shape.amount', equals: 8 } },
    {
      key: 'escalate',
      kind: 'notify',
      dependsOn: ['big'],
      config: { channel: 'in-app', to: tenant.adminId },
    },
    { key: 'wait', kind: 'delay', config: { ms: 1 } },
    { key: 'after', kind: 'transform', dependsOn: ['escalate'] },
  ]);
  assert.equal(ended.status, 'succeeded');
  assert.deepEqual([ended.stepsDone, ended.stepsTotal], [3, 5]);
  const rows = await postgres.query<{ step_key: string; status: string }>(
    'SELECT step_key, status FROM execution_steps WHERE execution_id = $1 ORDER BY started_at',
    [ended.executionId],
  );
  assert.deepEqual(
    rows.map((row) => `${row.step_key} ${row.status}`),
    ['shape succeeded', 'big succeeded', 'wait succeeded'],
  );
  const recent = await call('GET', `/executions?workflowId=${ended.workflowId}`);
  assert.deepEqual(recent.body.executions, [ended]);
});

test('a failed step ends the execution, and its owner gets a mail', async () => {
  const ended = await execute(
    [
      { key: 'fetch', kind: 'http' },
      { key: 'never', kind: 'transform' },
    ],
    {
      notifyOnFailure: 'owner@example.com',
    },
  );
  assert.equal(ended.status, 'failed');
  assert.equal(ended.stepsDone, 0);
  const [step] = await postgres.query<{ error: string }>(
    'SELECT error FROM execution_steps WHERE execution_id = $1',
    [ended.executionId],
  );
  assert.equal(step?.error, 'the step has no connector');
  await eventually('the mail was sent', async () => {
    const [mail] = await postgres.query(
      `SELECT id FROM notifications WHERE template = 'execution-failed' AND status = 'sent'`,
    );
    return mail;
  });
});

test('an execution of an earlier process is read from the database', async () => {
  const workflowId = await addWorkflow(postgres, tenant);
  const id = crypto.randomUUID();
  await postgres.query(
    `INSERT INTO executions (id, tenant_id, workflow_id, status) VALUES ($1, $2, $3, 'succeeded')`,
    [id, tenant.id, workflowId],
  );
  const { status, body } = await call('GET', `/executions/${id}`);
  assert.deepEqual([status, body.status, body.workflowId], [200, 'succeeded', workflowId]);
});

test('what cannot be run is refused, with a stable code and the request id', async () => {
  const broken = await call('POST', '/executions', '{', { 'x-request-id': 'abc' });
  assert.deepEqual(
    [broken.status, broken.body.error.code, broken.body.error.request_id],
    [400, 'invalid_json', 'abc'],
  );
  const disordered = await plan([
    { key: 'b', kind: 'delay', dependsOn: ['a'] },
    { key: 'a', kind: 'delay' },
  ]);
  const request = { plan: disordered, startedBy: tenant.adminId, input: {} };
  const refused = await call('POST', '/executions', request);
  assert.deepEqual([refused.status, refused.body.error.code], [422, 'invalid_request']);
  assert.match(JSON.stringify(refused.body.error.details), /plan\.steps.*must come after/);
  const unknown = await call('GET', `/executions/${crypto.randomUUID()}`);
  assert.deepEqual([unknown.status, unknown.body.error.code], [404, 'execution_not_found']);
  const strange = await call('POST', '/jobs', { type: 'session-cleanup', tenantId: tenant.id, payload: {} });
  assert.equal(strange.status, 422);
  const address = { tenantId: tenant.id, channel: 'email', template: 'x', to: 'nowhere', data: {} };
  assert.equal((await call('POST', '/notifications', address)).status, 422);
});

test('the trace of an execution is linked to its request, and reaches the other services by their calls', async () => {
  const to = tenant.adminId;
  await execute([{ key: 'tell', kind: 'notify', config: { channel: 'in-app', to } }]);
  const root = telemetry.spans.filter((span) => span.name === 'execution').at(-1);
  assert.ok(root);
  assert.equal(root.kind, SpanKind.CONSUMER);
  assert.equal(root.parentSpanContext, undefined);
  const asked = telemetry.spans.find((span) => span.spanContext().spanId === root.links[0]?.context.spanId);
  assert.deepEqual([asked?.name, asked && serviceOf(asked)], ['POST /executions', 'workflow-engine']);

  const trace = telemetry.traceOf(root.spanContext().traceId);
  const server = trace.find((span) => span.name === 'POST /notifications');
  assert.ok(server);
  assert.equal(serviceOf(server), 'notification-service');
  const client = trace.find((span) => span.spanContext().spanId === server.parentSpanContext?.spanId);
  assert.deepEqual(
    [client?.name, client && serviceOf(client)],
    ['POST notification-service', 'workflow-engine'],
  );
  const statement = trace.find((span) => span.name === 'INSERT notifications');
  assert.equal(statement && serviceOf(statement), 'notification-service');
});

test('a scheduled report is written and mailed', async () => {
  const templateId = crypto.randomUUID();
  await postgres.query(
    'INSERT INTO report_templates (id, tenant_id, name, owner_id) VALUES ($1, $2, $3, $4)',
    [templateId, tenant.id, 'Weekly', tenant.adminId],
  );
  const sections = [
    { metric: 'records', dataset: 'Orders', records: 12 },
    { metric: 'users', dataset: null, records: 0 },
  ];
  const payload = { plan: { templateId, name: 'Weekly', sections }, recipients: ['boss@example.com'] };
  const { status, body } = await call('POST', '/jobs', {
    type: 'scheduled-report',
    tenantId: tenant.id,
    payload,
  });
  assert.equal(status, 202);
  await eventually('the mail was sent', async () => {
    const [mail] = await postgres.query(
      `SELECT id FROM notifications WHERE template = 'report-ready' AND payload->>'reportId' = $1 AND status = 'sent'`,
      [body.jobId],
    );
    return mail;
  });
  const [report] = await postgres.query<{ content: unknown; kind: string }>(
    'SELECT kind, content FROM reports WHERE id = $1',
    [body.jobId],
  );
  assert.deepEqual(report, {
    kind: 'Weekly',
    content: {
      sections: [
        { metric: 'records', dataset: 'Orders', value: 12 },
        { metric: 'users', dataset: null, value: 1 },
      ],
    },
  });
});

test('usage is charged once: a second run finds nothing to charge', async () => {
  await postgres.query(
    `INSERT INTO usage_counters (tenant_id, metric, period, value) VALUES ($1, 'executions', '2026-02', 120)`,
    [tenant.id],
  );
  const runAt = new Date('2026-03-10T08:00:00Z');
  assert.equal((await runStoredJob('usage-billing', { runAt })).status, 'succeeded');
  const charged = await postgres.query(
    `SELECT id FROM audit_entries WHERE action = 'billing.charged.2026-02'`,
  );
  assert.equal(charged.length, 1);
  assert.equal(telemetry.linesOf('billing.completed').length, 1);
  assert.equal((await runStoredJob('usage-billing', { runAt })).status, 'succeeded');
  assert.equal(telemetry.linesOf('billing.completed').length, 1);
});

test('a job that fails is put back in line for later, and given up after its last attempt', async () => {
  await postgres.query(
    `INSERT INTO usage_counters (tenant_id, metric, period, value) VALUES ($1, 'executions', '2026-03', 5)`,
    [tenant.id],
  );
  const runAt = new Date('2026-04-10T08:00:00Z');
  standIns.payment.down = true;
  const first = await runStoredJob('usage-billing', { runAt });
  assert.deepEqual([first.status, first.attempts], ['queued', 1]);
  assert.match(String(first.error), /payment-gateway did not answer \(503\)/);
  assert.ok(!telemetry.linesOf('job.failed').some((line) => line.job_id === first.id));
  const last = await runStoredJob('usage-billing', { runAt, attempts: 2 });
  standIns.payment.down = false;
  assert.deepEqual([last.status, last.attempts], ['failed', 3]);
  assert.ok(telemetry.linesOf('job.failed').some((line) => line.job_id === last.id));
});

test('each reader of the digest gets it in one slot of the day', async () => {
  const readers = ['00000000', '80000000', 'ffffffff'].map((prefix) => prefix + crypto.randomUUID().slice(8));
  for (const [index, id] of readers.entries()) {
    await postgres.query(
      `INSERT INTO users (id, tenant_id, email, name, role) VALUES ($1, $2, $3, 'Reader', 'viewer')`,
      [id, tenant.id, `reader${index}@example.com`],
    );
    await postgres.query(`INSERT INTO user_preferences (user_id, key, value) VALUES ($1, 'digest', $2)`, [
      id,
      index === 2 ? 'weekly' : 'daily',
    ]);
  }
  const digestsAt = async (time: string) => {
    await postgres.query(`DELETE FROM notifications WHERE template = 'activity-digest'`);
    await runStoredJob('activity-digest', { runAt: new Date(time) });
    const sent = await postgres.query<{ frequency: string }>(
      `SELECT payload->>'frequency' AS frequency FROM notifications WHERE template = 'activity-digest'`,
    );
    return sent.map(({ frequency }) => frequency);
  };
  const [tuesday, monday] = ['2026-03-03', '2026-03-02'];
  assert.deepEqual(await digestsAt(`${tuesday}T00:02:00Z`), ['daily']);
  assert.deepEqual(await digestsAt(`${tuesday}T12:04:59Z`), ['daily']);
  assert.deepEqual(await digestsAt(`${tuesday}T12:05:00Z`), []);
  assert.deepEqual(await digestsAt(`${tuesday}T23:58:00Z`), []);
  assert.deepEqual(await digestsAt(`${monday}T23:58:00Z`), ['weekly']);
});

test('session clean-up removes revoked and idle sessions only', async () => {
  const add = (lastSeen: string, revoked: string | null) =>
    postgres.query(
      `INSERT INTO user_sessions (id, user_id, last_seen_at, revoked_at)
       VALUES ($1, $2, now() - $3::interval, now() - $4::interval)`,
      [crypto.randomUUID(), tenant.adminId, lastSeen, revoked],
    );
  await add('1 minute', null);
  await add('40 days', null);
  await add('3 hours', '2 hours');
  await add('3 hours', '1 minute');
  assert.equal((await runStoredJob('session-cleanup')).status, 'succeeded');
  const [left] = await postgres.query<{ count: number }>('SELECT count(*)::int AS count FROM user_sessions');
  assert.equal(left?.count, 2);
  assert.ok(telemetry.linesOf('session.cleanup').length >= 4);
});

test('a data set is brought up to date from its source, page by page', async (t) => {
  const asked: string[] = [];
  const source = await listen(
    {
      fetch(request) {
        const { searchParams } = new URL(request.url);
        asked.push(searchParams.toString());
        return searchParams.has('cursor')
          ? Response.json({ records: [{ key: 'c', total: 3 }] })
          : Response.json({ records: [{ key: 'a', total: 1, iban: 'DE00' }, { key: 'b' }], next: 'p2' });
      },
    },
    0,
  );
  t.after(() => source.close());
  const datasetId = crypto.randomUUID();
  await postgres.query(
    `INSERT INTO datasets (id, tenant_id, name, connector) VALUES ($1, $2, 'Orders', 'crm')`,
    [datasetId, tenant.id],
  );
  const plan = {
    datasetId,
    endpoint: `http://127.0.0.1:${source.port}/`,
    fields: [
      { name: 'amount', sourcePath: 'total', rules: [{ kind: 'required' }] },
      { name: 'account', sourcePath: 'iban', rules: [{ kind: 'mask' }] },
    ],
  };
  const job = await runStoredJob('dataset-sync', { tenantId: tenant.id, payload: { plan, full: false } });
  assert.equal(job.status, 'succeeded');
  assert.deepEqual(asked, ['', 'cursor=p2']);
  const records = await postgres.query<{ key: string; payload: unknown }>(
    'SELECT key, payload FROM dataset_records WHERE dataset_id = $1 ORDER BY key',
    [datasetId],
  );
  assert.deepEqual(records, [
    { key: 'a', payload: { amount: 1, account: '***' } },
    { key: 'c', payload: { amount: 3, account: '***' } },
  ]);
  const [dataset] = await postgres.query<{ row_count: number; synced_at: Date | null }>(
    'SELECT row_count, synced_at FROM datasets WHERE id = $1',
    [datasetId],
  );
  assert.equal(dataset?.row_count, 2);
  assert.ok(dataset.synced_at);
});

test('usage is counted again, tenant by tenant, with its progress in the log', async () => {
  const workflowId = await addWorkflow(postgres, tenant);
  await postgres.query(
    `INSERT INTO executions (id, tenant_id, workflow_id, status, started_at) VALUES ($1, $2, $3, 'succeeded', '2031-05-04')`,
    [crypto.randomUUID(), tenant.id, workflowId],
  );
  const id = crypto.randomUUID();
  await postgres.query(
    `INSERT INTO jobs (id, type, payload, status, run_at) VALUES ($1, 'usage-report', '{}', 'queued', now())`,
    [id],
  );
  await eventually('progress is reported', async () => telemetry.linesOf('report.progress').length > 0);
  const [line] = telemetry.linesOf('report.progress');
  assert.match(String(line?.message), /^Usage report: 1 of 1 tenants counted$/);
});

test('a slow e-mail gets a warning, one that is refused is marked as failed', async () => {
  const notification = {
    tenantId: tenant.id,
    channel: 'email',
    template: 'slow',
    to: 'a@example.com',
    data: {},
  };
  standIns.email.delayMs = [2100, 2100];
  await call('POST', '/notifications', notification);
  await eventually('the warning is there', async () => telemetry.linesOf('email.slow').length > 0);
  standIns.email.delayMs = [0, 0];
  standIns.email.down = true;
  const { body } = await call('POST', '/notifications', { ...notification, template: 'refused' });
  await eventually('it is marked', async () => {
    const [row] = await postgres.query<{ status: string }>('SELECT status FROM notifications WHERE id = $1', [
      body.notificationId,
    ]);
    return row?.status === 'failed';
  });
  standIns.email.down = false;
  const failed = telemetry.linesOf('notification.failed');
  assert.ok(failed.some((line) => line.notification_id === body.notificationId));
});

test('stopping puts a running job back in line, ends executions and closes every connection', async () => {
  const other = await startWorker(environment(), telemetry);
  await worker.stop();
  worker = other;
  const id = crypto.randomUUID();
  await postgres.query(
    `INSERT INTO jobs (id, type, payload, status, run_at) VALUES ($1, 'usage-report', '{}', 'queued', now())`,
    [id],
  );
  const statusOf = async (table: string, row: string) => {
    const [found] = await postgres.query<{ status: string }>(`SELECT status FROM ${table} WHERE id = $1`, [
      row,
    ]);
    return found?.status;
  };
  await eventually('the job runs', async () => (await statusOf('jobs', id)) === 'running');
  const request = {
    plan: await plan([{ key: 'wait', kind: 'delay', config: { ms: 60_000 } }]),
    startedBy: tenant.adminId,
    input: {},
  };
  const { body } = await call('POST', '/executions', request);
  await eventually(
    'the execution runs',
    async () => (await statusOf('executions', body.executionId)) === 'running',
  );
  await worker.stop();
  assert.equal(await statusOf('jobs', id), 'queued');
  assert.equal(await statusOf('executions', body.executionId), 'failed');
  const sessions = await postgres.query(`SELECT pid FROM pg_stat_activity WHERE application_name = 'worker'`);
  assert.deepEqual(sessions, []);
});
