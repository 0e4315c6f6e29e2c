/** The samples of one series, in two columns. */
import type { Labels } from './labels.js';

export interface SampleColumns {
  /** Ascending, each once. */
  readonly times: Float64Array;
  readonly values: Float64Array;
}

export interface Exemplar {
  readonly labels: Labels;
  readonly value: number;
  readonly timestamp_ms: number;
}

const NO_TIMES = new Float64Array(0);
const FIRST_CAPACITY = 64;

/** What becomes of a sample that is offered. */
export type Appended = 'ok' | 'known' | 'conflict';

export class Series {
  readonly labels: Labels;
  readonly exemplars: Exemplar[] = [];
  #times = NO_TIMES;
  #values = NO_TIMES;
  #length = 0;
  #sorted = true;
  /** Times of staleness markers: they end the series for instants, and are no samples of a range. */
  #staleTimes: number[] = [];
  #sealed: SampleColumns | undefined;

  constructor(labels: Labels) {
    this.labels = labels;
  }

  /** @returns `conflict` when the newest sample has this time and another value */
  append(time_ms: number, value: number): Appended {
    const last = this.#length - 1;
    if (last >= 0 && this.#sorted && time_ms <= (this.#times[last] as number)) {
      if (time_ms === this.#times[last]) return Object.is(value, this.#values[last]) ? 'known' : 'conflict';
      this.#sorted = false;
    }
    if (this.#length === this.#times.length) this.#grow();
    this.#times[this.#length] = time_ms;
    this.#values[this.#length] = value;
    this.#length++;
    this.#sealed = undefined;
    return 'ok';
  }

  appendStale(time_ms: number): void {
    this.#staleTimes.push(time_ms);
    this.#staleTimes.sort((a, b) => a - b);
  }

  get samples(): SampleColumns {
    this.#sealed ??= this.#seal();
    return this.#sealed;
  }

  get staleTimes(): readonly number[] {
    return this.#staleTimes;
  }

  /** Whether any sample lies between, both ends included. */
  overlaps(from_ms: number, to_ms: number): boolean {
    const { times } = this.samples;
    const first = times[0];
    return (
      first !== undefined &&
      from_ms <= to_ms &&
      first <= to_ms &&
      (times[times.length - 1] as number) >= from_ms
    );
  }

  #grow(): void {
    const capacity = Math.max(FIRST_CAPACITY, this.#times.length * 2);
    const [times, values] = [new Float64Array(capacity), new Float64Array(capacity)];
    times.set(this.#times);
    values.set(this.#values);
    this.#times = times;
    this.#values = values;
  }

  /** Trims the columns, which gives back what they had grown ahead, and puts them into order. */
  #seal(): SampleColumns {
    if (!this.#sorted) this.#sort();
    this.#times = this.#times.slice(0, this.#length);
    this.#values = this.#values.slice(0, this.#length);
    return { times: this.#times, values: this.#values };
  }

  /** Of several samples of one time the first that came is kept. */
  #sort(): void {
    const order = Uint32Array.from({ length: this.#length }, (_, index) => index);
    const [times, values] = [this.#times, this.#values];
    order.sort((a, b) => (times[a] as number) - (times[b] as number) || a - b);
    const [sortedTimes, sortedValues] = [new Float64Array(this.#length), new Float64Array(this.#length)];
    let length = 0;
    for (const index of order) {
      if (length > 0 && sortedTimes[length - 1] === times[index]) continue;
      sortedTimes[length] = times[index] as number;
      sortedValues[length] = values[index] as number;
      length++;
    }
    this.#times = sortedTimes;
    this.#values = sortedValues;
    this.#length = length;
    this.#sorted = true;
  }
}

/** Index of the first time that is greater than `time_ms`; the length when there is none. */
export function firstAfter(times: ArrayLike<number>, time_ms: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) > time_ms) high = middle;
    else low = middle + 1;
  }
  return low;
}
