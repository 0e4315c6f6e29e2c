import { DatabaseError, SQLSTATE } from '../database-error.js';
import type { Changes } from './change-log.js';
import { TableData } from './table-data.js';
import { tables } from './tables.js';

export interface DatabaseOptions {
  /** When the simulation starts, in ms since 1970. */
  readonly epochMs: number;
  /** Multiplies the rows of root tables where it is more than 1. */
  readonly scale: number;
}

/** All tables' committed rows. */
export class Database {
  readonly #tables = new Map<string, TableData>();

  constructor(options: DatabaseOptions) {
    const dataOf = (name: string): TableData => {
      let data = this.#tables.get(name);
      const table = tables.get(name);
      if (table === undefined) throw new Error(`no table ${name}`);
      if (data === undefined) {
        data = new TableData(table, table.population.per.map(dataOf), options);
        this.#tables.set(name, data);
      }
      return data;
    };
    for (const name of tables.keys()) dataOf(name);
  }

  /** @throws {DatabaseError} 42P01 */
  table(name: string): TableData {
    const data = this.#tables.get(name);
    if (data === undefined)
      throw new DatabaseError(SQLSTATE.undefinedTable, `relation "${name}" does not exist`);
    return data;
  }

  commit(changes: ReadonlyMap<TableData, Changes>): void {
    for (const [data, rows] of changes) data.commit(rows);
  }
}
