import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { FakeServer, recorded } from '../../test/support/fake-server.js';
import { HttpClient, type StoreError } from './http.js';

const PATIENCE = { first_ms: 1, longest_ms: 4, total_ms: 400 };
const NO_WAIT = { 'Retry-After': '0' };

let server: FakeServer;
let url: string;
let waits: string[];
let client: HttpClient;

beforeEach(async () => {
  server = new FakeServer(({ path }) => ({ status: path === '/missing' ? 404 : 200, body: '{"ok":true}' }));
  url = await server.listen();
  waits = [];
  const endpoint = { store: 'Loki', url, headers: { 'X-Scope-OrgID': 'anna' } };
  client = new HttpClient(endpoint, { patience: PATIENCE, onWait: (message) => waits.push(message) });
});
afterEach(() => server.close());

test('a busy and a failing store are asked again, and said to be so', async () => {
  server.script('/push', { ...recorded('lokiRateLimited'), headers: NO_WAIT });
  server.script('/push', { status: 500, body: 'oops' });
  const reply = await client.post('/push', Buffer.from('x'), {});
  assert.equal(reply.text, '{"ok":true}');
  assert.equal(server.requests.length, 3);
  assert.match(waits[0] ?? '', /^Loki answers 429: ingestion rate limit exceeded .* trying again in 0\.0 s$/);
  assert.match(waits[1] ?? '', /^Loki answers 500: oops: trying again/);
});

test('a wish of the store for more time than there is ends the tries, with its message', async () => {
  server.script('/push', recorded('tempoRateLimited'));
  await assert.rejects(
    client.post('/push', Buffer.from('x'), {}),
    /answers 429: .*RATE_LIMITED.*given up after/,
  );
});

test('a store that never recovers is given up, by name, address and last answer', async () => {
  for (let answer = 0; answer < 500; answer++) server.script('/ready', recorded('lokiStarting'));
  await assert.rejects(client.get('/ready'), (error: StoreError) => {
    assert.equal(error.store, 'Loki');
    assert.match(error.message, new RegExp(`^Loki: ${url}/ready answers 503: Ingester not ready.*given up`));
    return true;
  });
});

test('a store that is not there yet is waited for', async () => {
  await server.close();
  const reply = client.get('/ready');
  const port = Number(new URL(url).port);
  while (waits.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  assert.match(waits[0] ?? '', /^Loki is not reachable \(ECONNREFUSED\)/);
  server = new FakeServer(() => ({ status: 200, body: 'here' }));
  await server.listen(port);
  assert.equal((await reply).text, 'here');
});

test('refused data is not sent again, and the store is quoted', async () => {
  server.script('/push', recorded('lokiPartlyTooOld'));
  await assert.rejects(
    client.post('/push', Buffer.from('x'), {}),
    /^StoreError: Loki: http.*\/push answered 400: entry for stream .* has timestamp too old/,
  );
  assert.equal(server.requests.length, 1);
});

test('a GET leaves other statuses to its caller', async () => {
  assert.equal((await client.get('/missing')).status, 404);
});

test('a redirect is an answer like any refusal, not followed with credentials', async () => {
  server.script('/push', { status: 302, headers: { Location: '/elsewhere' }, body: '' });
  await assert.rejects(client.post('/push', Buffer.from('x'), {}), /answered 302: an empty body/);
  assert.equal(server.requests.length, 1);
});

test('missing credentials are told from other refusals', async () => {
  server.script('/push', { status: 401, body: 'no org id' });
  await assert.rejects(client.post('/push', Buffer.from('x'), {}), /answered 401 \(see --basic-auth-file/);
});

test('every request carries the headers of the endpoint, and lists become repeated parameters', async () => {
  await client.get('/series', { 'match[]': ['a', 'b'], start: '1' });
  const [request] = server.requests;
  assert.equal(request?.headers['x-scope-orgid'], 'anna');
  assert.deepEqual(request?.query.getAll('match[]'), ['a', 'b']);
});

test('something else than JSON names the address', async () => {
  server.script('/api', { status: 200, body: '<html>login</html>' });
  await assert.rejects(client.getJson('/api'), /\/api did not answer with JSON but <html>login/);
});

test('an abort ends the waiting', async () => {
  const abort = new AbortController();
  const patience = { first_ms: 60_000, longest_ms: 60_000, total_ms: 600_000 };
  const slow = new HttpClient(client.endpoint, {
    patience,
    signal: abort.signal,
    onWait: () => abort.abort(),
  });
  server.script('/ready', recorded('lokiStarting'));
  await assert.rejects(slow.get('/ready'), { name: 'AbortError' });
});

test('a body is compressed on its way to another machine only', async () => {
  const body = Buffer.from('{"streams":[]}');
  await client.postGzip('/push', body, {});
  // Another name of this machine, and none of those by which it is known.
  const elsewhere = new HttpClient({ store: 'Loki', url: url.replace('127.0.0.1', '0.0.0.0'), headers: {} });
  await elsewhere.postGzip('/push', body, {});
  const [plain, packed] = server.requests;
  assert.equal(plain?.headers['content-encoding'], undefined);
  assert.deepEqual(plain?.body, body);
  assert.equal(packed?.headers['content-encoding'], 'gzip');
  assert.deepEqual(packed?.body, body);
});
