/** A small run in the files' format, for tests of what reads and loads runs: plain shapes, no simulation. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { RUN_FILES } from '../../src/telemetry/run-files.js';

export interface SyntheticOptions {
  /** Whole seconds. */
  readonly end_ms: number;
  readonly traces?: number;
  /** Another one gives other trace ids. */
  readonly seed?: number;
}

const WINDOW_MS = 3_120_000;
const SCRAPE_MS = 15_000;
const TRACES_IN_A_LINE = 100;
const SESSIONS = {
  job: 'integrations/db-o11y',
  instance: 'db:5432',
  server_id: 'db-1',
  op: 'session_snapshot',
};

/** Writes the run into `folder`, which is made. */
export async function writeSyntheticRun(
  folder: string,
  { end_ms, traces = 300, seed = 1 }: SyntheticOptions,
): Promise<void> {
  const start_ms = end_ms - WINDOW_MS;
  const ids = Array.from({ length: traces }, (_, index) => traceId(seed, index));
  // Spread from the first to the last moment of the window.
  const times = ids.map(
    (_, index) => start_ms + Math.floor((index * (WINDOW_MS - 100)) / Math.max(1, traces - 1)),
  );
  const spans = ids.map((id, index) => spansOf(id, times[index] as number));
  const metrics = metricsText(start_ms, ids);
  const content = {
    [RUN_FILES.traces]: traceLines(spans),
    [RUN_FILES.logs]: logLines(ids, times, end_ms),
    [RUN_FILES.metrics]: metrics.text,
  };
  await mkdir(folder, { recursive: true });
  const files: Record<string, { bytes: number; sha256: string }> = {};
  for (const [name, text] of Object.entries(content)) {
    const bytes = gzipSync(text);
    await writeFile(path.join(folder, name), bytes);
    files[name] = { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  }
  const iso = (ms: number) => new Date(ms).toISOString();
  const manifest = {
    format: 1,
    scenario: 'synthetic',
    seed,
    options: { scale: 1, parameters: {} },
    window: {
      start: iso(start_ms),
      incident: iso(end_ms - 1_800_000),
      steady: iso(end_ms - 1_500_000),
      end: iso(end_ms),
    },
    counts: {
      traces,
      spans: spans.flat().length,
      log_lines: { app: traces, session_snapshot: 2 },
      ...metrics.counts,
    },
    names: { app: 'interview-app@0.0.0' },
    files,
  };
  await writeFile(path.join(folder, RUN_FILES.manifest), JSON.stringify(manifest));
}

function traceId(seed: number, index: number): string {
  return createHash('sha256').update(`${seed}/${index}`).digest('hex').slice(0, 32);
}

interface SyntheticSpan {
  readonly service: string;
  readonly json: Readonly<Record<string, unknown>>;
}

/** A request in `api` with a statement, and every tenth one goes on in a worker. */
function spansOf(traceId: string, time_ms: number): readonly SyntheticSpan[] {
  const span = (service: string, order: number, name: string, kind: number): SyntheticSpan => ({
    service,
    json: {
      traceId,
      spanId: traceId.slice(order, order + 16),
      ...(order > 0 ? { parentSpanId: traceId.slice(0, 16) } : {}),
      name,
      kind,
      startTimeUnixNano: `${time_ms + order}000000`,
      endTimeUnixNano: `${time_ms + 100 - order}000000`,
      attributes: [{ key: 'http.route', value: { stringValue: '/api/workflows' } }],
      status: { code: 0 },
    },
  });
  const worker = traceId.startsWith('0') ? [span('workflow-engine', 2, 'POST /run', 2)] : [];
  return [span('api', 0, 'GET /api/workflows', 2), span('api', 1, 'SELECT workflows', 3), ...worker];
}

function traceLines(traces: readonly (readonly SyntheticSpan[])[]): string {
  const lines: string[] = [];
  for (let from = 0; from < traces.length; from += TRACES_IN_A_LINE) {
    const spans = traces.slice(from, from + TRACES_IN_A_LINE).flat();
    const services = [...new Set(spans.map(({ service }) => service))];
    const resourceSpans = services.map((service) => ({
      resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
      scopeSpans: [
        {
          scope: { name: 'synthetic' },
          spans: spans.filter((span) => span.service === service).map(({ json }) => json),
        },
      ],
    }));
    lines.push(JSON.stringify({ resourceSpans }));
  }
  return `${lines.join('\n')}\n`;
}

function logLines(ids: readonly string[], times: readonly number[], end_ms: number): string {
  const batch = (labels: Readonly<Record<string, string>>, logRecords: readonly unknown[]) =>
    JSON.stringify({
      resourceLogs: [
        {
          resource: {
            attributes: Object.entries(labels).map(([key, stringValue]) => ({ key, value: { stringValue } })),
          },
          scopeLogs: [{ scope: { name: 'synthetic' }, logRecords }],
        },
      ],
    });
  const app = ids.map((id, index) => ({
    timeUnixNano: `${(times[index] as number) + 100}000000`,
    severityText: index % 5 === 0 ? 'error' : 'info',
    severityNumber: index % 5 === 0 ? 17 : 9,
    body: {
      stringValue: JSON.stringify({
        event: 'request.completed',
        trace_id: id,
        path: `/with "quotes" and ü ${index}`,
      }),
    },
    traceId: id,
    spanId: id.slice(0, 16),
  }));
  const sessions = [end_ms - 5000, end_ms].map((time) => ({
    timeUnixNano: `${time}000000`,
    body: { stringValue: `pid=4711 state="idle in transaction" xact_time=${time % 1000}ms` },
  }));
  return `${batch({ 'service.name': 'api', 'service.version': '0.0.0' }, app)}\n${batch(SESSIONS, sessions)}\n`;
}

/** A gauge, a counter and a histogram whose buckets have exemplars, the first of them from before the window. */
function metricsText(start_ms: number, ids: readonly string[]) {
  const times = Array.from(
    { length: WINDOW_MS / SCRAPE_MS },
    (_, index) => (start_ms + (index + 1) * SCRAPE_MS) / 1000,
  );
  const target = 'job="api",instance="api:3000"';
  const counts = { series: 0, samples: 0, exemplars: 0 };
  const series = (name: string, labels: string, value: (index: number) => number, traced = false) => {
    counts.series++;
    return times.map((time, index) => {
      counts.samples++;
      const sample = `${name}{${labels}${target}} ${value(index)} ${time.toFixed(3)}`;
      if (!traced || index % 10 !== 0) return sample;
      counts.exemplars++;
      return `${sample} # {trace_id="${ids[index % ids.length]}"} 0.2 ${(time - 16).toFixed(3)}`;
    });
  };
  const lines = [
    '# TYPE database_connection_pool_utilization gauge',
    ...series('database_connection_pool_utilization', '', (index) => Math.min(1, index / 100)),
    '# TYPE http_requests counter',
    ...['200', '504'].flatMap((code) =>
      series('http_requests_total', `status_code="${code}",`, (index) => index * 2),
    ),
    '# TYPE http_request_duration_seconds histogram',
    ...['0.1', '1', '+Inf'].flatMap((le) =>
      series('http_request_duration_seconds_bucket', `le="${le}",`, (index) => index, le !== '0.1'),
    ),
    ...series('http_request_duration_seconds_sum', '', (index) => index / 3),
    ...series('http_request_duration_seconds_count', '', (index) => index),
    '# EOF',
  ];
  return { text: `${lines.join('\n')}\n`, counts };
}
