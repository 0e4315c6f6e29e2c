/** Spans by the values of some of their fields: a number for each combination. */
import { identity, type Value } from '../value.js';

/** Values are mostly the dictionary's own, which are found faster by themselves than by what they say. */
const MOST_KNOWN = 100_000;
/** More than there are values, and little enough for a double to hold the product with a number of groups. */
const VALUES = 2 ** 26;

export class Groups {
  readonly #width: number;
  readonly #known = new Map<Value, number>();
  readonly #ids = new Map<string, number>();
  readonly #levels: Map<number, number>[];
  readonly #combinations: (readonly Value[])[] = [];
  #last: readonly Value[] = [];
  #lastGroup = -1;

  /** @param width how many values make a combination */
  constructor(width: number) {
    this.#width = width;
    this.#levels = Array.from({ length: width }, () => new Map<number, number>());
  }

  get count(): number {
    return this.#combinations.length;
  }

  values(group: number): readonly Value[] {
    return this.#combinations[group] as readonly Value[];
  }

  /** @param values as many as the width; the list may be used again */
  group(values: readonly Value[]): number {
    if (this.#lastGroup >= 0 && this.#isLast(values)) return this.#lastGroup;
    let node = 0;
    for (let level = 0; level < this.#width; level++) {
      const nodes = this.#levels[level] as Map<number, number>;
      const key = node * VALUES + this.#id(values[level] as Value);
      let next = nodes.get(key);
      if (next === undefined) {
        next = nodes.size;
        nodes.set(key, next);
        if (level === this.#width - 1) this.#combinations.push([...values]);
      }
      node = next;
    }
    if (this.#width === 0 && this.#combinations.length === 0) this.#combinations.push([]);
    this.#last = this.#combinations[node] as readonly Value[];
    this.#lastGroup = node;
    return node;
  }

  #isLast(values: readonly Value[]): boolean {
    for (let i = 0; i < this.#width; i++) if (values[i] !== this.#last[i]) return false;
    return true;
  }

  #id(value: Value): number {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const text = identity(value);
    let id = this.#ids.get(text);
    if (id === undefined) {
      id = this.#ids.size;
      this.#ids.set(text, id);
    }
    if (this.#known.size < MOST_KNOWN) this.#known.set(value, id);
    return id;
  }
}
