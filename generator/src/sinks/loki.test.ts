import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { FakeServer, recorded } from '../../test/support/fake-server.js';
import { HttpClient } from './http.js';
import { pushStreams } from './loki.js';

const server = new FakeServer(() => ({ status: 204, body: '' }));
let client: HttpClient;
before(async () => {
  const patience = { first_ms: 1, longest_ms: 1, total_ms: 60_000 };
  client = new HttpClient({ store: 'Loki', url: await server.listen(), headers: {} }, { patience });
});
beforeEach(() => {
  server.requests.length = 0;
});
after(() => server.close());

function entries(count: number, line: string) {
  return Array.from({ length: count }, (_, index) => ({
    timestamp_ns: `${1_000_000 + index}`,
    line: `${index} ${line}`,
    metadata: { trace_id: String(index) },
  }));
}

function pushed() {
  return server.requests.map(({ body }) => JSON.parse(body.toString()).streams);
}

test('lines arrive whole and in order, with their metadata, in requests below 4 MiB', async () => {
  const line = 'ü"\n'.repeat(1000);
  const lines = entries(2000, line);
  const counts: number[] = [];
  await pushStreams(client, [{ labels: { job: 'a' }, entries: lines }], (count) => counts.push(count));
  assert.ok(server.requests.length > 1);
  for (const { body } of server.requests) assert.ok(body.length < 4 * 1024 * 1024);
  const values = pushed().flatMap((streams) => streams[0].values);
  assert.deepEqual(
    values,
    lines.map(({ timestamp_ns, line: text, metadata }) => [timestamp_ns, text, metadata]),
  );
  assert.equal(
    counts.reduce((sum, count) => sum + count),
    2000,
  );
});

test('what belongs to one stream is together in a request', async () => {
  const [first, second] = [entries(1, 'a'), entries(1, 'b')];
  const streams = [first, second, first].map((list, index) => ({
    labels: { job: String(index % 2) },
    entries: list,
  }));
  await pushStreams(client, streams);
  const [request] = pushed();
  assert.deepEqual(
    request.map(({ stream, values }: { stream: { job: string }; values: unknown[] }) => [
      stream.job,
      values.length,
    ]),
    [
      ['0', 2],
      ['1', 1],
    ],
  );
});

test('nothing to push is no request', async () => {
  await pushStreams(client, []);
  assert.equal(server.requests.length, 0);
});

test('a request that was held back is sent again as it was', async () => {
  server.script('/loki/api/v1/push', recorded('lokiRateLimited'));
  await pushStreams(client, [{ labels: { job: 'a' }, entries: entries(3, 'x') }]);
  assert.equal(server.requests.length, 2);
  assert.deepEqual(server.requests[0]?.body, server.requests[1]?.body);
});

test('lines of which some are refused are a failure, with the reason', async () => {
  server.script('/loki/api/v1/push', recorded('lokiPartlyTooOld'));
  await assert.rejects(
    pushStreams(client, [{ labels: { job: 'a' }, entries: entries(3, 'x') }]),
    /Loki: .*answered 400: entry for stream .* too old/,
  );
});
