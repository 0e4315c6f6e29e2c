/** Sets of labels: pairs of name and value, sorted by name. */
import { quote } from './go/strings.js';

export type Label = readonly [name: string, value: string];

/** Code points, not UTF-16: the order of Go's strings. For what label names are made of they agree. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export class Labels {
  readonly pairs: readonly Label[];
  #key: string | undefined;

  /** @param pairs sorted by name, each name once */
  private constructor(pairs: readonly Label[]) {
    this.pairs = pairs;
  }

  static readonly EMPTY = new Labels([]);

  static of(pairs: Iterable<Label>): Labels {
    return new Labels([...pairs].sort(([a], [b]) => compareText(a, b)));
  }

  static from(record: Readonly<Record<string, string>>): Labels {
    return Labels.of(Object.entries(record));
  }

  /** Equal for equal sets. */
  get key(): string {
    this.#key ??= this.pairs.map(([name, value]) => `${name}\u0001${value}`).join('\u0000');
    return this.#key;
  }

  /** Empty when there is none of the name. */
  get(name: string): string {
    return this.pairs.find(([other]) => other === name)?.[1] ?? '';
  }

  has(name: string): boolean {
    return this.pairs.some(([other]) => other === name);
  }

  keep(names: readonly string[]): Labels {
    return new Labels(this.pairs.filter(([name]) => names.includes(name)));
  }

  drop(names: readonly string[]): Labels {
    return new Labels(this.pairs.filter(([name]) => !names.includes(name)));
  }

  /** @param value empty takes the label away */
  with(name: string, value: string): Labels {
    const others = this.pairs.filter(([other]) => other !== name);
    return value === '' ? new Labels(others) : Labels.of([...others, [name, value]]);
  }

  record(): Record<string, string> {
    return Object.fromEntries(this.pairs);
  }

  /** As the engine prints them in its errors: `{a="b", c="d"}`. */
  toString(): string {
    return `{${this.pairs.map(([name, value]) => `${name}=${quote(value)}`).join(', ')}}`;
  }

  /** By names and values, the shorter first where one begins with the other. */
  static compare(a: Labels, b: Labels): number {
    const length = Math.min(a.pairs.length, b.pairs.length);
    for (let index = 0; index < length; index++) {
      const [left, right] = [a.pairs[index] as Label, b.pairs[index] as Label];
      const order = compareText(left[0], right[0]) || compareText(left[1], right[1]);
      if (order !== 0) return order;
    }
    return a.pairs.length - b.pairs.length;
  }
}
