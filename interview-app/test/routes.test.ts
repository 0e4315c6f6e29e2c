import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ApiUnderTest, definition, startApi, TENANT_ID, USER_ID } from './support/api.js';

const id = () => crypto.randomUUID();
const WEEK = 'from=2026-01-01&to=2026-01-08';

interface Way {
  readonly name: string;
  request(): readonly [method: string, path: string, body?: unknown];
  readonly status: number;
}

/** Every ordinary endpoint in the way that needs the database. */
const DATABASE_WAYS: readonly Way[] = [
  { name: 'list', request: () => ['GET', '/api/workflows?page=2'], status: 200 },
  {
    name: 'create',
    request: () => ['POST', '/api/workflows', definition('w', 8)],
    status: 201,
  },
  {
    name: 'execute',
    request: () => ['POST', `/api/workflows/${id()}/execute`, {}],
    status: 202,
  },
  { name: 'export', request: () => ['GET', `/api/workflows/${id()}/export`], status: 200 },
  { name: 'status', request: () => ['GET', `/api/workflows/${id()}/status`], status: 200 },
  { name: 'get user', request: () => ['GET', `/api/users/${id()}`], status: 200 },
  {
    name: 'create user',
    request: () => ['POST', '/api/users', { email: 'a@example.com', name: 'A', teamIds: [id(), id()] }],
    status: 201,
  },
  {
    name: 'update user',
    request: () => [
      'PATCH',
      `/api/users/${id()}`,
      { role: 'viewer', teamIds: [id()], preferences: { locale: 'de' } },
    ],
    status: 200,
  },
  { name: 'delete user', request: () => ['DELETE', `/api/users/${id()}`], status: 204 },
  { name: 'dashboard', request: () => ['GET', `/api/dashboard?${WEEK}`], status: 200 },
  {
    name: 'sync',
    request: () => ['POST', '/api/data/sync', { datasetId: id() }],
    status: 202,
  },
  {
    name: 'transform',
    request: () => [
      'POST',
      '/api/data/transform',
      { datasetId: id(), recipe: [{ kind: 'trim', field: 'note' }] },
    ],
    status: 200,
  },
  {
    name: 'generate',
    request: () => [
      'POST',
      '/api/reports/generate',
      { kind: 'operations', from: '2026-01-01', to: '2026-01-08' },
    ],
    status: 201,
  },
  {
    name: 'schedule',
    request: () => [
      'POST',
      '/api/reports/schedule',
      { templateId: id(), runAt: '2026-01-01T08:00:00Z', recipients: ['a@example.com'] },
    ],
    status: 202,
  },
];

for (const { name, request, status } of DATABASE_WAYS) {
  test(`${name}: one connection, borrowed once, for all its statements`, async (t) => {
    const { call, database, telemetry } = await startApi(t);
    const answer = await call(...request());
    assert.equal(answer.status, status, JSON.stringify(answer.body));
    assert.ok(database.statements.length >= 10, `${database.statements.length} statements`);
    assert.equal(new Set(database.statements.map(({ pid }) => pid)).size, 1);
    assert.equal(telemetry.spans.filter((span) => span.name === 'pool.connect').length, 1);
    assert.deepEqual(
      telemetry.lines.map(({ event }) => event),
      ['request.completed'],
    );
  });
}

/** What is asked for a second time needs no database. */
const CACHED_WAYS: readonly (readonly [string, ReturnType<Way['request']>])[] = [
  ['list', ['GET', '/api/workflows']],
  ['execute', ['POST', `/api/workflows/${id()}/execute`, {}]],
  ['export', ['GET', `/api/workflows/${id()}/export`]],
  ['status', ['GET', `/api/workflows/${id()}/status`]],
  ['get user', ['GET', `/api/users/${id()}`]],
  ['dashboard', ['GET', '/api/dashboard?range=7d']],
  ['sync', ['POST', '/api/data/sync', { datasetId: id() }]],
  ['generate', ['POST', '/api/reports/generate', { kind: 'adoption', range: 'last-30-days' }]],
  [
    'schedule',
    [
      'POST',
      '/api/reports/schedule',
      { templateId: id(), runAt: '2026-01-01', recipients: ['a@example.com'] },
    ],
  ],
];

for (const [name, request] of CACHED_WAYS) {
  test(`${name}: the same again is answered without the database`, async (t) => {
    const { call, database } = await startApi(t);
    const first = await call(...request);
    assert.notEqual(database.statements.length, 0);
    database.statements.length = 0;
    const second = await call(...request);
    assert.deepEqual(database.statements, []);
    assert.equal(second.status, first.status);
    assert.deepEqual(Object.keys(second.body), Object.keys(first.body));
  });
}

async function needsDatabase({ call, database }: ApiUnderTest, path: string): Promise<boolean> {
  database.statements.length = 0;
  await call('GET', path);
  return database.statements.length > 0;
}

test('a list is forgotten when the tenant got another workflow', async (t) => {
  const api = await startApi(t);
  assert.equal(await needsDatabase(api, '/api/workflows'), true);
  assert.equal(await needsDatabase(api, '/api/workflows'), false);
  await api.call('POST', '/api/workflows', definition('new'));
  assert.equal(await needsDatabase(api, '/api/workflows'), true);
  await api.call('POST', '/api/workflows/import', { workflows: [definition('newer')] });
  assert.equal(await needsDatabase(api, '/api/workflows'), true);
});

test('a profile is forgotten when the user was changed', async (t) => {
  const api = await startApi(t);
  const path = `/api/users/${id()}`;
  await api.call('GET', path);
  assert.equal(await needsDatabase(api, path), false);
  await api.call('PATCH', path, { name: 'Other' });
  assert.equal(await needsDatabase(api, path), true);
});

test('what one tenant has read is not shown to another', async (t) => {
  const api = await startApi(t);
  const path = `/api/workflows/${id()}/export`;
  await api.call('GET', path);
  api.peers['identity-provider'] = () => ({ active: true, sub: USER_ID, tenant_id: id(), roles: ['viewer'] });
  assert.equal(await needsDatabase(api, path), true);
});

test('a recipe is tried on given records without the database', async (t) => {
  const { call, database } = await startApi(t);
  const recipe = [
    { kind: 'trim', field: 'name' },
    { kind: 'number', field: 'age' },
    { kind: 'rename', field: 'age', to: 'years' },
  ];
  const { body } = await call('POST', '/api/data/transform', {
    recipe,
    records: [{ name: ' A ', age: '41' }],
  });
  assert.deepEqual(body.records, [{ name: 'A', years: 41 }]);
  assert.deepEqual(database.statements, []);
});

test('an execution hands the engine a plan with connectors resolved', async (t) => {
  const { call, sent } = await startApi(t);
  const workflowId = id();
  const { body } = await call('POST', `/api/workflows/${workflowId}/execute`, { input: { order: 7 } });
  assert.equal(body.workflowId, workflowId);
  const request = sent.find(({ url }) => url.hostname === 'workflow-engine');
  assert.equal(request?.body.startedBy, USER_ID);
  assert.equal(request?.body.plan.tenantId, TENANT_ID);
  assert.deepEqual(request?.body.input, { order: 7 });
  assert.equal(request?.body.plan.steps[0].endpoint, 'endpoint-0');
});

test('a user is welcomed, and created all the same when that fails', async (t) => {
  const api = await startApi(t);
  const user = { email: 'New@Example.com', name: 'New' };
  assert.equal((await api.call('POST', '/api/users', user)).body.email, 'new@example.com');
  const message = api.sent.find(({ url }) => url.hostname === 'notification-service');
  assert.deepEqual([message?.body.to, message?.body.template], ['new@example.com', 'welcome']);
  api.peers['notification-service'] = () => new Response('{}', { status: 500 });
  assert.equal((await api.call('POST', '/api/users', user)).status, 201);
  assert.equal(api.telemetry.linesOf('notification.failed').length, 1);
});

test('GET /health needs no token and no database', async (t) => {
  const { call, database } = await startApi(t);
  const { status, body } = await call('GET', '/health', undefined, { authorization: '' });
  assert.deepEqual([status, body], [200, { status: 'ok', version: '2.4.1' }]);
  assert.deepEqual(database.statements, []);
});
