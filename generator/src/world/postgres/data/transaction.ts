import type { StoredRow } from './schema.js';
import type { Changes, RowKey, TableData } from './table-data.js';

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

  /** The row as this transaction sees it; undefined where there is none. */
  row(data: TableData, key: RowKey): StoredRow | undefined {
    const changed = this.changesOf(data)?.get(key) ?? data.change(key);
    if (this.changesOf(data)?.get(key) === null || changed === null) return undefined;
    if (changed !== undefined) return changed;
    return typeof key === 'number' ? data.populationRow(key) : undefined;
  }
}
