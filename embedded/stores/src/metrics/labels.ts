/** An immutable set of labels, in the order of their names; a label that is empty is absent. */

export const METRIC_NAME = '__name__';
export const BUCKET = 'le';

/** A lone surrogate: decoded UTF-8 never has one, so no two different sets have the same key. */
const SEPARATOR = '\ud800';

export class Labels {
  static readonly EMPTY = new Labels([], []);

  /** Ascending. */
  readonly names: readonly string[];
  readonly values: readonly string[];
  #key: string | undefined;
  /** Asked for at each evaluation, and the same each time. */
  #withoutMetadata: Labels | undefined;

  private constructor(names: readonly string[], values: readonly string[]) {
    this.names = names;
    this.values = values;
  }

  /** @param entries in any order; each name once */
  static of(entries: Iterable<readonly [string, string]>): Labels {
    const sorted = [...entries].filter(([, value]) => value !== '').sort(([a], [b]) => compareText(a, b));
    if (sorted.length === 0) return Labels.EMPTY;
    return new Labels(
      sorted.map(([name]) => name),
      sorted.map(([, value]) => value),
    );
  }

  /** Equal for equal sets, and only for them. */
  get key(): string {
    if (this.#key === undefined) {
      let key = '';
      for (let index = 0; index < this.names.length; index++) {
        key += `${this.names[index]}${SEPARATOR}${this.values[index]}${SEPARATOR}`;
      }
      this.#key = key;
    }
    return this.#key;
  }

  /** Empty when there is no such label. */
  get(name: string): string {
    const index = this.names.indexOf(name);
    return index < 0 ? '' : (this.values[index] as string);
  }

  get metricName(): string {
    return this.get(METRIC_NAME);
  }

  /** @param value empty to take the label away */
  with(name: string, value: string): Labels {
    if (this.get(name) === value) return this;
    return Labels.of([...this.entries().filter(([other]) => other !== name), [name, value]]);
  }

  /** Without what belongs to the metric as it was exposed, and not to what a function makes of it. */
  withoutMetadata(): Labels {
    this.#withoutMetadata ??= this.without(METRIC_NAME, '__type__', '__unit__');
    return this.#withoutMetadata;
  }

  without(...names: readonly string[]): Labels {
    if (!names.some((name) => this.names.includes(name))) return this;
    return this.#filter((name) => !names.includes(name));
  }

  only(names: readonly string[]): Labels {
    return this.#filter((name) => names.includes(name));
  }

  entries(): readonly (readonly [string, string])[] {
    return this.names.map((name, index) => [name, this.values[index] as string] as const);
  }

  toObject(): Record<string, string> {
    return Object.fromEntries(this.entries());
  }

  /** As Prometheus writes a set into its messages: `{__name__="up", job="api"}`. */
  toString(): string {
    return `{${this.entries()
      .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
      .join(', ')}}`;
  }

  #filter(keep: (name: string) => boolean): Labels {
    const names: string[] = [];
    const values: string[] = [];
    this.names.forEach((name, index) => {
      if (!keep(name)) return;
      names.push(name);
      values.push(this.values[index] as string);
    });
    return names.length === 0 ? Labels.EMPTY : new Labels(names, values);
  }
}

/** The order in which range results are given: by name and value, label after label. */
export function compareLabels(a: Labels, b: Labels): number {
  const length = Math.min(a.names.length, b.names.length);
  for (let index = 0; index < length; index++) {
    const order =
      compareText(a.names[index] as string, b.names[index] as string) ||
      compareText(a.values[index] as string, b.values[index] as string);
    if (order !== 0) return order;
  }
  return a.names.length - b.names.length;
}

/** By code units: the same as by bytes of UTF-8, but for what lies beyond the basic plane. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
