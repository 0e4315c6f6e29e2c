/** One stream's lines as columns, in order of time. */

import { FieldColumns } from './field-columns.js';
import type { Label, Labels } from './labels.js';

/** Nanoseconds within the millisecond: together they are exact, as one number they would not be. */
export interface Instant {
  readonly ms: number;
  readonly ns: number;
}

export interface Entry {
  readonly time: Instant;
  readonly line: string;
  /** Structured metadata, sorted by name. */
  readonly metadata: readonly Label[];
}

/** A metadata column: absent where a line has none of the name. */
export type TextColumn = (string | undefined)[];

const FIRST_CAPACITY = 64;

export class LogStream {
  readonly labels: Labels;
  readonly lines: string[] = [];
  readonly metadata = new Map<string, TextColumn>();
  /** What lines say, read out of them once. */
  readonly fields = new FieldColumns(this);
  newest_ms = Number.NEGATIVE_INFINITY;
  #ms = new Float64Array(FIRST_CAPACITY);
  #ns = new Int32Array(FIRST_CAPACITY);
  #bytes = new Int32Array(FIRST_CAPACITY);
  /** Entries from here on have not been sorted in. */
  #sealed = 0;

  constructor(labels: Labels) {
    this.labels = labels;
  }

  get length(): number {
    return this.lines.length;
  }

  append({ time, line, metadata }: Entry): void {
    this.newest_ms = Math.max(this.newest_ms, time.ms);
    const at = this.lines.length;
    if (at === this.#ms.length) this.#grow();
    this.#ms[at] = time.ms;
    this.#ns[at] = time.ns;
    this.#bytes[at] = Buffer.byteLength(line);
    this.lines.push(line);
    for (const [name, value] of metadata) {
      let column = this.metadata.get(name);
      if (!column) {
        column = new Array<string | undefined>(at).fill(undefined);
        this.metadata.set(name, column);
      }
      column[at] = value;
    }
    for (const column of this.metadata.values()) if (column.length === at) column.push(undefined);
  }

  /** Brings what was appended into order and drops what was there already. To be called before reading. */
  seal(): void {
    if (this.#sealed === this.length) return;
    this.fields.forget();
    if (!this.#isInOrder(this.#sealed)) this.#sort();
    this.#sealed = this.length;
  }

  ms(index: number): number {
    return this.#ms[index] as number;
  }

  ns(index: number): number {
    return this.#ns[index] as number;
  }

  /** Of the line in UTF-8. */
  byteLength(index: number): number {
    return this.#bytes[index] as number;
  }

  /** Index of the first entry that is not before an instant. */
  indexOf({ ms, ns }: Instant): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const isBefore = this.ms(middle) < ms || (this.ms(middle) === ms && this.ns(middle) < ns);
      if (isBefore) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  metadataOf(index: number): readonly Label[] {
    const pairs: Label[] = [];
    for (const [name, column] of this.metadata) {
      const value = column[index];
      if (value !== undefined) pairs.push([name, value]);
    }
    return pairs;
  }

  #grow(): void {
    const grown = <T extends Float64Array | Int32Array>(old: T, copy: T): T => {
      copy.set(old);
      return copy;
    };
    const capacity = this.#ms.length * 2;
    this.#ms = grown(this.#ms, new Float64Array(capacity));
    this.#ns = grown(this.#ns, new Int32Array(capacity));
    this.#bytes = grown(this.#bytes, new Int32Array(capacity));
  }

  /** Whether entries from `from` on continue in order of time, and none of them is there twice. */
  #isInOrder(from: number): boolean {
    const sameTime = new Set<string>();
    for (let index = Math.max(from, 1); index < this.length; index++) {
      const order = this.#compare(index - 1, index);
      if (order > 0) return false;
      if (order < 0) sameTime.clear();
      else if (!this.#isNew(index, sameTime)) return false;
    }
    return true;
  }

  #sort(): void {
    const order = Array.from({ length: this.length }, (_, index) => index);
    order.sort((a, b) => this.#compare(a, b) || a - b);
    const sameTime = new Set<string>();
    const kept = order.filter((index, position) => {
      const before = order[position - 1];
      if (before === undefined || this.#compare(before, index) < 0) {
        sameTime.clear();
        const next = order[position + 1];
        if (next !== undefined && this.#compare(index, next) === 0) sameTime.add(this.#identity(index));
        return true;
      }
      const identity = this.#identity(index);
      if (sameTime.has(identity)) return false;
      sameTime.add(identity);
      return true;
    });
    this.#rearrange(kept);
  }

  #rearrange(order: readonly number[]): void {
    const pick = <T>(values: ArrayLike<T>): T[] => order.map((index) => values[index] as T);
    this.#ms.set(pick(this.#ms));
    this.#ns.set(pick(this.#ns));
    this.#bytes.set(pick(this.#bytes));
    replace(this.lines, pick(this.lines));
    for (const column of this.metadata.values()) replace(column, pick(column));
  }

  /** Notes an entry of the same time as the one before; false when it is there already. */
  #isNew(index: number, sameTime: Set<string>): boolean {
    if (sameTime.size === 0) {
      for (let at = index - 1; at >= 0 && this.#compare(at, index) === 0; at--)
        sameTime.add(this.#identity(at));
    }
    const identity = this.#identity(index);
    if (sameTime.has(identity)) return false;
    sameTime.add(identity);
    return true;
  }

  #identity(index: number): string {
    return JSON.stringify([this.lines[index], this.metadataOf(index)]);
  }

  #compare(a: number, b: number): number {
    return this.ms(a) - this.ms(b) || this.ns(a) - this.ns(b);
  }
}

function replace<T>(target: T[], values: readonly T[]): void {
  // Not all at once by spread: that is as many arguments.
  for (const [index, value] of values.entries()) target[index] = value;
  target.length = values.length;
}
