import type { Changes, RowKey } from './change-log.js';
import { entityNumber } from './entity-id.js';
import type { Argument, Input, Predicate } from './predicate.js';
import type { StoredRow, Value } from './schema.js';
import type { TableData } from './table-data.js';
import type { Transaction } from './transaction.js';

/** Rows of a population that are looked through where no column leads to the right ones. */
const MAX_SCANNED = 4000;

export interface MatchOptions {
  /** Nothing more is looked for once so many rows were found. */
  readonly enough?: number;
  /** The oldest rows first; else the newest. */
  readonly oldestFirst?: boolean;
}

type Access = 'id' | 'child' | 'also' | 'index' | 'scan';

/** Rows that are looked at: some by their keys, then so many of the population from one number on. */
interface Candidates {
  readonly keys: readonly RowKey[];
  readonly first: number;
  readonly count: number;
}

/** Finds the rows of a table that satisfy all predicates, by the column that leads to the fewest. */
export class Matcher {
  readonly #data: TableData;
  readonly #predicates: readonly Predicate[];
  readonly #access: Access;
  /** Index of the predicate that leads to the rows. */
  readonly #lead: number;
  /** Index of the one that every row of the population satisfies that it leads to. */
  readonly #implied: number;

  constructor(data: TableData, predicates: readonly Predicate[]) {
    this.#data = data;
    this.#predicates = predicates;
    [this.#access, this.#lead] = chooseAccess(data, predicates);
    this.#implied = this.#access === 'id' || this.#access === 'child' ? this.#lead : -1;
  }

  arguments(input: Input): Argument[] {
    return this.#predicates.map((predicate) => predicate.argument(input));
  }

  /** The keys of matching rows as a transaction sees them: inserted ones first, the newest before the others. */
  keys(args: readonly Argument[], transaction: Transaction, options: MatchOptions = {}): RowKey[] {
    const { enough = Number.POSITIVE_INFINITY, oldestFirst = false } = options;
    const own = transaction.changesOf(this.#data);
    const lead = args[this.#lead] ?? null;
    if (this.#access === 'id' && !Array.isArray(lead)) {
      const key = this.#data.keyOfId(lead as Value);
      return key !== undefined && this.#matches(key, args, own) ? [key] : [];
    }
    const found: RowKey[] = [];
    const { keys, first, count } = this.#candidates(args, own);
    const length = keys.length + count;
    for (let i = 0; i < length && found.length < enough; i++) {
      const at = oldestFirst ? length - 1 - i : i;
      const key = at < keys.length ? (keys[at] as RowKey) : first + at - keys.length;
      if (this.#matches(key, args, own)) found.push(key);
    }
    return found;
  }

  #matches(key: RowKey, args: readonly Argument[], own: Changes | undefined): boolean {
    const ownChange = own?.get(key);
    const row = ownChange === undefined ? this.#data.change(key) : ownChange;
    if (row) return this.#satisfies(row, args);
    if (row === null || typeof key === 'string') return false;
    const place = this.#data.placeOf(key);
    for (let i = 0; i < this.#predicates.length; i++) {
      if (i === this.#implied) continue;
      const { column, test } = this.#predicates[i] as Predicate;
      if (!test(column.value(place), args[i] as Argument)) return false;
    }
    return true;
  }

  #satisfies(row: StoredRow, args: readonly Argument[]): boolean {
    for (let i = 0; i < this.#predicates.length; i++) {
      const { name, test } = this.#predicates[i] as Predicate;
      if (!test(row[name] ?? null, args[i] as Argument)) return false;
    }
    return true;
  }

  #candidates(args: readonly Argument[], own: Changes | undefined): Candidates {
    const lead = args[this.#lead] ?? null;
    const keys: RowKey[] = own === undefined ? [] : this.#newIn(own, args);
    const values = Array.isArray(lead) ? (lead as readonly Value[]) : [lead as Value];
    switch (this.#access) {
      case 'scan':
        this.#addScanned(keys);
        break;
      case 'id':
        for (const value of values) this.#addById(keys, value);
        break;
      default: {
        for (const value of values) this.#addInserted(keys, value);
        if (this.#access === 'child' && values.length === 1)
          return { keys, ...this.#children(values[0] ?? null) };
        for (const value of values) this.#addPopulation(keys, value);
      }
    }
    return { keys, first: 0, count: 0 };
  }

  /** The rows of the population that belong to one parent. */
  #children(parentId: Value): { readonly first: number; readonly count: number } {
    const parent = this.#data.parentNumber(parentId);
    if (parent === undefined) return { first: 0, count: 0 };
    return { first: this.#data.firstChild(parent), count: this.#data.childCount(parent) };
  }

  /** Matching rows that the transaction itself has inserted. */
  #newIn(own: Changes, args: readonly Argument[]): RowKey[] {
    const keys: RowKey[] = [];
    if (this.#access === 'id') return keys;
    for (const [key, row] of own) {
      if (typeof key !== 'string' || row === null || !this.#satisfies(row, args)) continue;
      if (this.#data.change(key) === undefined) keys.push(key);
    }
    return keys;
  }

  #addById(keys: RowKey[], value: Value): void {
    const key = this.#data.keyOfId(value);
    if (key !== undefined) keys.push(key);
  }

  #addInserted(keys: RowKey[], value: Value): void {
    for (const key of this.#data.inserted(this.#leading.name, value)) keys.push(key);
  }

  #addPopulation(keys: RowKey[], value: Value): void {
    const data = this.#data;
    if (this.#access === 'also') {
      const { name, column } = this.#leading;
      const n = typeof value === 'string' ? entityNumber(column.references ?? '', value) : undefined;
      if (n !== undefined) for (const number of data.numbersBy(name, n)) keys.push(number);
    } else if (this.#access === 'child') {
      const { first, count } = this.#children(value);
      for (let slot = 0; slot < count; slot++) keys.push(first + slot);
    } else {
      this.#addFirst(keys);
    }
  }

  #addScanned(keys: RowKey[]): void {
    for (const key of this.#data.newest(MAX_SCANNED)) keys.push(key);
    this.#addFirst(keys);
  }

  /** The first rows of the population. */
  #addFirst(keys: RowKey[]): void {
    const data = this.#data;
    let left = MAX_SCANNED;
    if (data.table.population.per.length === 0) {
      for (let n = 0; n < data.rootCount && left-- > 0; n++) keys.push(n);
      return;
    }
    for (let parent = 0; left > 0; parent++) {
      const first = data.firstChild(parent);
      if (!data.exists(first)) return;
      const count = data.childCount(parent);
      for (let slot = 0; slot < count && left-- > 0; slot++) keys.push(first + slot);
    }
  }

  get #leading(): Predicate {
    return this.#predicates[this.#lead] as Predicate;
  }
}

function chooseAccess(data: TableData, predicates: readonly Predicate[]): [Access, number] {
  const { primaryKey, population, indexes } = data.table;
  const indexOf = (matches: (name: string) => boolean) =>
    predicates.findIndex(({ name, equality }) => equality && matches(name));
  const choices: readonly [Access, number][] = [
    ['id', indexOf((name) => primaryKey.length === 1 && name === primaryKey[0])],
    ['child', indexOf((name) => name === population.column)],
    ['also', indexOf((name) => name in population.also)],
    ['index', indexOf((name) => indexes.includes(name))],
  ];
  return choices.find(([, index]) => index >= 0) ?? ['scan', -1];
}
