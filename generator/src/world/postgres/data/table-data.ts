import { entityNumber, hashText, mix } from './entity-id.js';
import type { Column, RowPlace, StoredRow, Table, Value } from './schema.js';

/** What tells a row from others: its number in the population, or the primary key of one that was inserted. */
export type RowKey = number | string;

/** A row's state where it differs from the population: null when it was deleted. */
export type Changes = Map<RowKey, StoredRow | null>;

/** Changed and inserted rows of a table that are remembered; of more, the oldest are forgotten. */
const MAX_CHANGES = 50_000;
/** Inserted rows with one value of an indexed column that are found by it, the newest ones. */
const MAX_INDEXED = 400;
/** One bit of a hash tells most unchanged rows of the population from changed ones. */
const FILTER_BITS = 0xffff;

type MutablePlace = { -readonly [K in keyof RowPlace]: RowPlace[K] };

/** The committed rows of one table: a population that is made up when it is looked at, and what has changed since. */
export class TableData {
  readonly table: Table;
  readonly columnNames: readonly string[];
  readonly #scale: number;
  readonly #slots: number;
  readonly #tag: number;
  readonly #parents: readonly TableData[];
  readonly #changes: Changes = new Map();
  readonly #indexes: ReadonlyMap<string, Map<Value, Set<string>>>;
  readonly #mayHaveChanged = new Uint8Array(FILTER_BITS + 1);
  readonly #place: MutablePlace;

  /** @param parents the data of the tables that this table's rows belong to; the table itself must not be among them */
  constructor(
    table: Table,
    parents: readonly TableData[],
    { epochMs, scale }: { epochMs: number; scale: number },
  ) {
    this.table = table;
    this.columnNames = Object.keys(table.columns);
    this.#scale = scale;
    this.#slots = table.population.count[1];
    this.#tag = hashText(table.name);
    this.#parents = parents;
    this.#indexes = new Map(table.indexes.map((column) => [column, new Map()]));
    this.#place = { n: 0, parent: 0, slot: 0, hash: 0, epochMs };
  }

  /** Rows of a root table. */
  get rootCount(): number {
    return Math.round(this.#slots * Math.max(1, this.#scale));
  }

  /** Number of the first child of a parent; the others follow. */
  firstChild(parent: number): number {
    return parent * this.#slots;
  }

  /** How many rows of the population belong to a parent. */
  childCount(parent: number): number {
    const [low, high] = this.table.population.count;
    return low + (mix(parent ^ this.#tag) % (high - low + 1));
  }

  /** The number of the parent row with this id among the rows of the parent tables; undefined when there is none. */
  parentNumber(id: Value): number | undefined {
    if (typeof id !== 'string') return undefined;
    for (const [index, parent] of this.#parents.entries()) {
      const n = entityNumber(parent.table.name, id);
      if (n !== undefined) return parent.exists(n) ? n * this.#parents.length + index : undefined;
    }
    return undefined;
  }

  /** Whether the population has a row of that number. */
  exists(n: number): boolean {
    if (this.#parents.length === 0) return n < this.rootCount;
    const parent = Math.floor(n / this.#slots);
    if (n - parent * this.#slots >= this.childCount(parent)) return false;
    const { length } = this.#parents;
    return this.#parents[parent % length]?.exists(Math.floor(parent / length)) ?? false;
  }

  /** The key of the row with this `id`, if that may be one. */
  keyOfId(id: Value): RowKey | undefined {
    if (typeof id !== 'string') return undefined;
    const n = entityNumber(this.table.name, id);
    if (n === undefined) return id;
    return this.exists(n) ? n : undefined;
  }

  keyOfRow(row: StoredRow): string {
    const { primaryKey } = this.table;
    return primaryKey.length === 1
      ? String(row[primaryKey[0] as string])
      : primaryKey.map((name) => row[name]).join('|');
  }

  /** What has become of a row since: undefined when nothing has. */
  change(key: RowKey): StoredRow | null | undefined {
    if (typeof key === 'number' && this.#mayHaveChanged[key & FILTER_BITS] === 0) return undefined;
    return this.#changes.get(key);
  }

  populationRow(n: number): StoredRow {
    const place = this.placeOf(n);
    const row: StoredRow = {};
    for (const name of this.columnNames) row[name] = (this.table.columns[name] as Column).value(place);
    return row;
  }

  /** Where a row of the population stands. It is the same object each time: use it before the next call. */
  placeOf(n: number): RowPlace {
    const place = this.#place;
    place.n = n;
    place.hash = mix(n ^ this.#tag);
    if (this.#parents.length > 0) {
      place.parent = Math.floor(n / this.#slots);
      place.slot = n - place.parent * this.#slots;
    }
    return place;
  }

  /** Keys of inserted rows with this value of an indexed column, the newest last. */
  insertedBy(column: string, value: Value): Iterable<string> {
    return this.#indexes.get(column)?.get(value) ?? [];
  }

  /** Keys of inserted and changed rows, the oldest first. */
  changedKeys(): Iterable<RowKey> {
    return this.#changes.keys();
  }

  /** Makes a transaction's changes everybody's. */
  commit(changes: Changes): void {
    for (const [key, row] of changes) {
      if (typeof key === 'string') this.#reindex(key, this.#changes.get(key), row);
      else this.#mayHaveChanged[key & FILTER_BITS] = 1;
      this.#changes.set(key, row);
    }
    for (const [key, row] of this.#changes) {
      if (this.#changes.size <= MAX_CHANGES) break;
      if (typeof key === 'string') this.#reindex(key, row, null);
      this.#changes.delete(key);
    }
  }

  #reindex(key: string, before: StoredRow | null | undefined, after: StoredRow | null): void {
    for (const [column, index] of this.#indexes) {
      const from = before?.[column];
      const to = after?.[column];
      if (from === to) continue;
      if (from !== undefined) index.get(from)?.delete(key);
      if (to === undefined) continue;
      const keys = index.get(to) ?? new Set();
      index.set(to, keys.add(key));
      const [oldest] = keys.size > MAX_INDEXED ? keys : [];
      if (oldest !== undefined) keys.delete(oldest);
    }
  }
}
