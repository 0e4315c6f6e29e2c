import { ChangeLog, type Changes, type RowKey } from './change-log.js';
import { entityNumber, hashText, mix } from './entity-id.js';
import type { Column, RowPlace, StoredRow, Table, Value } from './schema.js';

type MutablePlace = { -readonly [K in keyof RowPlace]: RowPlace[K] };

/** The committed rows of one table: a population that is made up when it is looked at, and what has changed since. */
export class TableData {
  readonly table: Table;
  readonly columnNames: readonly string[];
  readonly #scale: number;
  readonly #slots: number;
  readonly #columns: readonly (readonly [string, Column])[];
  /** A copy of it has its final shape from the start. */
  readonly #emptyRow: StoredRow;
  readonly #tag: number;
  readonly #parents: readonly TableData[];
  readonly #changes: ChangeLog;
  readonly #others = new Map<string, { readonly parent: number; readonly numbers: readonly number[] }>();
  readonly #place: MutablePlace;
  #lastParentId = '';
  #lastParent: number | undefined;

  /** @param parents the data of the tables that this table's rows belong to; the table itself must not be among them */
  constructor(
    table: Table,
    parents: readonly TableData[],
    { epochMs, scale }: { epochMs: number; scale: number },
  ) {
    this.table = table;
    this.columnNames = Object.keys(table.columns);
    this.#columns = Object.entries(table.columns);
    this.#emptyRow = Object.fromEntries(this.columnNames.map((name) => [name, null]));
    this.#scale = scale;
    this.#slots = table.population.count[1];
    this.#tag = hashText(table.name);
    this.#parents = parents;
    this.#changes = new ChangeLog(table.indexes);
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
    // Statements of one transaction mostly speak of the same parent.
    if (id !== this.#lastParentId) {
      this.#lastParent = this.#findParent(id);
      this.#lastParentId = id;
    }
    return this.#lastParent;
  }

  #findParent(id: string): number | undefined {
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
    return this.#changes.get(key);
  }

  populationRow(n: number): StoredRow {
    const place = this.placeOf(n);
    const row = { ...this.#emptyRow };
    for (const [name, column] of this.#columns) row[name] = column.value(place);
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

  /** Keys of inserted rows with this value of an indexed column (or that had it), the newest first. */
  inserted(column: string, value: Value): string[] {
    return this.#changes.inserted(column, value);
  }

  /** Keys of inserted rows, the newest first; no more than `most`. */
  newest(most: number): string[] {
    return this.#changes.newest(most);
  }

  /** Numbers of the rows that another column than the parent's leads to, from row `parent` of the table it refers to. */
  numbersBy(column: string, parent: number): readonly number[] {
    const known = this.#others.get(column);
    if (known?.parent === parent) return known.numbers;
    const candidates = this.table.population.also[column]?.(parent) ?? [];
    const numbers = candidates.filter((n) => this.exists(n));
    this.#others.set(column, { parent, numbers });
    return numbers;
  }

  /** Makes a transaction's changes everybody's. */
  commit(changes: Changes): void {
    for (const [key, row] of changes) this.#changes.set(key, row);
  }
}
