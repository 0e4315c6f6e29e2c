/** The thread whose world is virtual. Posts what the part of that name found; see `in-worker.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { VirtualClock } from '../../src/simulation/clock.js';
import { installVirtualGlobals } from '../../src/simulation/globals.js';
import { installGuard } from '../../src/simulation/guard.js';
import { runLoop } from '../../src/simulation/loop.js';
import { createRandom } from '../../src/simulation/random.js';
import type { WorkerTask } from './in-worker.js';

const { part, drain } = workerData as WorkerTask;
const post = (message: unknown) => parentPort?.postMessage(message);
const clock = new VirtualClock({ epochMs: Date.parse('2026-03-02T09:00:00Z') });
installVirtualGlobals({
  clock,
  random: createRandom(1, 'app'),
  fetch: async () => Response.json({ outside: true }),
});
const { parts } = await import('./parts.js');
const lift = installGuard();
const report = parts[part];
if (report === undefined) throw new Error(`no part ${part}`);

const findings: unknown[] = [];
clock.schedule(0, () => report({ clock, note: (finding) => findings.push(finding) }));
runLoop(clock, {
  untilUs: 60_000_000,
  ...(drain && { drain }),
  done(error) {
    lift();
    post({ findings, error: error?.message, endUs: clock.nowUs });
  },
});
