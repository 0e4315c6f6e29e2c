/** What becomes of the spans of one series, slot by slot. */
import type { MetricsFunction } from '../traceql/ast.js';

export interface Cells {
  /** @param value of the span; NaN for none */
  add(slot: number, value: number): void;
  values(): Float64Array;
}

export function cellsFor(name: MetricsFunction, slots: number, step_s: number): Cells {
  switch (name) {
    case 'min_over_time':
      return new Extremes(slots, (value, known) => value < known);
    case 'max_over_time':
      return new Extremes(slots, (value, known) => value > known);
    case 'sum_over_time':
      return new Sums(slots);
    case 'avg_over_time':
      return new Averages(slots);
    case 'rate':
      return new Counts(slots, 1 / step_s);
    default:
      return new Counts(slots, 1);
  }
}

class Counts implements Cells {
  readonly #counts: Float64Array;
  readonly #factor: number;

  constructor(slots: number, factor: number) {
    this.#counts = new Float64Array(slots);
    this.#factor = factor;
  }

  add(slot: number): void {
    this.#counts[slot] = (this.#counts[slot] as number) + 1;
  }

  values(): Float64Array {
    return this.#counts.map((count) => count * this.#factor);
  }
}

class Extremes implements Cells {
  readonly #values: Float64Array;
  readonly #isBetter: (value: number, known: number) => boolean;

  constructor(slots: number, isBetter: (value: number, known: number) => boolean) {
    this.#values = new Float64Array(slots).fill(Number.NaN);
    this.#isBetter = isBetter;
  }

  add(slot: number, value: number): void {
    const known = this.#values[slot] as number;
    if (Number.isNaN(known) || this.#isBetter(value, known)) this.#values[slot] = value;
  }

  values(): Float64Array {
    return this.#values;
  }
}

/** With what rounding loses kept beside the sum (Kahan and Neumaier). */
class Sums implements Cells {
  readonly #sums: Float64Array;
  readonly #lost: Float64Array;

  constructor(slots: number) {
    this.#sums = new Float64Array(slots).fill(Number.NaN);
    this.#lost = new Float64Array(slots);
  }

  add(slot: number, value: number): void {
    if (Number.isNaN(value)) return;
    const sum = this.#sums[slot] as number;
    if (Number.isNaN(sum)) {
      this.#sums[slot] = value;
      return;
    }
    this.#lost[slot] = (this.#lost[slot] as number) + lostBy(sum, value);
    this.#sums[slot] = sum + value;
  }

  values(): Float64Array {
    return this.#sums.map((sum, slot) => sum + (this.#lost[slot] as number));
  }
}

/** Step by step, so that no sum can overflow. */
class Averages implements Cells {
  readonly #means: Float64Array;
  readonly #lost: Float64Array;
  readonly #counts: Float64Array;

  constructor(slots: number) {
    this.#means = new Float64Array(slots).fill(Number.NaN);
    this.#lost = new Float64Array(slots);
    this.#counts = new Float64Array(slots);
  }

  add(slot: number, value: number): void {
    if (Number.isNaN(value)) return;
    const count = (this.#counts[slot] as number) + 1;
    const mean = this.#means[slot] as number;
    this.#counts[slot] = count;
    if (count === 1) {
      this.#means[slot] = value;
      return;
    }
    const change = value / count - mean / count;
    this.#lost[slot] = (this.#lost[slot] as number) + lostBy(mean, change);
    this.#means[slot] = mean + change;
  }

  values(): Float64Array {
    return this.#means.map((mean, slot) => mean + (this.#lost[slot] as number));
  }
}

function lostBy(sum: number, value: number): number {
  const total = sum + value;
  if (!Number.isFinite(total)) return 0;
  return Math.abs(sum) >= Math.abs(value) ? sum - total + value : value - total + sum;
}
