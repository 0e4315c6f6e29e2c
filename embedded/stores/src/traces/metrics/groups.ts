/** Spans by the numbers of some of their values: a number for each combination. */

/** More than any number there is, and little enough for a double to hold the product with a number of groups. */
const NUMBERS = 2 ** 26;

export class Groups {
  readonly #width: number;
  readonly #levels: Map<number, number>[];
  readonly #combinations: (readonly number[])[] = [];
  #last: readonly number[] = [];
  #lastGroup = -1;

  /** @param width how many numbers make a combination */
  constructor(width: number) {
    this.#width = width;
    this.#levels = Array.from({ length: width }, () => new Map<number, number>());
  }

  get count(): number {
    return this.#combinations.length;
  }

  numbers(group: number): readonly number[] {
    return this.#combinations[group] as readonly number[];
  }

  /** @param numbers as many as the width; the list may be used again */
  group(numbers: readonly number[]): number {
    if (this.#lastGroup >= 0 && this.#isLast(numbers)) return this.#lastGroup;
    let node = 0;
    for (let level = 0; level < this.#width; level++) {
      const nodes = this.#levels[level] as Map<number, number>;
      const key = node * NUMBERS + (numbers[level] as number);
      let next = nodes.get(key);
      if (next === undefined) {
        next = nodes.size;
        nodes.set(key, next);
        if (level === this.#width - 1) this.#combinations.push([...numbers]);
      }
      node = next;
    }
    if (this.#width === 0 && this.#combinations.length === 0) this.#combinations.push([]);
    this.#last = this.#combinations[node] as readonly number[];
    this.#lastGroup = node;
    return node;
  }

  #isLast(numbers: readonly number[]): boolean {
    for (let i = 0; i < this.#width; i++) if (numbers[i] !== this.#last[i]) return false;
    return true;
  }
}
