import { AsyncResource } from 'node:async_hooks';
import type { ClockEvent, VirtualClock } from './clock.js';

const MAX_TIMEOUT_MS = 2 ** 31 - 1;

export type TimerCallback = (...args: unknown[]) => unknown;

interface TimerOptions {
  readonly clock: VirtualClock;
  readonly callback: TimerCallback;
  readonly delayMs: unknown;
  readonly args: readonly unknown[];
  readonly repeat: boolean;
}

const timersById = new Map<number, VirtualTimeout>();
let nextTimerId = 1;

/** What `setTimeout` returns in Node: an object, which keeps the async context that it was made in. */
export class VirtualTimeout extends AsyncResource {
  readonly #clock: VirtualClock;
  readonly #callback: TimerCallback;
  readonly #delayMs: number;
  readonly #args: readonly unknown[];
  readonly #repeat: boolean;
  #event: ClockEvent;
  #id: number | undefined;
  #referenced = true;

  constructor({ clock, callback, delayMs, args, repeat }: TimerOptions) {
    super('Timeout');
    const number = Number(delayMs);
    this.#clock = clock;
    this.#callback = callback;
    this.#delayMs = number >= 1 && number <= MAX_TIMEOUT_MS ? Math.trunc(number) : 1;
    this.#args = args;
    this.#repeat = repeat;
    this.#event = this.#arm();
  }

  /** The timer of an object or of its number, as `clearTimeout` takes both. */
  static find(timer: unknown): VirtualTimeout | undefined {
    if (timer instanceof VirtualTimeout) return timer;
    return typeof timer === 'number' || typeof timer === 'string' ? timersById.get(Number(timer)) : undefined;
  }

  close(): this {
    this.#clock.cancel(this.#event);
    this.#forgetId();
    return this;
  }

  refresh(): this {
    this.#clock.cancel(this.#event);
    this.#event = this.#arm();
    return this;
  }

  // Nothing in virtual time keeps a process alive, so these only remember what they were told.
  ref(): this {
    this.#referenced = true;
    return this;
  }

  unref(): this {
    this.#referenced = false;
    return this;
  }

  hasRef(): boolean {
    return this.#referenced;
  }

  [Symbol.toPrimitive](): number {
    if (this.#id === undefined) {
      this.#id = nextTimerId++;
      timersById.set(this.#id, this);
    }
    return this.#id;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #arm(): ClockEvent {
    return this.#clock.schedule(this.#delayMs, () => {
      if (this.#repeat) this.#event = this.#arm();
      else this.#forgetId();
      if (this.#args.length === 0) this.runInAsyncScope(this.#callback, this);
      else this.runInAsyncScope(this.#callback, this, ...this.#args);
    });
  }

  #forgetId(): void {
    if (this.#id !== undefined) timersById.delete(this.#id);
  }
}

/** What `setImmediate` returns in Node. */
export class VirtualImmediate extends AsyncResource {
  readonly #clock: VirtualClock;
  readonly #event: ClockEvent;
  #referenced = true;

  constructor(clock: VirtualClock, loopTurnMs: number, callback: TimerCallback, args: readonly unknown[]) {
    super('Immediate');
    this.#clock = clock;
    this.#event = clock.schedule(loopTurnMs, () => this.runInAsyncScope(callback, this, ...args));
  }

  close(): void {
    this.#clock.cancel(this.#event);
  }

  ref(): this {
    this.#referenced = true;
    return this;
  }

  unref(): this {
    this.#referenced = false;
    return this;
  }

  hasRef(): boolean {
    return this.#referenced;
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
