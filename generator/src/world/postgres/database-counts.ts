import type { Plan } from './data/plan.js';
import type { QueryResult } from './types.js';

/** The counters of `pg_stat_database`. */
export class DatabaseCounts {
  commits = 0;
  rollbacks = 0;
  returned = 0;
  inserted = 0;
  updated = 0;
  deleted = 0;
  deadlocks = 0;

  end(how: 'commit' | 'rollback'): void {
    if (how === 'commit') this.commits++;
    else this.rollbacks++;
  }

  add({ kind }: Plan, { rowCount }: QueryResult): void {
    const rows = rowCount ?? 0;
    if (kind === 'select') this.returned += rows;
    else if (kind === 'insert') this.inserted += rows;
    else if (kind === 'update') this.updated += rows;
    else if (kind === 'delete') this.deleted += rows;
  }
}
