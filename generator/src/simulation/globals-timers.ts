import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import { promisify } from 'node:util';
import type { VirtualClock } from './clock.js';
import { replace } from './patch.js';
import { type TimerCallback, VirtualImmediate, VirtualTimeout } from './timer.js';

interface SleepOptions {
  readonly signal?: AbortSignal;
}

/** Replaces the timers of the globals, of `node:timers` and `node:timers/promises`, and `AbortSignal.timeout`. */
export function installTimerGlobals(clock: VirtualClock, loopTurnMs: number): void {
  const setTimeout = (callback: TimerCallback, delayMs?: unknown, ...args: unknown[]) =>
    new VirtualTimeout({ clock, callback: checked(callback), delayMs, args, repeat: false });
  const setInterval = (callback: TimerCallback, delayMs?: unknown, ...args: unknown[]) =>
    new VirtualTimeout({ clock, callback: checked(callback), delayMs, args, repeat: true });
  const setImmediate = (callback: TimerCallback, ...args: unknown[]) =>
    new VirtualImmediate(clock, loopTurnMs, checked(callback), args);
  const clearTimeout = (timer: unknown) => void VirtualTimeout.find(timer)?.close();
  const clearImmediate = (immediate: unknown) => {
    if (immediate instanceof VirtualImmediate) immediate.close();
  };

  const promised = promisedTimers(setTimeout, setImmediate);
  replace(setTimeout, promisify.custom, { value: promised.setTimeout });
  replace(setImmediate, promisify.custom, { value: promised.setImmediate });

  const replacements = {
    setTimeout,
    setInterval,
    setImmediate,
    clearTimeout,
    clearInterval: clearTimeout,
    clearImmediate,
  };
  for (const [name, value] of Object.entries(replacements)) {
    replace(globalThis, name, { value });
    replace(timers, name, { value });
  }
  for (const [name, value] of Object.entries(promised)) replace(timersPromises, name, { value });

  // The original uses timers that are internal to Node.
  const expiry = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
  const timeout = (delayMs: number) => {
    const controller = new AbortController();
    // Most signals expire when nobody cares any more, so there is one reason for all instead of one made for each.
    setTimeout(() => controller.abort(expiry), delayMs);
    return controller.signal;
  };
  replace(AbortSignal, 'timeout', { value: timeout });
}

type SetTimeout = (callback: TimerCallback, delayMs?: unknown) => VirtualTimeout;
type SetImmediate = (callback: TimerCallback) => VirtualImmediate;

/** The members of `node:timers/promises`. */
function promisedTimers(setTimeout: SetTimeout, setImmediate: SetImmediate) {
  const sleep = <T>(delayMs?: number, value?: T, options?: SleepOptions) =>
    abortable(options?.signal, value, (done) => setTimeout(done, delayMs));
  const turn = <T>(value?: T, options?: SleepOptions) =>
    abortable(options?.signal, value, (done) => setImmediate(done));

  async function* interval<T>(delayMs?: number, value?: T, options?: SleepOptions) {
    for (;;) yield await sleep(delayMs, value, options);
  }

  const scheduler = {
    wait: (delayMs: number, options?: SleepOptions) => sleep(delayMs, undefined, options),
    yield: () => turn(),
  };
  return { setTimeout: sleep, setImmediate: turn, setInterval: interval, scheduler };
}

function abortable<T>(
  signal: AbortSignal | undefined,
  value: T,
  start: (done: () => void) => { close(): void },
) {
  return new Promise<T>((resolve, reject) => {
    if (signal?.aborted) return reject(abortError(signal));
    const abort = () => {
      timer.close();
      reject(abortError(signal));
    };
    const timer = start(() => {
      signal?.removeEventListener('abort', abort);
      resolve(value);
    });
    signal?.addEventListener('abort', abort, { once: true });
  });
}

function abortError(signal: AbortSignal | undefined): Error {
  const error = new Error('The operation was aborted', { cause: signal?.reason });
  return Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' });
}

function checked(callback: unknown): TimerCallback {
  if (typeof callback === 'function') return callback as TimerCallback;
  const error = new TypeError(
    `The "callback" argument must be of type function. Received ${typeof callback}`,
  );
  throw Object.assign(error, { code: 'ERR_INVALID_ARG_TYPE' });
}
