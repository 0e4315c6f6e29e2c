import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { FakeServer, recorded } from '../../test/support/fake-server.js';
import { HttpClient } from './http.js';
import { exportTraces, probeTraces } from './tempo.js';

const server = new FakeServer(() => recorded('tempoTook'));
let client: HttpClient;
before(async () => {
  client = new HttpClient({ store: 'Tempo', url: await server.listen(), headers: {} });
});
beforeEach(() => {
  server.requests.length = 0;
});
after(() => server.close());

const BATCH = Buffer.from('{"resourceSpans":[{"resource":{"attributes":[]},"scopeSpans":[]}]}');

test('a batch is sent as it lies in the file', async () => {
  await exportTraces(client, BATCH);
  const [request] = server.requests;
  assert.equal(request?.path, '/v1/traces');
  assert.equal(request?.headers['content-type'], 'application/json');
  assert.deepEqual(request?.body, BATCH);
});

test('spans rejected behind a 200 are a failure, with number and reason', async () => {
  const body = '{"partialSuccess":{"rejectedSpans":"3","errorMessage":"too many attributes"}}';
  server.script('/v1/traces', { status: 200, body });
  await assert.rejects(
    exportTraces(client, BATCH),
    /Tempo: .* took a part only: 3 spans rejected, too many attr/,
  );
});

test('an empty answer is a full success, one that is not JSON is none', async () => {
  server.script('/v1/traces', { status: 200, body: '' });
  await exportTraces(client, BATCH);
  server.script('/v1/traces', { status: 200, body: '<html>' });
  await assert.rejects(exportTraces(client, BATCH), /its answer is not JSON: <html>/);
});

test('a batch that no receiver would read is not sent', async () => {
  await assert.rejects(
    exportTraces(client, Buffer.alloc(20 * 1024 * 1024 + 1)),
    /is over the 20971520 of a request/,
  );
  assert.equal(server.requests.length, 0);
});

test('a refused batch quotes the receiver', async () => {
  server.script('/v1/traces', recorded('tempoBadId'));
  await assert.rejects(probeTraces(client), /Tempo: .*answered 400: .*length mismatch/);
});
