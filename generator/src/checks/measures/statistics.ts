/** The small statistics of the checks. All give NaN for no values, which no target accepts. */
import type { Measured } from './measure.js';

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Nearest rank. @param sorted ascending */
export function quantileOfSorted(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function quantile(values: readonly number[], share: number): number {
  return quantileOfSorted(Float64Array.from(values).sort(), share);
}

/** From the smallest to the largest. */
export function rangeOf(values: readonly number[], note?: string): Measured {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (values.length === 0) return { low: Number.NaN, high: Number.NaN };
  return note === undefined ? { low, high } : { low, high, note };
}

export function percent(part: number, whole: number): number {
  return (100 * part) / whole;
}

/** Many whole numbers in little memory: half a million durations in 2 MB. */
export class Counts {
  #values = new Uint32Array(1024);
  #length = 0;

  add(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Uint32Array(this.#length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  quantile(share: number): number {
    return quantileOfSorted(this.#values.slice(0, this.#length).sort(), share);
  }
}
