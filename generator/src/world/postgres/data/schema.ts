/** How tables are described: their columns, constraints, and which rows were there before the simulation began. */

export type ColumnType = 'uuid' | 'text' | 'integer' | 'timestamptz' | 'jsonb' | 'boolean';

/** A value as the server keeps it: timestamps in ms since 1970, jsonb as its text. */
export type Value = string | number | boolean | null;

/** A row by its columns. */
export type StoredRow = Record<string, Value>;

/** Where a row of the population stands; what its values are made from. */
export interface RowPlace {
  /** Number of the row in its table. */
  readonly n: number;
  /** Number of its parent among the rows of the parent table (or tables, see `Population`). */
  readonly parent: number;
  /** Its place among the children of its parent, from 0. */
  readonly slot: number;
  /** 32 bits that belong to the row. */
  readonly hash: number;
  /** When the simulation starts, in ms since 1970. */
  readonly epochMs: number;
}

export interface Column {
  readonly type: ColumnType;
  readonly nullable: boolean;
  /** What an INSERT without it gets; undefined where that is an error. */
  readonly byDefault: Value | 'now()' | undefined;
  /** The table whose `id` it holds. */
  readonly references: string | undefined;
  /** The value of a row of the population. */
  readonly value: (place: RowPlace) => Value;
  /** The same as a client gets it, where that is cheaper to make than to convert. */
  readonly result?: (place: RowPlace) => unknown;
}

/** The rows that a table had before. */
export interface Population {
  /**
   * Tables whose rows these belong to, by `column`; without any it is a table at the root. With several, parent `p` is
   * row `floor(p / several)` of table `p % several`.
   */
  readonly per: readonly string[];
  readonly column: string | undefined;
  /** Least and most rows of a parent; a root table has so many rows in all. */
  readonly count: readonly [low: number, high: number];
  /** A timestamp that falls from slot to slot: the newest row is the parent's first. */
  readonly newestFirst: string | undefined;
  /** Other columns by which rows are found, and how: numbers of rows that may belong to the parent's row `parent`. */
  readonly also: Readonly<Record<string, (parent: number) => readonly number[]>>;
}

export interface Unique {
  readonly name: string;
  readonly columns: readonly string[];
  /** Only rows with this value count (a partial index). */
  readonly where: { readonly column: string; readonly value: Value } | undefined;
}

export interface Table {
  readonly name: string;
  readonly columns: Readonly<Record<string, Column>>;
  readonly primaryKey: readonly string[];
  readonly unique: readonly Unique[];
  readonly population: Population;
  /** Columns by which rows that were inserted are found without going through all. */
  readonly indexes: readonly string[];
}
