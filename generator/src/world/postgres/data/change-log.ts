import type { StoredRow, Value } from './schema.js';

/** What tells a row from others: its number in the population, or the primary key of one that was inserted. */
export type RowKey = number | string;

/** A row's state where it differs from the population: null when it was deleted. */
export type Changes = Map<RowKey, StoredRow | null>;

/** Rows of one generation; the last two are remembered. */
const MAX_CHANGES = 25_000;
/** Inserted rows with one value of an indexed column that are found by it: the newest ones, twice as many before a trim. */
const MAX_INDEXED = 400;
/** One bit of a hash tells most unchanged rows of the population from changed ones. */
const FILTER_BITS = 0xffff;

interface Generation {
  readonly rows: Changes;
  /** By indexed column: keys of inserted rows by the column's value, the newest last. */
  readonly indexes: ReadonlyMap<string, Map<Value, string[]>>;
}

/** What has become of a table's rows. The last `MAX_CHANGES` to twice as many are remembered: memory stays bounded. */
export class ChangeLog {
  readonly #indexed: readonly string[];
  #current: Generation;
  #previous: Generation;
  readonly #mayHaveChanged = new Uint8Array(FILTER_BITS + 1);

  constructor(indexed: readonly string[]) {
    this.#indexed = indexed;
    this.#current = this.#newGeneration();
    this.#previous = this.#newGeneration();
  }

  /** Undefined when nothing is known about the row. */
  get(key: RowKey): StoredRow | null | undefined {
    if (typeof key === 'number' && this.#mayHaveChanged[key & FILTER_BITS] === 0) return undefined;
    const row = this.#current.rows.get(key);
    return row === undefined ? this.#previous.rows.get(key) : row;
  }

  set(key: RowKey, row: StoredRow | null): void {
    const { rows, indexes } = this.#current;
    if (typeof key === 'number') this.#mayHaveChanged[key & FILTER_BITS] = 1;
    else this.#index(indexes, key, rows.get(key), row);
    rows.set(key, row);
    if (rows.size < MAX_CHANGES) return;
    this.#previous = this.#current;
    this.#current = this.#newGeneration();
  }

  /** Keys of inserted rows with this value of an indexed column (or that had it), the newest first. */
  inserted(column: string, value: Value): string[] {
    const current = this.#current.indexes.get(column)?.get(value);
    const previous = this.#previous.indexes.get(column)?.get(value);
    const keys = current?.toReversed() ?? [];
    if (previous === undefined) return keys;
    for (let i = previous.length - 1; i >= 0; i--) {
      const key = previous[i] as string;
      if (!this.#current.rows.has(key)) keys.push(key);
    }
    return keys;
  }

  /** Keys of inserted rows, the newest first; no more than `most`. */
  newest(most: number): string[] {
    const keys = new Set<string>();
    for (const { rows } of [this.#current, this.#previous]) {
      for (const key of [...rows.keys()].reverse()) {
        if (keys.size >= most) break;
        if (typeof key === 'string') keys.add(key);
      }
    }
    return [...keys];
  }

  #newGeneration(): Generation {
    return { rows: new Map(), indexes: new Map(this.#indexed.map((column) => [column, new Map()])) };
  }

  #index(
    indexes: Generation['indexes'],
    key: string,
    before: StoredRow | null | undefined,
    after: StoredRow | null,
  ): void {
    for (const [column, index] of indexes) {
      const value = after === null ? undefined : (after[column] ?? null);
      if (before && before[column] === value) continue;
      if (before) remove(index.get(before[column] ?? null), key);
      if (value === undefined) continue;
      const keys = index.get(value);
      if (keys === undefined) index.set(value, [key]);
      else if (keys.push(key) > 2 * MAX_INDEXED) keys.splice(0, MAX_INDEXED);
    }
  }
}

function remove(keys: string[] | undefined, key: string): void {
  const at = keys?.lastIndexOf(key) ?? -1;
  if (at >= 0) keys?.splice(at, 1);
}
