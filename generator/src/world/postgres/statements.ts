import type { Database } from './data/database.js';
import { hashText } from './data/entity-id.js';
import { compile, type Plan } from './data/plan.js';
import { DatabaseError } from './database-error.js';
import { commentStart } from './sql/comment.js';

/** A statement's text, made ready once for all its executions. */
export interface Prepared {
  /** Undefined when the text is no statement that can be run. */
  readonly plan: Plan | undefined;
  readonly error: DatabaseError | undefined;
  /** As `pg_stat_activity.query_id`; null for what could not be analysed. */
  readonly queryId: string | null;
}

const MAX_PREPARED = 2000;

/** Statements by their text without the comment, which is different for every request. */
export class Statements {
  readonly #database: Database;
  readonly #prepared = new Map<string, Prepared>();

  constructor(database: Database) {
    this.#database = database;
  }

  prepare(text: string): Prepared {
    const end = commentStart(text);
    const sql = end === text.length ? text : text.slice(0, end).trimEnd();
    let prepared = this.#prepared.get(sql);
    if (prepared === undefined) {
      prepared = this.#compile(sql);
      if (this.#prepared.size >= MAX_PREPARED) this.#prepared.clear();
      this.#prepared.set(sql, prepared);
    }
    return prepared;
  }

  #compile(sql: string): Prepared {
    try {
      return { plan: compile(this.#database, sql), error: undefined, queryId: queryIdOf(sql) };
    } catch (error) {
      if (error instanceof DatabaseError) return { plan: undefined, error, queryId: null };
      throw error;
    }
  }
}

/** A signed 64-bit number that belongs to the statement; rows of a longer VALUES count as one. */
export function queryIdOf(sql: string): string {
  const normal = sql.replace(/(VALUES \([^)]*\))(, \([^)]*\))+/, '$1');
  const bits = (BigInt(hashText(normal)) << 32n) | BigInt(hashText(`${normal};`));
  return BigInt.asIntN(64, bits).toString();
}
