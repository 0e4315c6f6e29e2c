import type { Changes, RowKey } from './change-log.js';
import type { StoredRow } from './schema.js';
import type { TableData } from './table-data.js';

/** What a transaction has changed, which nobody else sees until it commits. */
export class Transaction {
  readonly #changes = new Map<TableData, Changes>();

  get changes(): ReadonlyMap<TableData, Changes> {
    return this.#changes;
  }

  changesOf(data: TableData): Changes | undefined {
    return this.#changes.get(data);
  }

  /** @param row null deletes it */
  set(data: TableData, key: RowKey, row: StoredRow | null): void {
    let changes = this.#changes.get(data);
    if (changes === undefined) {
      changes = new Map();
      this.#changes.set(data, changes);
    }
    changes.set(key, row);
  }

  /** What a row has become, as this transaction sees it: undefined when nothing has changed, null when it is gone. */
  change(data: TableData, key: RowKey): StoredRow | null | undefined {
    const own = this.#changes.size === 0 ? undefined : this.changesOf(data)?.get(key);
    return own === undefined ? data.change(key) : own;
  }

  /** Whether this transaction sees such a row. @param key of a row that is, or was, there */
  has(data: TableData, key: RowKey): boolean {
    const changed = this.change(data, key);
    return changed === undefined ? typeof key === 'number' : changed !== null;
  }

  /** The row as this transaction sees it; undefined where there is none. */
  row(data: TableData, key: RowKey): StoredRow | undefined {
    const changed = this.change(data, key);
    if (changed === undefined) return typeof key === 'number' ? data.populationRow(key) : undefined;
    return changed ?? undefined;
  }
}
