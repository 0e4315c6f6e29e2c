/** Traces to look at beside a series. Tempo draws them at random; these are the newest of each part of the time. */
import type { TimeGrid } from './time-grid.js';

const MOST_IN_A_PART = 2;

export class ExemplarSlots {
  readonly #start_ms: number;
  readonly #end_ms: number;
  readonly #width_ms: number;
  readonly #counts: Uint8Array;
  #left: number;

  /** @param most in all; 0 for none */
  constructor(grid: TimeGrid, most: number) {
    const parts = Math.max(1, Math.floor(most / MOST_IN_A_PART));
    const { start, end } = grid.range_ms;
    this.#start_ms = start;
    this.#end_ms = end;
    this.#width_ms = Math.max(1, Math.floor((end - start) / parts));
    this.#counts = new Uint8Array(parts);
    this.#left = most;
  }

  /** Whether there is room for one at this time; if so, it is taken. */
  take(time_ms: number): boolean {
    if (this.#left === 0 || time_ms < this.#start_ms || time_ms > this.#end_ms) return false;
    const part = Math.min(this.#counts.length - 1, Math.floor((time_ms - this.#start_ms) / this.#width_ms));
    if ((this.#counts[part] as number) >= MOST_IN_A_PART) return false;
    this.#counts[part] = (this.#counts[part] as number) + 1;
    this.#left--;
    return true;
  }
}
