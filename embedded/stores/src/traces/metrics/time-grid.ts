/** The points in time of a metrics query: each is the end of a slot, which does not hold its own beginning. */

const MS = 1_000_000n;

export class TimeGrid {
  readonly count: number;
  readonly #start: bigint;
  readonly #step: bigint;
  readonly #seconds: number;
  readonly #nanos: number;
  readonly #length_ns: number;
  readonly #step_ns: number;

  /** @param step the whole range for a query of one value */
  constructor(start: bigint, end: bigint, step: bigint) {
    this.#start = start;
    this.#step = step;
    this.#seconds = Number(start / 1_000_000_000n);
    this.#nanos = Number(start % 1_000_000_000n);
    this.#length_ns = Number(end - start);
    this.#step_ns = Number(step);
    this.count = Number((end - start) / step);
  }

  /** Aligned to the step, with one more slot before: what queries over a range use. */
  static aligned(start: bigint, end: bigint, step: bigint): TimeGrid {
    const first = start - (start % step);
    const last = end % step === 0n ? end : end + step - (end % step);
    return new TimeGrid(first > step ? first - step : first, last, step);
  }

  get step_s(): number {
    return this.#step_ns / 1e9;
  }

  /** In milliseconds. */
  get range_ms(): { readonly start: number; readonly end: number } {
    const start = Number(this.#start / MS);
    return { start, end: start + Math.floor(this.#length_ns / 1e6) };
  }

  /** @returns -1 outside */
  slot(seconds: number, nanos: number): number {
    const after_ns = (seconds - this.#seconds) * 1e9 + nanos - this.#nanos;
    if (after_ns <= 0 || after_ns > this.#length_ns) return -1;
    return Math.ceil(after_ns / this.#step_ns) - 1;
  }

  slotOfMs(time_ms: number): number {
    return this.slot(Math.floor(time_ms / 1000), (time_ms % 1000) * 1e6);
  }

  /** In milliseconds, the end of a slot. */
  timestamp(slot: number): number {
    return Number((this.#start + BigInt(slot + 1) * this.#step) / MS);
  }
}
