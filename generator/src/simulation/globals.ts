import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import type { VirtualClock } from './clock.js';
import { installClockGlobals } from './globals-clock.js';
import { installRandomGlobals } from './globals-random.js';
import { installTimerGlobals } from './globals-timers.js';
import { replace } from './patch.js';
import type { Random } from './random.js';

export interface VirtualGlobals {
  readonly clock: VirtualClock;
  /** The stream behind `Math.random`, `crypto.randomUUID` and the like. */
  readonly random: Random;
  /** What `fetch` does: the outside, in virtual time. */
  readonly fetch: typeof globalThis.fetch;
  /** Virtual time that passes until a `setImmediate` callback runs, as a turn of a real event loop takes some. */
  readonly loopTurnMs?: number;
}

const HOST_NAME = 'localhost';
const PROCESS_ID = 1;

/**
 * Replaces this thread's clocks, timers, random numbers, `fetch` and identity by virtual ones, in place. Call it in a
 * worker of its own and before the application and its libraries are imported: many keep what they find at import.
 */
export function installVirtualGlobals({ clock, random, fetch, loopTurnMs = 0.15 }: VirtualGlobals): void {
  installClockGlobals(clock);
  installTimerGlobals(clock, loopTurnMs);
  installRandomGlobals(random);
  replace(globalThis, 'fetch', { value: fetch });
  replace(os, 'hostname', { value: () => HOST_NAME });
  replace(process, 'pid', { value: PROCESS_ID });
  syncBuiltinESMExports();
}
