/**
 * What one query may cost. Evaluation is synchronous in its inner loops and shares one thread with all other requests:
 * it counts its work by `spend`, and lets others have their turn by `breathe` between pieces of work.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { QueryError } from './query-error.js';

export interface Limits {
  /** Real time from the budget's creation to its end. */
  readonly timeout_ms: number;
  /** Of values held at once: samples, lines, spans of intermediate results. */
  readonly values: number;
}

export const DEFAULT_LIMITS: Limits = { timeout_ms: 30_000, values: 4_000_000 };

/** Between two looks at the clock. */
const UNITS_BETWEEN_LOOKS = 16_384;
/** After this long another request has its turn. */
const BREATH_MS = 25;

export class Budget {
  readonly #limits: Limits;
  readonly #signal: AbortSignal | undefined;
  readonly #start_ms = performance.now();
  #breath_ms = this.#start_ms;
  #units = 0;
  #held = 0;

  /** @param signal aborted when the client hangs up */
  constructor(limits: Limits = DEFAULT_LIMITS, signal?: AbortSignal) {
    this.#limits = limits;
    this.#signal = signal;
  }

  /**
   * Counts work: about one for each sample, line or span looked at.
   * @throws {QueryError} `timeout` once the time is over
   */
  spend(units: number): void {
    this.#units += units;
    if (this.#units < UNITS_BETWEEN_LOOKS) return;
    this.#units = 0;
    this.#look(performance.now());
  }

  /**
   * Counts values that are kept until the query ends; negative when they are given back.
   * @throws {QueryError} `too_large` above the limit
   */
  hold(values: number): void {
    this.#held += values;
    if (this.#held > this.#limits.values) {
      throw new QueryError(
        'too_large',
        `the query holds more than ${this.#limits.values} values at once: narrow its time range or its selectors, or widen its step`,
      );
    }
  }

  /**
   * Lets other requests have their turn, if this one has run for a while.
   * @throws {QueryError} `canceled` when the client has hung up, `timeout` once the time is over
   */
  async breathe(): Promise<void> {
    const now = performance.now();
    if (now - this.#breath_ms < BREATH_MS) return;
    this.#look(now);
    await nextTurn();
    this.#breath_ms = performance.now();
    if (this.#signal?.aborted) throw new QueryError('canceled', 'the client hung up');
  }

  #look(now_ms: number): void {
    if (now_ms - this.#start_ms > this.#limits.timeout_ms) {
      throw new QueryError('timeout', `the query ran for longer than ${this.#limits.timeout_ms / 1000} s`);
    }
  }
}
