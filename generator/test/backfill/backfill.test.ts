import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { backfill } from '../../src/backfill/backfill.js';
import { formatReceipt } from '../../src/backfill/receipt.js';
import { recorded } from '../support/fake-server.js';
import { startStores, type TestStores } from '../support/stores.js';
import { writeSyntheticRun } from '../support/synthetic-run.js';

/** Older than anything a store with default settings takes. */
const END_MS = Date.parse('2026-03-02T10:00:00Z');

let stores: TestStores;
let run: string;
beforeEach(async () => {
  stores = await startStores();
  run = path.join(stores.folder, 'run');
  await writeSyntheticRun(run, { end_ms: END_MS });
});
afterEach(() => stores.stop());

async function prometheusQuery(api: string, parameters: Readonly<Record<string, string>>) {
  const response = await fetch(`${stores.prometheus.url}/api/v1/${api}?${new URLSearchParams(parameters)}`);
  const { data } = (await response.json()) as { data: unknown };
  return data as { result: { value: [number, string] }[] } & { seriesLabels: object; exemplars: object[] }[];
}

test('a run arrives whole in all stores, and the receipt says so', async () => {
  stores.tempo.lag = 2;
  const receipt = await backfill(run, stores.options);
  assert.equal(receipt.ready, true, formatReceipt(receipt));
  const summary = receipt.rows
    .filter(({ detail }) => !detail)
    .map(({ store, what, found }) => [store, what, found]);
  const spans = stores.tempo.spans.length;
  assert.deepEqual(summary, [
    ['Prometheus', 'series', 8],
    ['Prometheus', 'samples', 8 * 208],
    ['Prometheus', 'exemplars', 2 * 21],
    ['Loki', 'lines', 302],
    ['Tempo', 'spans', spans],
    ['Tempo', 'spans discarded', 0],
    ['Tempo', 'sampled traces, whole', 61],
    ['Tempo', 'oldest and newest trace, by search', 2],
  ]);
  assert.ok(spans > 600);
});

test('exemplars are in Prometheus beside their series, values and trace ids intact', async () => {
  await backfill(run, stores.options);
  const found = await prometheusQuery('query_exemplars', {
    query: 'http_request_duration_seconds_bucket{le="1"}',
    start: String(END_MS / 1000 - 3200),
    end: String(END_MS / 1000),
  });
  assert.equal(found.length, 1);
  assert.equal(found[0]?.exemplars.length, 21);
  assert.deepEqual(Object.keys(found[0]?.exemplars[0] ?? {}).sort(), ['labels', 'timestamp', 'value']);
});

test('samples are readable at the end of the window, with their values', async () => {
  await backfill(run, stores.options);
  const { result } = await prometheusQuery('query', {
    query: 'http_requests_total{status_code="504"}',
    time: String(END_MS / 1000),
  });
  assert.deepEqual(
    result.map(({ value }) => value[1]),
    ['414'],
  );
});

test('a second load is refused before anything is written, for this run and for another', async () => {
  await backfill(run, stores.options);
  const other = path.join(stores.folder, 'other');
  await writeSyntheticRun(other, { end_ms: END_MS - 7_200_000, seed: 2 });
  for (const again of [run, other]) {
    const writes = () =>
      [...stores.loki.requests, ...stores.tempo.requests].filter(({ method }) => method === 'POST');
    const before = writes().length;
    await assert.rejects(backfill(again, stores.options), (error: Error) => {
      assert.match(error.message, /Prometheus holds run [0-9a-f]{12} already, complete/);
      assert.match(error.message, /Loki holds run [0-9a-f]{12} already, complete/);
      assert.match(error.message, /Tempo holds data of such a run already/);
      assert.match(error.message, /Wipe the stores first \(docker compose down --volumes/);
      return true;
    });
    const [probe, ...others] = writes().slice(before);
    assert.deepEqual(JSON.parse(String(probe?.body)), { resourceSpans: [] });
    assert.deepEqual(others, []);
  }
});

test('data that came without a mark is seen too', async () => {
  await backfill(run, stores.options);
  // Prometheus and Loki are wiped, Tempo is forgotten.
  const wiped = await startStores();
  try {
    const endpoints = { ...wiped.options.endpoints, tempo: stores.options.endpoints.tempo };
    await assert.rejects(
      backfill(run, { ...wiped.options, endpoints }),
      /^UserError: Tempo holds data of such a run/,
    );
    stores.loki.streams.splice(
      0,
      stores.loki.streams.length,
      ...stores.loki.streams.filter(({ labels }) => !labels.run),
    );
    const loki = { ...wiped.options.endpoints, loki: stores.options.endpoints.loki };
    await assert.rejects(
      backfill(run, { ...wiped.options, endpoints: loki }),
      /^UserError: Loki holds data of such a run already: \{service_name="api"\} has matches/,
    );
  } finally {
    await wiped.stop();
  }
});

test('a load that was killed in the middle is recognised as such', async () => {
  stores.loki.silent = true;
  const script = fileURLToPath(new URL('../support/backfill-process.js', import.meta.url));
  const flags = Object.entries(stores.flags).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(process.execPath, [script, '--from', run, ...flags], { stdio: 'ignore' });
  while (stores.tempo.spans.length === 0) {
    assert.equal(child.exitCode, null, 'the load ended by itself');
    await sleep(10);
  }
  child.kill('SIGKILL');
  await once(child, 'exit');
  stores.loki.silent = false;
  await assert.rejects(backfill(run, stores.options), (error: Error) => {
    assert.match(error.message, /Prometheus holds a part of run [0-9a-f]{12}: its load was broken off/);
    assert.match(error.message, /Loki holds a part of run/);
    assert.match(error.message, /Wipe the stores first/);
    return true;
  });
});

test('lines and spans that were taken and lost are no success, and the receipt names the streams', async () => {
  stores.loki.lose = 3;
  stores.tempo.lose = 1;
  const receipt = await backfill(run, stores.options);
  assert.equal(receipt.ready, false);
  const text = formatReceipt(receipt);
  assert.match(text, /Loki +lines +302 +299 +SHORT by 3/);
  assert.match(text, /lines of \{level="\w+", service_name="api"\} .* SHORT by \d/);
  assert.match(text, /Tempo +spans of api +600 +599 +SHORT by 1/);
  assert.match(text, /sampled traces, whole +61 +60 +SHORT by 1/);
  // It was not completed, and the next one is told.
  await assert.rejects(backfill(run, stores.options), /Prometheus holds a part of run/);
});

test('a store that starts slowly and one that is busy are waited for', async () => {
  stores.loki.script('/ready', recorded('lokiStarting'));
  stores.loki.script('/ready', recorded('lokiFrontendStarting'));
  stores.loki.script('/loki/api/v1/push', recorded('lokiRateLimited'));
  stores.tempo.script('/v1/traces', { ...recorded('tempoRateLimited'), headers: { 'Retry-After': '0' } });
  const receipt = await backfill(run, stores.options);
  assert.equal(receipt.ready, true, formatReceipt(receipt));
  const said = stores.notes.join('');
  for (const what of [
    'Ingester not ready',
    'Query Frontend not ready',
    'Loki answers 429',
    'Tempo answers 429',
  ]) {
    assert.ok(said.includes(what), `nothing was said of: ${what}`);
  }
});

test('a store that refuses data is named with its message', async () => {
  stores.loki.script('/loki/api/v1/push', { status: 204, body: '' }); // the mark
  stores.loki.script('/loki/api/v1/push', recorded('lokiPartlyTooOld'));
  await assert.rejects(
    backfill(run, stores.options),
    /^StoreError: Loki: .*answered 400: .*timestamp too old/,
  );
});

test('a Prometheus that takes no remote write is named, and nothing is written anywhere', async () => {
  const closed = await startStores({ receiver: false });
  try {
    await assert.rejects(
      backfill(run, closed.options),
      /^StoreError: Prometheus: .*404: remote write receiver needs/,
    );
    assert.deepEqual(closed.loki.streams, []);
    assert.deepEqual(closed.tempo.spans, []);
  } finally {
    await closed.stop();
  }
});
