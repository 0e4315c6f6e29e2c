/** The embedded stores, empty and writable, as the loader and the comparison reach them. */
import type { Api } from '../../src/http/api.js';
import { startServer } from '../../src/http/server.js';
import { BASES } from '../../src/index.js';
import { createLogsApi } from '../../src/logs/api.js';
import { LogsStore } from '../../src/logs/store.js';
import { createMetricsApi } from '../../src/metrics/api.js';
import { PROMETHEUS_2, PROMETHEUS_3 } from '../../src/metrics/semantics.js';
import { MetricsStore } from '../../src/metrics/store.js';
import { createTracesApi } from '../../src/traces/api.js';
import { TracesStore } from '../../src/traces/store.js';
import type { WritableStores } from './load.js';

/** The major version of Prometheus whose answers are given: the versions differ in the ends of ranges. */
export type PrometheusVersion = '2' | '3';

export async function startEmbedded(
  version: PrometheusVersion,
): Promise<WritableStores & { readonly close: () => Promise<void> }> {
  const options = { isWritable: () => true };
  const semantics = version === '2' ? PROMETHEUS_2 : PROMETHEUS_3;
  const apis = new Map<string, Api>([
    [BASES.prometheus, createMetricsApi(new MetricsStore(), { ...options, semantics })],
    [BASES.loki, createLogsApi(new LogsStore(), options)],
    [BASES.tempo, createTracesApi(new TracesStore(), options)],
  ]);
  const { url, close } = await startServer({ port: 0, apis });
  return {
    prometheus: url + BASES.prometheus,
    loki: url + BASES.loki,
    tempo: url + BASES.tempo,
    otlp: url + BASES.tempo,
    close,
  };
}
