import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { FakeServer, recorded } from '../../test/support/fake-server.js';
import { HttpClient } from '../sinks/http.js';
import { discardedSpans } from './receipt-tempo.js';

const server = new FakeServer(({ path }) =>
  path === '/metrics' ? recorded('tempoMetrics') : { status: 404, body: '404 page not found' },
);
let url = '';
before(async () => {
  url = await server.listen();
});
after(() => server.close());

function client(path: string, headers: Readonly<Record<string, string>> = {}): HttpClient {
  return new HttpClient({ store: 'Tempo', url: `${url}${path}`, headers });
}

test("discarded spans are the tenant's own, without those that were refused openly", async () => {
  assert.equal(await discardedSpans(client('')), 7);
  assert.equal(await discardedSpans(client('', { 'X-Scope-OrgID': 'another' })), 1000);
  assert.equal(await discardedSpans(client('', { 'X-Scope-OrgID': 'nobody' })), 0);
});

test('where Tempo does not tell, nothing is claimed', async () => {
  assert.equal(await discardedSpans(client('/behind/a/gateway')), undefined);
});
