/** Loads a run into real stores and proves that all of it arrived. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createProgress, type Progress } from '../progress.js';
import type { Patience } from '../sinks/http.js';
import { type Clients, connect, waitUntilReady } from './clients.js';
import { type Expectations, loadRun } from './load.js';
import { writeMarker } from './marker.js';
import type { Endpoints } from './options.js';
import { preflight } from './preflight.js';
import { askUntilExact, DEFAULT_LAG, isExact, type Lag, type Receipt, type ReceiptRow } from './receipt.js';
import { askLoki } from './receipt-loki.js';
import { askPrometheus } from './receipt-prometheus.js';
import { askTempoCounts, askTempoTraces, discardedSpans } from './receipt-tempo.js';
import { openRun, type Run } from './run.js';

export interface BackfillOptions {
  readonly endpoints: Endpoints;
  readonly progress?: Progress;
  /** With a store that is starting, busy or out of reach. */
  readonly patience?: Patience;
  /** With a store that does not show yet what it has accepted. */
  readonly lag?: Lag;
}

/**
 * Loads a run. Nothing is written before the files, the stores and the absence of earlier loads have been checked.
 * @param runDir what `generate --out` wrote
 * @returns what the stores hold; only a receipt that is `ready` is a success
 * @throws {UserError} when the run can't be loaded, or a store holds an earlier load
 * @throws {StoreError} when a store is out of reach or refuses data
 */
export async function backfill(runDir: string, options: BackfillOptions): Promise<Receipt> {
  const progress = options.progress ?? createProgress(process.stderr);
  const abort = new AbortController();
  try {
    const run = await openRun(runDir, Date.now());
    const { patience } = options;
    const clients = connect(options.endpoints, {
      onWait: (message) => progress.note(message),
      signal: abort.signal,
      ...(patience ? { patience } : {}),
    });
    await waitUntilReady(clients);
    await preflight(clients, run);
    const discardedBefore = await discardedSpans(clients.tempo);
    await writeMarker(clients, run, 'started');
    const start = performance.now();
    const expectations = await loadRun(clients, run, progress);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    progress.note(`loaded in ${seconds} s; asking the stores what they hold`);
    const receipt = await askStores(clients, {
      run,
      expectations,
      discardedBefore,
      lag: options.lag ?? DEFAULT_LAG,
    });
    if (receipt.ready) await writeMarker(clients, run, 'complete');
    return receipt;
  } finally {
    abort.abort();
    progress.end();
  }
}

interface Asked {
  readonly run: Run;
  readonly expectations: Expectations;
  readonly discardedBefore: number | undefined;
  readonly lag: Lag;
}

async function askStores(
  clients: Clients,
  { run, expectations, discardedBefore, lag }: Asked,
): Promise<Receipt> {
  const { metrics, logs, traces } = expectations;
  const ask = (question: () => Promise<readonly ReceiptRow[]>) => askUntilExact(question, lag, sleep);
  const askTempo = async () => [
    ...(await ask(() => askTempoCounts(clients.tempo, run, traces, discardedBefore))),
    ...(await ask(() => askTempoTraces(clients.tempo, traces))),
  ];
  const answers = await Promise.all([
    ask(() => askPrometheus(clients.prometheus, run, metrics)),
    ask(() => askLoki(clients.loki, run, logs)),
    askTempo(),
  ]);
  const rows = answers.flat();
  return { ready: rows.every(isExact), run: run.id, rows };
}
