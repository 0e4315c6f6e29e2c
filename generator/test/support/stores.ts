/** The three stores of a load in a test: a real Prometheus, and stand-ins of Loki and Tempo. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BackfillOptions } from '../../src/backfill/backfill.js';
import { type BackfillFlags, readEndpoints } from '../../src/backfill/options.js';
import { createProgress } from '../../src/progress.js';
import { FakeLoki } from './fake-loki.js';
import { FakeTempo } from './fake-tempo.js';
import { type PrometheusProcess, startPrometheus } from './prometheus-process.js';

export interface TestStores {
  readonly prometheus: PrometheusProcess;
  readonly loki: FakeLoki;
  readonly tempo: FakeTempo;
  /** For runs; removed with the stores. */
  readonly folder: string;
  readonly flags: BackfillFlags;
  /** Everything that was said about the progress so far. */
  readonly notes: string[];
  readonly options: BackfillOptions;
  stop(): Promise<void>;
}

/** @param options.receiver whether Prometheus takes remote write */
export async function startStores(options: { readonly receiver?: boolean } = {}): Promise<TestStores> {
  const folder = await mkdtemp(path.join(tmpdir(), 'stores-'));
  const [loki, tempo] = [new FakeLoki(), new FakeTempo()];
  const [prometheus, lokiUrl, tempoUrl] = await Promise.all([
    startPrometheus(options),
    loki.listen(),
    tempo.listen(),
  ]);
  const flags = { prometheus: prometheus.url, loki: lokiUrl, tempo: tempoUrl, otlp: tempoUrl };
  const notes: string[] = [];
  return {
    prometheus,
    loki,
    tempo,
    folder,
    flags,
    notes,
    options: {
      endpoints: await readEndpoints(flags),
      progress: createProgress({ write: (text) => notes.push(text) }),
      patience: { first_ms: 5, longest_ms: 50, total_ms: 20_000 },
      lag: { total_ms: 3000, pause_ms: 20 },
    },
    async stop() {
      await Promise.all([prometheus.stop(), loki.close(), tempo.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
