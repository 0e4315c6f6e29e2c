import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { definition, startApi, USER_ID } from './support/api.js';

const id = () => crypto.randomUUID();
const brokenSteps = [{ key: 'a', kind: 'delay', dependsOn: ['b'] }];

const REFUSALS: readonly (readonly [string, number, string, readonly [string, string, unknown?], string?])[] =
  [
    ['no token', 401, 'unauthenticated', ['GET', '/api/workflows'], ''],
    ['a header that is no bearer token', 401, 'unauthenticated', ['GET', '/api/workflows'], 'Basic YTpi'],
    ['a token that is not active', 401, 'unauthenticated', ['GET', '/api/workflows'], 'Bearer revoked'],
    ['a viewer who writes', 403, 'forbidden', ['POST', '/api/workflows', definition('w')], 'Bearer viewer'],
    ['an editor who writes users', 403, 'forbidden', ['DELETE', `/api/users/${id()}`], 'Bearer editor'],
    ['an unknown route', 404, 'route_not_found', ['GET', '/api/nothing']],
    ['an id that is none', 404, 'workflow_not_found', ['GET', '/api/workflows/17/status']],
    ['bad JSON', 400, 'invalid_json', ['POST', '/api/data/sync', '{"datasetId":']],
    ['a missing field', 422, 'invalid_request', ['POST', '/api/data/sync', {}]],
    [
      'an unknown field',
      422,
      'invalid_request',
      ['POST', '/api/data/sync', { datasetId: id(), often: true }],
    ],
    ['an unknown filter', 422, 'invalid_request', ['GET', '/api/workflows?order=name']],
    ['half a range', 422, 'invalid_request', ['GET', '/api/dashboard?from=2026-01-01']],
    [
      'a range that ends before it begins',
      422,
      'invalid_request',
      ['GET', '/api/dashboard?from=2026-01-02&to=2026-01-01'],
    ],
    ['an empty bundle', 422, 'invalid_request', ['POST', '/api/workflows/import', { workflows: [] }]],
    [
      'a bundle with broken steps',
      422,
      'invalid_request',
      ['POST', '/api/workflows/import', { workflows: [{ name: 'w', steps: brokenSteps }] }],
    ],
    [
      'a bundle with a name twice',
      422,
      'invalid_request',
      ['POST', '/api/workflows/import', { workflows: [definition('w'), definition('w')] }],
    ],
    ['deleting oneself', 409, 'own_user', ['DELETE', `/api/users/${USER_ID}`]],
  ];

for (const [name, status, code, [method, path, body], authorization] of REFUSALS) {
  test(`${name} is refused with ${status} ${code}`, async (t) => {
    const { call, telemetry } = await startApi(t);
    const answer = await call(method, path, body, authorization === undefined ? {} : { authorization });
    assert.deepEqual([answer.status, answer.body.error.code], [status, code]);
    assert.equal(answer.body.error.request_id, answer.headers.get('x-request-id'));
    assert.deepEqual(
      telemetry.lines.map(({ event }) => event),
      ['request.completed'],
    );
  });
}

test('what is wrong is named by its path', async (t) => {
  const { call } = await startApi(t);
  const { body } = await call('POST', '/api/workflows/import', {
    workflows: [{ name: 'w', steps: brokenSteps }],
  });
  assert.deepEqual(body.error.details, [
    { path: 'workflows.0.steps.0.dependsOn', message: 'there is no step b' },
  ]);
});

test('what does not exist is answered with 404', async (t) => {
  const { call, database } = await startApi(t);
  database.answer = () => ({ rows: [], rowCount: 0 });
  const codes = [
    (await call('GET', `/api/workflows/${id()}/status`)).body.error.code,
    (await call('GET', `/api/users/${id()}`)).body.error.code,
    (await call('POST', '/api/data/sync', { datasetId: id() })).body.error.code,
    (await call('PATCH', `/api/users/${id()}`, { name: 'X' })).body.error.code,
  ];
  assert.deepEqual(codes, ['workflow_not_found', 'user_not_found', 'dataset_not_found', 'user_not_found']);
});

test('what exists already is answered with 409, and rolled back', async (t) => {
  const { call, database } = await startApi(t);
  database.answer = ({ text }) =>
    / (?:name|email) = /.test(text) ? { rows: [{ id: id() }], rowCount: 1 } : undefined;
  const workflow = await call('POST', '/api/workflows', definition('taken'));
  const user = await call('POST', '/api/users', { email: 'taken@example.com', name: 'T' });
  assert.deepEqual([workflow.status, workflow.body.error.code], [409, 'workflow_exists']);
  assert.deepEqual([user.status, user.body.error.code], [409, 'user_exists']);
  assert.deepEqual(
    database.summaries.filter((summary) => /^[A-Z]+$/.test(summary)),
    ['BEGIN', 'ROLLBACK', 'BEGIN', 'ROLLBACK'],
  );
});

test('what the database refuses because of other rows is the fault of the request', async (t) => {
  const { call, database } = await startApi(t);
  const refuse = (code: string) => {
    database.answer = ({ text }) => {
      if (text.startsWith('INSERT INTO users')) throw Object.assign(new Error('violates'), { code });
      return undefined;
    };
    return call('POST', '/api/users', { email: 'a@example.com', name: 'A' });
  };
  const [twice, nowhere] = [await refuse('23505'), await refuse('23503')];
  assert.deepEqual([twice.status, twice.body.error.code], [409, 'already_exists']);
  assert.deepEqual([nowhere.status, nowhere.body.error.code], [404, 'record_not_found']);
});

test('a workflow that is not active is not executed', async (t) => {
  const { call, database, sent } = await startApi(t);
  database.answer = ({ text }) =>
    text.includes('FROM workflows') ? { rows: [{ id: id(), status: 'invalid' }], rowCount: 1 } : undefined;
  const { status, body } = await call('POST', `/api/workflows/${id()}/execute`, {});
  assert.deepEqual([status, body.error.code], [409, 'workflow_not_active']);
  assert.equal(sent.filter(({ url }) => url.hostname === 'workflow-engine').length, 0);
});

/** Occupies the only connection for as long as the returned function is not called. */
function occupy(api: Awaited<ReturnType<typeof startApi>>) {
  let free: () => void = () => undefined;
  const freed = new Promise<undefined>((resolve) => (free = () => resolve(undefined)));
  api.database.answer = () => freed;
  const holder = api.call('GET', '/api/workflows?page=9');
  return async () => {
    free();
    api.database.answer = () => undefined;
    await holder;
  };
}

test('a read that gets no connection is answered with 504, and told of in one line', async (t) => {
  const api = await startApi(t, { max: 1, acquireTimeoutMs: 20 });
  const release = occupy(api);
  await pause(5);
  const { status, body, headers } = await api.call('GET', '/api/workflows?page=2');
  assert.deepEqual(
    [status, body.error.code, body.error.message],
    [504, 'request_timeout', 'Request timeout'],
  );
  const [line, ...more] = api.telemetry.linesOf('request.timeout');
  assert.equal(more.length, 0);
  assert.equal(line?.level, 'error');
  assert.equal(line?.request_id, headers.get('x-request-id'));
  assert.match(
    String(line?.stack),
    /^PoolTimeoutError: Timed out after \d+ ms waiting for a database connection\n/,
  );
  assert.match(String(line?.stack), /\(src\/services\/workflow-service\/state-manager\.ts:\d+:\d+\)/);
  assert.match(String(line?.stack), / src\/api\/routes\/workflows\/list\.ts:\d+:\d+$/m);
  assert.doesNotMatch(String(line?.stack), /node_modules|node:|dist/);
  const access = api.telemetry
    .linesOf('request.completed')
    .find((other) => other.trace_id === line?.trace_id);
  assert.equal(access?.status_code, 504);
  await release();
});

test('a write that gets no connection is answered with 503 and when to come again', async (t) => {
  const api = await startApi(t, { max: 1, acquireTimeoutMs: 20 });
  const release = occupy(api);
  await pause(5);
  const { status, body, headers } = await api.call('POST', '/api/workflows', definition('w'));
  assert.deepEqual(
    [status, body.error.code, body.error.message],
    [503, 'database_unavailable', 'Database unavailable'],
  );
  assert.equal(headers.get('retry-after'), '5');
  assert.equal(api.telemetry.linesOf('request.timeout').length, 1);
  const connect = api.telemetry.spans.find((span) => span.name === 'pool.connect' && span.status.code === 2);
  assert.equal(connect?.attributes['error.type'], 'PoolTimeoutError');
  assert.equal(connect?.attributes['http.route'], '/api/workflows');
  await release();
});

test('another service that does not answer is a 502', async (t) => {
  const api = await startApi(t);
  api.peers['identity-provider'] = () => {
    throw new TypeError('fetch failed');
  };
  const { status, body } = await api.call('GET', '/api/workflows');
  assert.deepEqual([status, body.error.code], [502, 'upstream_unavailable']);
  assert.equal(api.telemetry.linesOf('request.failed').length, 1);
});

test('a statement that fails is a 500 without details, and leaves the connection usable', async (t) => {
  const api = await startApi(t);
  api.database.answer = () => {
    throw Object.assign(new Error('relation "workflows" does not exist'), { code: '42P01' });
  };
  const { status, body } = await api.call('GET', '/api/workflows?page=2');
  assert.deepEqual([status, body.error.code, body.error.message], [500, 'internal_error', 'Internal error']);
  const statement = api.telemetry.spans.find((span) => span.name === 'SELECT workflows');
  assert.equal(statement?.attributes['db.response.status_code'], '42P01');
  assert.equal(api.database.open.size, 1);
});

test('a connection that is lost meanwhile is a 503, and is not used again', async (t) => {
  const api = await startApi(t);
  api.database.answer = () => {
    throw new Error('Connection terminated unexpectedly');
  };
  const { status, body } = await api.call('GET', '/api/workflows?page=2');
  assert.deepEqual([status, body.error.code], [503, 'database_unavailable']);
  assert.equal(api.database.open.size, 0);
});
