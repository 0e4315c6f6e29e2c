import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { uncompress } from 'snappyjs';
import { FakeServer, recorded } from '../../test/support/fake-server.js';
import { HttpClient } from './http.js';
import { probeRemoteWrite, writeSeries } from './prometheus.js';

const server = new FakeServer(() => ({ status: 204, body: '' }));
let client: HttpClient;
before(async () => {
  client = new HttpClient({ store: 'Prometheus', url: `${await server.listen()}/api/v1/write`, headers: {} });
});
after(() => server.close());

test('many series go in bounded requests, all samples counted', async () => {
  const values = Array.from({ length: 1000 }, () => Math.PI);
  const timestamps_ms = values.map((_, index) => index + 1);
  const series = Array.from({ length: 300 }, (_, index) => ({
    name: 'a',
    labels: { index: String(index) },
    timestamps_ms,
    values,
    exemplars: [],
  }));
  const written: number[] = [];
  await writeSeries(client, series, (samples) => written.push(samples));
  assert.equal(
    written.reduce((sum, samples) => sum + samples),
    300_000,
  );
  assert.equal(server.requests.length, written.length);
  assert.ok(written.length > 3);
  for (const { body, headers } of server.requests) {
    assert.ok(uncompress(body).length < 2 * 1024 * 1024);
    assert.equal(headers['content-encoding'], 'snappy');
    assert.equal(headers['x-prometheus-remote-write-version'], '0.1.0');
  }
});

test('a server that does not take remote write says so to a probe', async () => {
  server.script('/api/v1/write', recorded('prometheusWithoutReceiver'));
  await assert.rejects(
    probeRemoteWrite(client),
    /Prometheus: .*404: remote write receiver needs to be enabled/,
  );
});
