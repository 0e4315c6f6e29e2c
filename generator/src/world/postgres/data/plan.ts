import type { Statement } from '../sql/ast.js';
import { parse } from '../sql/parse.js';
import type { QueryResult } from '../types.js';
import type { Database } from './database.js';
import { compileSelect } from './plan-select.js';
import { compileDelete, compileInsert, compileUpdate } from './plan-write.js';
import type { Input } from './predicate.js';
import type { TableData } from './table-data.js';
import type { Transaction } from './transaction.js';

/** One execution of a statement. */
export interface Execution {
  readonly input: Input;
  readonly transaction: Transaction;
  /**
   * Takes a lock until the transaction ends. @returns false when another holds it: the statement is to be run again,
   * from its start, when that one's transaction is over
   */
  readonly lock: (key: string) => boolean;
}

/** A statement made ready: what it is, and what it does. */
export interface Plan {
  readonly kind: Statement['kind'];
  /** The table it reads or writes. */
  readonly data: TableData | undefined;
  /** Whether it has rows to give, as SELECT and RETURNING have. */
  readonly returnsRows: boolean;
  /** Undefined when it had to wait for a lock. @throws {DatabaseError} */
  readonly run: (execution: Execution) => QueryResult | undefined;
}

const NOTHING: QueryResult = { rows: [], rowCount: null };

/**
 * Parses and compiles a statement (without its comment).
 * @throws {DatabaseError} 42601, 42P01, 42703, 0A000 and their like, each naming what is wrong
 */
export function compile(database: Database, text: string): Plan {
  const statement = parse(text);
  switch (statement.kind) {
    case 'select':
      return compileSelect(database, statement);
    case 'insert':
      return compileInsert(database, statement);
    case 'update':
      return compileUpdate(database, statement);
    case 'delete':
      return compileDelete(database, statement);
    default:
      return { kind: statement.kind, data: undefined, returnsRows: false, run: () => NOTHING };
  }
}
