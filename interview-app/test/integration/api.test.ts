import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addTenant, addWorkflow, type TestTenant } from '../support/fixtures.js';
import { eventually } from '../support/network.js';
import { type Answer, type CallOptions, type System, startSystem } from '../support/system.js';

let system: System;
let tenant: TestTenant;

before(async () => {
  system = await startSystem();
  tenant = await addTenant(system.postgres);
});

after(() => system?.stop());

const token = (role = 'admin') => `${role}.${tenant.adminId}.${tenant.id}`;
const call = (method: string, path: string, body?: unknown, options: CallOptions = {}): Promise<Answer> =>
  system.call(method, path, { token: token(), body, ...options });

function definition(name: string, changes: Readonly<Record<string, unknown>> = {}) {
  return {
    name,
    steps: [
      { key: 'shape', kind: 'transform', config: { set: { total: 'input.total' } } },
      { key: 'wait', kind: 'delay', dependsOn: ['shape'], config: { ms: 1 } },
      { key: 'check', kind: 'branch', dependsOn: ['wait'], config: { path: 'input.total', equals: 7 } },
    ],
    ...changes,
  };
}

async function createWorkflow(name: string): Promise<string> {
  const created = await call('POST', '/api/workflows', definition(name));
  assert.equal(created.status, 201);
  return created.body.id;
}

async function addDataset(): Promise<string> {
  const id = crypto.randomUUID();
  const { postgres } = system;
  await postgres.query(
    `INSERT INTO connectors (id, tenant_id, key, endpoint) VALUES ($1, $2, $3, 'http://127.0.0.1:9/')`,
    [crypto.randomUUID(), tenant.id, `crm-${id.slice(0, 8)}`],
  );
  await postgres.query(
    `INSERT INTO datasets (id, tenant_id, name, connector) VALUES ($1, $2, 'Orders', $3)`,
    [id, tenant.id, `crm-${id.slice(0, 8)}`],
  );
  for (const key of ['a', 'b', 'c']) {
    await postgres.query(
      `INSERT INTO dataset_records (id, dataset_id, key, payload) VALUES ($1, $2, $3, '{"name": " Ann "}')`,
      [crypto.randomUUID(), id, key],
    );
  }
  return id;
}

test('health needs no token and no database', async () => {
  const { status, body, headers } = await system.call('GET', '/health');
  assert.deepEqual([status, body.status], [200, 'ok']);
  assert.ok(headers.get('x-request-id'));
});

test('workflows are created, listed, exported, executed and followed', async () => {
  const id = await createWorkflow('Invoices');
  const list = await call('GET', '/api/workflows');
  assert.deepEqual(
    list.body.items.map((item: { name: string; steps: number }) => [item.name, item.steps]),
    [['Invoices', 3]],
  );
  const found = await call('GET', '/api/workflows?status=active&search=invo&page=1');
  assert.equal(found.body.total, 1);
  assert.equal((await call('GET', '/api/workflows?search=100%25')).body.total, 0);

  const exported = await call('GET', `/api/workflows/${id}/export`);
  assert.match(String(exported.headers.get('content-disposition')), /Invoices-v1\.json/);
  assert.deepEqual(
    exported.body.workflow.steps.map((step: { key: string }) => step.key),
    ['shape', 'wait', 'check'],
  );

  const started = await call('POST', `/api/workflows/${id}/execute`, { input: { total: 7 } });
  assert.equal(started.status, 202);
  const recent = await eventually('the execution has ended', async () => {
    const status = await call('GET', `/api/workflows/${id}/status`);
    assert.equal(status.status, 200);
    const [newest] = status.body.recent;
    return newest?.finishedAt && newest;
  });
  assert.deepEqual(
    [recent.executionId, recent.status, recent.stepsDone],
    [started.body.executionId, 'succeeded', 3],
  );
});

test('a list is up to date after every write of the same tenant', async () => {
  const before = await call('GET', '/api/workflows');
  await createWorkflow('Reminders');
  const afterwards = await call('GET', '/api/workflows');
  assert.equal(afterwards.body.total, before.body.total + 1);
});

test('a bundle is imported, every workflow with its own verdict', async () => {
  const trailingDelay = { steps: [{ key: 'wait', kind: 'delay' }] };
  const bundle = { workflows: [definition('Good'), definition('Bad', trailingDelay)] };
  const { status, body } = await call('POST', '/api/workflows/import', bundle);
  assert.equal(status, 201);
  assert.deepEqual(
    body.workflows.map((workflow: { name: string; status: string }) => [workflow.name, workflow.status]),
    [
      ['Good', 'active'],
      ['Bad', 'invalid'],
    ],
  );
  const [bad] = await system.postgres.query<{ status: string; validation_issues: { code: string }[] }>(
    `SELECT status, validation_issues FROM workflows WHERE name = 'Bad'`,
  );
  assert.deepEqual([bad?.status, bad?.validation_issues[0]?.code], ['invalid', 'trailing_delay']);
  const id = body.workflows[1].id;
  const refused = await call('POST', `/api/workflows/${id}/execute`, {});
  assert.deepEqual([refused.status, refused.body.error.code], [409, 'workflow_not_active']);
});

test('with the validation service down, a bundle is imported as invalid, with all its steps', async () => {
  system.standIns.validation.down = true;
  const bundle = { workflows: ['Down 1', 'Down 2', 'Down 3'].map((name) => definition(name)) };
  const { status, body } = await call('POST', '/api/workflows/import', bundle).finally(() => {
    system.standIns.validation.down = false;
  });
  assert.equal(status, 201);
  assert.deepEqual(
    body.workflows.map((workflow: { status: string; issues: { code: string }[] }) => [
      workflow.status,
      workflow.issues[0]?.code,
    ]),
    [1, 2, 3].map(() => ['invalid', 'validation_unavailable']),
  );
  const rows = await system.postgres.query<{ status: string; steps: number }>(
    `SELECT status, (SELECT count(*)::int FROM workflow_steps s WHERE s.workflow_id = w.id) AS steps
     FROM workflows w WHERE name LIKE 'Down %'`,
  );
  assert.deepEqual(
    rows,
    [1, 2, 3].map(() => ({ status: 'invalid', steps: 3 })),
  );
});

test('users are created, read, changed and removed', async () => {
  const { teamId } = tenant;
  const body = { email: 'Bea@Example.com', name: 'Bea', role: 'editor', teamIds: [teamId] };
  const created = await call('POST', '/api/users', body);
  assert.deepEqual([created.status, created.body.email], [201, 'bea@example.com']);
  const path = `/api/users/${created.body.id}`;
  const profile = await call('GET', path);
  assert.deepEqual(
    [profile.body.name, profile.body.teams[0]?.members, profile.body.preferences.locale],
    ['Bea', 1, 'en'],
  );
  const changes = { name: 'Beatrix', role: 'viewer', preferences: { digest: 'daily' } };
  assert.equal((await call('PATCH', path, changes)).status, 200);
  const changed = await call('GET', path);
  assert.deepEqual(
    [changed.body.name, changed.body.role, changed.body.preferences.digest],
    ['Beatrix', 'viewer', 'daily'],
  );
  const again = await call('POST', '/api/users', body);
  assert.deepEqual([again.status, again.body.error.code], [409, 'user_exists']);
  assert.equal((await call('DELETE', path)).status, 204);
  assert.equal((await call('GET', path)).status, 404);
  const [team] = await system.postgres.query<{ member_count: number }>(
    'SELECT member_count FROM teams WHERE id = $1',
    [teamId],
  );
  assert.equal(team?.member_count, 0);
  await eventually('the welcome message was sent', async () => {
    const [sent] = await system.postgres.query(
      `SELECT id FROM notifications WHERE template = 'welcome' AND status = 'sent'`,
    );
    return sent;
  });
});

test('the dashboard counts what was executed', async () => {
  const id = await addWorkflow(system.postgres, tenant);
  await system.postgres.query(
    `INSERT INTO executions (id, tenant_id, workflow_id, status, started_at) VALUES ($1, $2, $3, 'failed', '2026-01-03T12:00:00Z')`,
    [crypto.randomUUID(), tenant.id, id],
  );
  const { status, body } = await call('GET', '/api/dashboard?from=2026-01-01&to=2026-01-08');
  assert.equal(status, 200);
  const bars: readonly { from: string; failed: number }[] = body.executions;
  const expected = bars.findLastIndex(({ from }) => from <= '2026-01-03T12:00:00.000Z');
  assert.deepEqual(
    bars.map(({ failed }) => failed),
    bars.map((_, index) => (index === expected ? 1 : 0)),
  );
  assert.equal((await call('GET', '/api/dashboard?range=7d')).status, 200);
  assert.equal((await call('GET', '/api/dashboard?from=2026-01-08&to=2026-01-01')).status, 422);
});

test('a data set is transformed batch by batch, and its synchronisation queued', async () => {
  const datasetId = await addDataset();
  const recipe = [
    { kind: 'trim', field: 'name' },
    { kind: 'rename', field: 'name', to: 'who' },
  ];
  const transformed = await call('POST', '/api/data/transform', { datasetId, recipe });
  assert.deepEqual([transformed.status, transformed.body.records, transformed.body.nextKey], [200, 3, null]);
  const [record] = await system.postgres.query<{ payload: unknown }>(
    `SELECT payload FROM dataset_records WHERE dataset_id = $1 AND key = 'a'`,
    [datasetId],
  );
  assert.deepEqual(record?.payload, { who: 'Ann' });
  const tried = await call('POST', '/api/data/transform', { recipe, records: [{ name: ' Bob' }] });
  assert.deepEqual(tried.body.records, [{ who: 'Bob' }]);

  const queued = await call('POST', '/api/data/sync', { datasetId });
  assert.equal(queued.status, 202);
  await eventually('the worker has tried it', async () => {
    const [job] = await system.postgres.query<{ error: string | null; type: string }>(
      'SELECT type, error FROM jobs WHERE id = $1',
      [queued.body.jobId],
    );
    assert.equal(job?.type, 'dataset-sync');
    return job.error?.includes('connector did not answer (unreachable)');
  });
});

test('reports are generated, and scheduled for later', async () => {
  const range = { kind: 'operations', from: '2026-01-01', to: '2026-01-08' };
  const generated = await call('POST', '/api/reports/generate', range);
  assert.equal(generated.status, 201);
  const executions = generated.body.sections.find(
    (section: { metric: string }) => section.metric === 'executions',
  );
  assert.equal(executions.total, 1);
  const standard = { kind: 'adoption', range: 'last-7-days' };
  const first = await call('POST', '/api/reports/generate', standard);
  assert.deepEqual((await call('POST', '/api/reports/generate', standard)).body, first.body);

  const templateId = crypto.randomUUID();
  await system.postgres.query(
    'INSERT INTO report_templates (id, tenant_id, name, owner_id) VALUES ($1, $2, $3, $4)',
    [templateId, tenant.id, 'Weekly', tenant.adminId],
  );
  const runAt = '2099-01-01T08:00:00.000Z';
  const schedule = { templateId, runAt, recipients: ['boss@example.com'] };
  const scheduled = await call('POST', '/api/reports/schedule', schedule);
  assert.equal(scheduled.status, 202);
  const [job] = await system.postgres.query<{ run_at: Date; status: string }>(
    'SELECT run_at, status FROM jobs WHERE id = $1',
    [scheduled.body.jobId],
  );
  assert.deepEqual([job?.run_at.toISOString(), job?.status], [runAt, 'queued']);
});

test('every class of error has its status, a stable code and the request id', async () => {
  const unknown = crypto.randomUUID();
  const cases: readonly [number, string, Promise<Answer>][] = [
    [400, 'invalid_json', call('POST', '/api/workflows', '{"name":')],
    [401, 'unauthenticated', system.call('GET', '/api/dashboard')],
    [401, 'unauthenticated', call('GET', '/api/dashboard', undefined, { token: 'revoked' })],
    [403, 'forbidden', call('POST', '/api/users', {}, { token: token('viewer') })],
    [403, 'forbidden', call('POST', '/api/workflows/import', {}, { token: token('viewer') })],
    [404, 'workflow_not_found', call('GET', `/api/workflows/${unknown}/status`)],
    [404, 'workflow_not_found', call('GET', '/api/workflows/no-id/export')],
    [404, 'workflow_not_found', call('POST', `/api/workflows/${unknown}/execute`, {})],
    [404, 'user_not_found', call('GET', `/api/users/${unknown}`)],
    [404, 'dataset_not_found', call('POST', '/api/data/sync', { datasetId: unknown })],
    [404, 'route_not_found', call('GET', '/api/nothing')],
    [
      409,
      'workflow_exists',
      createWorkflow('Twice').then(() => call('POST', '/api/workflows', definition('Twice'))),
    ],
    [409, 'own_user', call('DELETE', `/api/users/${tenant.adminId}`)],
    [422, 'invalid_request', call('POST', '/api/workflows/import', { workflows: [] })],
    [422, 'invalid_request', call('GET', '/api/workflows?page=0')],
  ];
  for (const [status, code, answer] of cases) {
    const { body, headers, ...answered } = await answer;
    assert.deepEqual([answered.status, body.error?.code], [status, code]);
    assert.equal(body.error.request_id, headers.get('x-request-id'));
  }
});

test('a bundle that contradicts itself is refused whole, with what is wrong and where', async () => {
  const circle = {
    steps: [
      { key: 'a', kind: 'transform', dependsOn: ['b'] },
      { key: 'b', kind: 'transform', dependsOn: ['a'] },
    ],
  };
  const bundle = { workflows: [definition('Refused'), definition('Refused'), definition('Circle', circle)] };
  const { status, body } = await call('POST', '/api/workflows/import', bundle);
  assert.equal(status, 422);
  assert.deepEqual(
    body.error.details.map((detail: { path: string }) => detail.path),
    ['workflows.1.name', 'workflows.2.steps'],
  );
  const rows = await system.postgres.query(`SELECT id FROM workflows WHERE name IN ('Refused', 'Circle')`);
  assert.deepEqual(rows, []);
});

test('a tenant sees nothing of another', async () => {
  const other = await addTenant(system.postgres);
  const id = await createWorkflow('Mine');
  assert.equal((await call('GET', `/api/workflows/${id}/export`)).status, 200);
  const stranger = { token: `admin.${other.adminId}.${other.id}` };
  assert.equal((await call('GET', `/api/workflows/${id}/export`, undefined, stranger)).status, 404);
  assert.equal((await call('POST', `/api/workflows/${id}/execute`, {}, stranger)).status, 404);
  assert.equal((await call('DELETE', `/api/users/${tenant.adminId}`, undefined, stranger)).status, 404);
});
