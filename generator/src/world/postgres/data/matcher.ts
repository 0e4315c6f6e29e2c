import type { Changes, RowKey } from './change-log.js';
import { entityNumber } from './entity-id.js';
import type { Argument, Input, Predicate } from './predicate.js';
import type { Value } from './schema.js';
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
    const candidates = this.#candidates(lead, own);
    const { length } = candidates;
    for (let i = 0; i < length && found.length < enough; i++) {
      const key = candidates[oldestFirst ? length - 1 - i : i] as RowKey;
      if (this.#matches(key, args, own)) found.push(key);
    }
    return found;
  }

  #matches(key: RowKey, args: readonly Argument[], own: Changes | undefined): boolean {
    const ownChange = own?.get(key);
    const row = ownChange === undefined ? this.#data.change(key) : ownChange;
    if (row === null || (row === undefined && typeof key === 'string')) return false;
    const place = row === undefined ? this.#data.placeOf(key as number) : undefined;
    for (let i = 0; i < this.#predicates.length; i++) {
      if (place !== undefined && i === this.#implied) continue;
      const { name, column, test } = this.#predicates[i] as Predicate;
      const value = place === undefined ? (row?.[name] ?? null) : column.value(place);
      if (!test(value, args[i] as Argument)) return false;
    }
    return true;
  }

  #candidates(lead: Argument, own: Changes | undefined): RowKey[] {
    const values = Array.isArray(lead) ? (lead as readonly Value[]) : [lead as Value];
    const keys: RowKey[] = own === undefined ? [] : this.#newIn(own);
    if (this.#access === 'scan') {
      this.#addScanned(keys);
    } else if (this.#access === 'id') {
      for (const value of values) this.#addById(keys, value);
    } else {
      for (const value of values) this.#addInserted(keys, value);
      for (const value of values) this.#addPopulation(keys, value);
    }
    return keys;
  }

  /** Rows that the transaction itself has inserted. */
  #newIn(own: Changes): RowKey[] {
    if (this.#access === 'id') return [];
    return [...own.keys()].filter((key) => typeof key === 'string' && this.#data.change(key) === undefined);
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
      const parent = data.parentNumber(value);
      if (parent === undefined) return;
      const first = data.firstChild(parent);
      const count = data.childCount(parent);
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
