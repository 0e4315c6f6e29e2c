/**
 * Loads a run into real engines and reads it back without the loader's own receipt. The engines are started from the
 * programs on the PATH, empty. RUN_DIR is the run to load; without it a small one that ends now is made.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { backfill } from '../../src/backfill/backfill.js';
import { type Endpoints, readEndpoints } from '../../src/backfill/options.js';
import { formatReceipt } from '../../src/backfill/receipt.js';
import { openRun, type Run } from '../../src/backfill/run.js';
import { ADDRESS, choosePorts } from '../../src/stack/ports.js';
import { findPrograms } from '../../src/stack/programs.js';
import { programSettings } from '../../src/stack/settings.js';
import { Stack } from '../../src/stack/stack.js';
import { readLines, type TraceBatch } from '../../src/telemetry/run-files.js';
import { writeSyntheticRun } from '../support/synthetic-run.js';

let temporary = '';
let folder = '';
let stack: Stack | undefined;
let endpoints: Endpoints;
let run: Run;

before(async () => {
  temporary = await mkdtemp(path.join(tmpdir(), 'stack-'));
  const programs = findPrograms({}, process.env.PATH ?? '');
  const ports = await choosePorts({});
  const provisioning = fileURLToPath(new URL('../../../../provisioning', import.meta.url));
  const layout = { folder: path.join(temporary, 'engines'), provisioning };
  stack = new Stack(programSettings(layout, programs, ports));
  await stack.start(['prometheus', 'loki', 'tempo']);
  endpoints = await readEndpoints({
    prometheus: stack.url('prometheus'),
    loki: stack.url('loki'),
    tempo: stack.url('tempo'),
    otlp: `http://${ADDRESS}:${ports.otlp}`,
  });
  folder = process.env.RUN_DIR ?? path.join(temporary, 'run');
  if (!process.env.RUN_DIR) {
    await writeSyntheticRun(folder, { end_ms: Math.floor(Date.now() / 1000) * 1000, traces: 2000 });
  }
  run = await openRun(folder, Date.now());
});
after(async () => {
  await stack?.stop();
  await rm(temporary, { recursive: true, force: true });
});

async function get<T>(base: string, api: string, parameters: Readonly<Record<string, string>>): Promise<T> {
  const response = await fetch(`${base}${api}?${new URLSearchParams(parameters)}`);
  const text = await response.text();
  assert.equal(response.status, 200, text);
  return JSON.parse(text) as T;
}

interface Vector {
  readonly data: { readonly result: readonly { readonly value: readonly [number, string] }[] };
}

function only({ data }: Vector): number {
  assert.equal(data.result.length, 1);
  return Number(data.result[0]?.value[1]);
}

test('the receipt of a load is exact', async () => {
  const receipt = await backfill(folder, { endpoints });
  assert.equal(receipt.ready, true, formatReceipt(receipt));
});

test('Prometheus has every sample, and only the marks beside them', async () => {
  const range = `[${run.end_ms - run.start_ms + 1}ms]`;
  const time = String(run.end_ms / 1000);
  const { data: names } = await get<{ data: readonly string[] }>(
    endpoints.prometheus.url,
    '/api/v1/label/__name__/values',
    {},
  );
  let samples = 0;
  for (const name of names) {
    const query = `sum(count_over_time(${name}${range}))`;
    samples += only(await get(endpoints.prometheus.url, '/api/v1/query', { query, time }));
  }
  assert.equal(samples, run.manifest.counts.samples + 2);
});

test('Loki has every line, and only the marks beside them', async () => {
  const range = `[${run.end_ms - run.start_ms + 1}ms]`;
  const { app, session_snapshot } = run.manifest.counts.log_lines;
  let lines = 0;
  for (const selector of ['{job=~".+"}', '{job="", service_name=~".+"}']) {
    const query = `sum(count_over_time(${selector}${range}))`;
    lines += only(
      await get(endpoints.loki.url, '/loki/api/v1/query', { query, time: `${run.end_ms}000000` }),
    );
  }
  assert.equal(lines, app + session_snapshot + 2);
});

test('Loki finds lines by the trace id beside them', async () => {
  const [id] = await someTraceIds(1);
  const { data } = await get<{ data: { result: readonly { values: readonly unknown[] }[] } }>(
    endpoints.loki.url,
    '/loki/api/v1/query_range',
    {
      query: `{service_name="api"} | trace_id="${id}"`,
      start: `${run.start_ms}000000`,
      end: `${run.end_ms}000001`,
    },
  );
  assert.ok(data.result.length > 0);
});

test('Tempo counts every span', async () => {
  const { series } = await get<{ series: readonly { value: number }[] }>(
    endpoints.tempo.url,
    '/api/metrics/query',
    {
      q: '{} | count_over_time()',
      start: String(run.start_ms / 1000 - 300),
      end: String(run.end_ms / 1000 + 2),
    },
  );
  assert.deepEqual(
    series.map(({ value }) => value),
    [run.manifest.counts.spans],
  );
});

test('Tempo finds traces by structure and by error, in narrow ranges', async () => {
  const { traces } = await get<{ traces: readonly unknown[] }>(endpoints.tempo.url, '/api/search', {
    q: '{ resource.service.name = "api" && kind = server } >> { kind = client }',
    start: String(Math.floor(run.start_ms / 1000) + 600),
    end: String(Math.floor(run.start_ms / 1000) + 660),
    limit: '5',
  });
  assert.equal(traces.length, 5);
});

test('a second load is refused', async () => {
  await assert.rejects(backfill(folder, { endpoints }), (error: Error) => {
    for (const store of ['Prometheus', 'Loki', 'Tempo'])
      assert.match(error.message, new RegExp(`${store} holds`));
    return true;
  });
});

/** From the middle of the first batch, where traces of the window are whole. */
async function someTraceIds(count: number): Promise<readonly string[]> {
  for await (const line of readLines(run.files.traces)) {
    const { resourceSpans } = JSON.parse(line.toString()) as TraceBatch;
    const spans = resourceSpans
      .filter(({ resource }) => JSON.stringify(resource).includes('"api"'))
      .flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
    const roots = spans.filter(({ parentSpanId }) => !parentSpanId);
    return roots.slice(0, count).map(({ traceId }) => traceId);
  }
  return [];
}
