import { DatabaseError, SQLSTATE } from '../database-error.js';
import type { RowKey } from './change-log.js';
import type { Database } from './database.js';
import { Matcher } from './matcher.js';
import { equals } from './predicate.js';
import type { StoredRow, Unique } from './schema.js';
import type { TableData } from './table-data.js';
import type { Transaction } from './transaction.js';

interface Reference {
  readonly column: string;
  readonly target: TableData;
}

/** What the rows of a table have to keep to. */
export class Constraints {
  readonly #data: TableData;
  readonly #references: readonly Reference[];
  readonly #uniques: readonly { readonly unique: Unique; readonly matcher: Matcher }[];

  constructor(database: Database, data: TableData) {
    const { table } = data;
    this.#data = data;
    this.#references = Object.entries(table.columns).flatMap(([column, { references }]) =>
      references === undefined ? [] : [{ column, target: database.table(references) }],
    );
    this.#uniques = table.unique.map((unique) => ({ unique, matcher: uniqueMatcher(data, unique) }));
  }

  /** Locks that keep others from adding the same unique values meanwhile; an id is never made twice. */
  uniqueLocks(row: StoredRow): string[] {
    return this.#uniques
      .filter(({ unique }) => !isOfId(unique) && counts(unique, row))
      .map(({ unique }) => `${unique.name}/${unique.columns.map((name) => row[name]).join('|')}`);
  }

  /** Checks a row that is about to be stored. @throws {DatabaseError} 23502 */
  checkNotNull(row: StoredRow): void {
    const { table, columnNames } = this.#data;
    for (const name of columnNames) {
      if (row[name] !== null || table.columns[name]?.nullable) continue;
      const message = `null value in column "${name}" of relation "${table.name}" violates not-null constraint`;
      throw new DatabaseError(SQLSTATE.notNullViolation, message, { table: table.name, column: name });
    }
  }

  /**
   * Checks a row at the end of the statement that stored it.
   * @param columns those that are new; by default all
   * @throws {DatabaseError} 23503
   */
  checkReferences(row: StoredRow, transaction: Transaction, columns?: ReadonlySet<string>): void {
    for (const { column, target } of this.#references) {
      if (columns === undefined || columns.has(column))
        this.#checkReference(row, column, target, transaction);
    }
  }

  /** The key of another row with the same values in a constraint's columns. */
  duplicate(unique: Unique, row: StoredRow, transaction: Transaction, own?: RowKey): RowKey | undefined {
    const matcher = this.#uniques.find((each) => each.unique === unique)?.matcher;
    const names = unique.where === undefined ? unique.columns : [...unique.columns, unique.where.column];
    return matcher
      ?.keys(
        names.map((name) => row[name] ?? null),
        transaction,
      )
      .find((key) => key !== own);
  }

  /**
   * @param own the row's key, when it is there already
   * @throws {DatabaseError} 23505
   */
  checkUnique(row: StoredRow, transaction: Transaction, own?: RowKey): void {
    for (const { unique } of this.#uniques) {
      if (!counts(unique, row)) continue;
      if (this.duplicate(unique, row, transaction, own) !== undefined) {
        throw this.#violation(unique.name, unique.columns, row);
      }
    }
  }

  #checkReference(row: StoredRow, column: string, target: TableData, transaction: Transaction): void {
    const id = row[column] ?? null;
    if (id === null) return;
    const key = target.keyOfId(id);
    if (key !== undefined && transaction.has(target, key)) return;
    const { name } = this.#data.table;
    const constraint = `${name}_${column}_fkey`;
    throw new DatabaseError(
      SQLSTATE.foreignKeyViolation,
      `insert or update on table "${name}" violates foreign key constraint "${constraint}"`,
      {
        table: name,
        constraint,
        detail: `Key (${column})=(${id}) is not present in table "${target.table.name}".`,
      },
    );
  }

  #violation(constraint: string, columns: readonly string[], row: StoredRow): DatabaseError {
    const values = columns.map((name) => row[name]).join(', ');
    return new DatabaseError(
      SQLSTATE.uniqueViolation,
      `duplicate key value violates unique constraint "${constraint}"`,
      {
        table: this.#data.table.name,
        constraint,
        detail: `Key (${columns.join(', ')})=(${values}) already exists.`,
      },
    );
  }
}

function isOfId({ columns }: Unique): boolean {
  return columns.length === 1 && columns[0] === 'id';
}

function counts({ columns, where }: Unique, row: StoredRow): boolean {
  if (where !== undefined && row[where.column] !== where.value) return false;
  return columns.every((name) => row[name] !== null);
}

function uniqueMatcher(data: TableData, { columns, where }: Unique): Matcher {
  const names = where === undefined ? columns : [...columns, where.column];
  return new Matcher(
    data,
    names.map((name) => equals(data.table, name)),
  );
}
