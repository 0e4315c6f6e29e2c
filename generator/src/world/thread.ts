/**
 * The thread in which everything is simulated: its globals are made virtual first, then the app is loaded, then the
 * world around it is put together and time runs to the end of the window.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { Fault, Parameters, RequestKind } from '../scenario/types.js';
import { VirtualClock } from '../simulation/clock.js';
import { installVirtualGlobals } from '../simulation/globals.js';
import { installGuard } from '../simulation/guard.js';
import { runLoop } from '../simulation/loop.js';
import { createRandom } from '../simulation/random.js';
import { ByteRing, type Piece } from '../telemetry/byte-ring.js';
import { type Output, Recorder } from '../telemetry/recorder.js';
import type { Manifest } from '../telemetry/run-files.js';
import { loadApp } from './app.js';
import { installLightHttp } from './light-http.js';
import { Network } from './network.js';
import { buildWorld } from './world.js';

/** What the thread is started with; plain data. */
export interface ThreadData {
  readonly scenario: { readonly faults: readonly Fault[]; readonly requestMix: readonly RequestKind[] };
  readonly seed: number;
  readonly parameters: Parameters;
  readonly scale: number;
  /** When virtual time starts, before the window, in ms since 1970. */
  readonly epochMs: number;
  readonly app: { readonly folder: string; readonly name: string; readonly version: string };
  /** Through which the main thread gets what is emitted. */
  readonly output: SharedArrayBuffer;
}

export type ThreadMessage =
  | { readonly kind: 'bytes'; readonly content: Output; readonly piece: Piece }
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'failed'; readonly error: string }
  | { readonly kind: 'end'; readonly counts: Manifest['counts']; readonly events: number };

const NETWORK_DELAY_MS = [0.2, 0.6] as const;

const { scenario, seed, parameters, scale, epochMs, app, output } = workerData as ThreadData;
const ring = new ByteRing(output);

function post(message: ThreadMessage): void {
  parentPort?.postMessage(message);
}

const clock = new VirtualClock({ epochMs });
const network = new Network({ clock, random: createRandom(seed, 'network'), delay_ms: NETWORK_DELAY_MS });
const { warmup_s, baseline_s, incident_s } = parameters;
const startUs = warmup_s * 1e6;
const endUs = startUs + (baseline_s + incident_s) * 1e6;

installVirtualGlobals({ clock, random: createRandom(seed, 'app'), fetch: network.fetch });
installLightHttp();
const code = await loadApp(app.folder);
const recorder = new Recorder({
  nowUs: () => epochMs * 1000 + clock.nowUs,
  window: { startUs: epochMs * 1000 + startUs, endUs: epochMs * 1000 + endUs },
  write: (content, bytes) => ring.put(bytes, (piece) => post({ kind: 'bytes', content, piece })),
});
buildWorld({
  clock,
  network,
  recorder,
  code,
  appVersion: app.version,
  seed,
  scale,
  parameters,
  scenario,
  window: { startUs, endUs },
  onProgress: (share) => post({ kind: 'progress', share }),
});
installGuard();

runLoop(clock, {
  untilUs: endUs,
  done(error) {
    if (error) post({ kind: 'failed', error: error.message });
    else post({ kind: 'end', counts: recorder.finish(), events: clock.processed });
    parentPort?.close();
  },
});
