/** Sends a run to its stores, all three at once, and counts on the way what each of them must hold afterwards. */
import type { Progress } from '../progress.js';
import type { HttpClient } from '../sinks/http.js';
import { pushStreams } from '../sinks/loki.js';
import { type LokiStream, toStreams } from '../sinks/loki-streams.js';
import { writeSeries } from '../sinks/prometheus.js';
import { exportTraces } from '../sinks/tempo.js';
import { readSeries, type Series } from '../telemetry/openmetrics-reader.js';
import { readGzip, readLines, readLogBatches } from '../telemetry/run-files.js';
import type { Clients } from './clients.js';
import { ExpectedLogs, ExpectedMetrics } from './expectation.js';
import { ExpectedTraces } from './expected-traces.js';
import type { Run } from './run.js';

export interface Expectations {
  readonly metrics: ExpectedMetrics;
  readonly logs: ExpectedLogs;
  readonly traces: ExpectedTraces;
}

/** Traces that the receipt asks for one by one. */
const SAMPLED_TRACES = 60;

/**
 * Memory is bounded by a request for each store. The first store to refuse ends the others through the clients' signal,
 * which is the caller's to raise.
 * @throws {StoreError} when a store refuses data
 */
export async function loadRun(clients: Clients, run: Run, progress: Progress): Promise<Expectations> {
  const [metrics, logs, traces] = await Promise.all([
    loadMetrics(clients.remoteWrite, run, progress),
    loadLogs(clients.loki, run, progress),
    loadTraces(clients.otlp, run, progress),
  ]);
  return { metrics, logs, traces };
}

async function loadMetrics(client: HttpClient, run: Run, progress: Progress): Promise<ExpectedMetrics> {
  const expected = new ExpectedMetrics();
  const stage = progress.stage('Prometheus', run.manifest.counts.samples);
  async function* counted(series: AsyncIterable<Series>) {
    for await (const one of series) {
      expected.add(one);
      yield one;
    }
  }
  await writeSeries(client, counted(readSeries(readGzip(run.files.metrics))), stage.advance);
  stage.finish();
  return expected;
}

async function loadLogs(client: HttpClient, run: Run, progress: Progress): Promise<ExpectedLogs> {
  const expected = new ExpectedLogs();
  const { app, session_snapshot } = run.manifest.counts.log_lines;
  const stage = progress.stage('Loki', app + session_snapshot);
  async function* streams(): AsyncGenerator<LokiStream> {
    for await (const batch of readLogBatches(run.files.logs)) {
      for (const stream of toStreams(batch)) {
        expected.add(stream);
        yield stream;
      }
    }
  }
  await pushStreams(client, streams(), stage.advance);
  stage.finish();
  return expected;
}

async function loadTraces(client: HttpClient, run: Run, progress: Progress): Promise<ExpectedTraces> {
  const { traces, spans } = run.manifest.counts;
  const expected = new ExpectedTraces({ traces, samples: SAMPLED_TRACES });
  const stage = progress.stage('Tempo', spans);
  for await (const line of readLines(run.files.traces)) {
    const before = expected.spans;
    // Counted while it is on its way.
    const sent = exportTraces(client, line);
    expected.add(line);
    await sent;
    stage.advance(expected.spans - before);
  }
  stage.finish();
  return expected;
}
