import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SpanKind } from '@opentelemetry/api';
import { apiConfig } from '../../src/lib/config.js';
import { migrate } from '../../src/lib/database/migrations.js';
import { ordinaryOutside } from '../../src/lib/outside.js';
import { addTenant, addWorkflow, type TestTenant } from '../support/fixtures.js';
import { eventually } from '../support/network.js';
import { startPostgres, type TestPostgres } from '../support/postgres.js';
import { type StandIns, startStandIns } from '../support/stand-ins.js';
import { serviceOf, TelemetryRecorder } from '../support/telemetry.js';
import { type RunningService, startWorker } from '../support/worker.js';

const telemetry = new TelemetryRecorder();
let postgres: TestPostgres;
let standIns: StandIns;
let worker: RunningService;
let tenant: TestTenant;

before(async () => {
  [postgres, standIns] = await Promise.all([startPostgres(), startStandIns()]);
  const connection = await ordinaryOutside(apiConfig({ DATABASE_URL: postgres.url })).connect({
    applicationName: 'migrations',
  });
  await migrate(connection);
  await connection.end();
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
async function runStoredJob(
  type: string,
  { tenantId = null, payload = {}, runAt = new Date() }: StoredJob = {},
) {
  const id = crypto.randomUUID();
  await postgres.query(
    `INSERT INTO jobs (id, tenant_id, type, payload, status, run_at) VALUES ($1, $2, $3, $4, 'queued', $5)`,
    [id, tenantId, type, payload, runAt],
  );
  return eventually(`the job ${type} has been tried`, async () => {
    const [job] = await postgres.query<{
      id: string;
      status: string;
      attempts: number;
      error: string | null;
    }>('SELECT id, status, attempts, error FROM jobs WHERE id = $1', [id]);
    return job && job.attempts > 0 && job.status !== 'running' && job;
  });
}

interface StoredJob {
  readonly tenantId?: string | null;
  readonly payload?: unknown;
  readonly runAt?: Date;
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

test('a scheduled report is written once, and its owner is told', async () => {
  const templateId = crypto.randomUUID();
  await postgres.query(
    'INSERT INTO report_templates (id, tenant_id, name, owner_id) VALUES ($1, $2, $3, $4)',
    [templateId, tenant.id, 'Weekly', tenant.adminId],
  );
  await postgres.query(
    `INSERT INTO report_sections (id, template_id, position, metric) VALUES ($1, $2, 1, 'executions'), ($3, $2, 2, 'users')`,
    [crypto.randomUUID(), templateId, crypto.randomUUID()],
  );
  const { status, body } = await call('POST', '/jobs', {
    type: 'scheduled-report',
    tenantId: tenant.id,
    payload: { templateId },
  });
  assert.equal(status, 202);
  const report = await eventually('the report is there', async () => {
    const [row] = await postgres.query<{ content: { users: number }; kind: string }>(
      'SELECT kind, content FROM reports WHERE id = $1',
      [body.jobId],
    );
    return row;
  });
  assert.deepEqual([report.kind, report.content.users], ['Weekly', 1]);
  await eventually('its owner was told', async () => {
    const [row] = await postgres.query(
      `SELECT id FROM notifications WHERE user_id = $1 AND template = 'report-ready' AND status = 'sent'`,
      [tenant.adminId],
    );
    return row;
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

test('a job that fails is put back in line for later', async () => {
  await postgres.query(
    `INSERT INTO usage_counters (tenant_id, metric, period, value) VALUES ($1, 'executions', '2026-03', 5)`,
    [tenant.id],
  );
  standIns.payment.down = true;
  const job = await runStoredJob('usage-billing', { runAt: new Date('2026-04-10T08:00:00Z') }).finally(() => {
    standIns.payment.down = false;
  });
  assert.deepEqual([job.status, job.attempts], ['queued', 1]);
  assert.match(String(job.error), /payment-gateway did not answer \(503\)/);
  const line = telemetry.linesOf('job.failed').find((candidate) => candidate.job_id === job.id);
  assert.equal(line?.attempt, 1);
});

test('the digest goes to those who asked for this time of the day', async () => {
  await postgres.query(
    `INSERT INTO user_preferences (user_id, key, value) VALUES ($1, 'digest_at', '07:05')`,
    [tenant.adminId],
  );
  const digests = () => postgres.query(`SELECT id FROM notifications WHERE template = 'activity-digest'`);
  await runStoredJob('activity-digest', { runAt: new Date('2026-03-02T07:03:00Z') });
  assert.equal((await digests()).length, 0);
  await runStoredJob('activity-digest', { runAt: new Date('2026-03-02T07:07:30Z') });
  assert.equal((await digests()).length, 1);
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

test('a data set gets the number of its records', async () => {
  const datasetId = crypto.randomUUID();
  await postgres.query(
    `INSERT INTO datasets (id, tenant_id, name, connector) VALUES ($1, $2, 'Orders', 'crm')`,
    [datasetId, tenant.id],
  );
  await postgres.query(
    `INSERT INTO dataset_records (id, dataset_id, key, payload) VALUES ($1, $3, 'a', '{}'), ($2, $3, 'b', '{}')`,
    [crypto.randomUUID(), crypto.randomUUID(), datasetId],
  );
  const job = await runStoredJob('dataset-sync', { tenantId: tenant.id, payload: { datasetId } });
  assert.equal(job.status, 'succeeded');
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
