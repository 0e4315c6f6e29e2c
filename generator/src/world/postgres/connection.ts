import type { Backend } from './backend.js';
import { DatabaseError, SQLSTATE } from './database-error.js';
import type { DatabaseConnection, QueryResult } from './types.js';

interface Pending {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly resolve: (result: QueryResult) => void;
  readonly reject: (error: Error) => void;
}

const NO_VALUES: readonly unknown[] = [];

/** The client's end of a connection. As with `pg.Client`, statements that are sent at once run one after the other. */
export class Connection implements DatabaseConnection {
  readonly processID: number;
  readonly #backend: Backend;
  readonly #onClosed: () => void;
  readonly #errorListeners: ((error: Error) => void)[] = [];
  #current: Pending | undefined;
  #queue: Pending[] = [];
  #isOpen = true;

  constructor(backend: Backend, onClosed: () => void) {
    this.processID = backend.session.pid;
    this.#backend = backend;
    this.#onClosed = onClosed;
  }

  query(text: string, values: readonly unknown[] = NO_VALUES): Promise<QueryResult> {
    return new Promise((resolve, reject) => {
      if (!this.#isOpen) {
        reject(new Error('Client was closed and is not queryable'));
        return;
      }
      const pending = { text, values, resolve, reject };
      if (this.#current === undefined) this.#start(pending);
      else this.#queue.push(pending);
    });
  }

  async end(): Promise<void> {
    this.#close(new Error('Connection terminated'));
  }

  on(_event: 'error', listener: (error: Error) => void): this {
    this.#errorListeners.push(listener);
    return this;
  }

  /** What `pg_terminate_backend` does: statements fail, and listeners hear of it. */
  terminate(): void {
    const message = 'terminating connection due to administrator command';
    const error = new DatabaseError(SQLSTATE.adminShutdown, message, { severity: 'FATAL' });
    this.#close(error);
    for (const listener of this.#errorListeners) listener(error);
  }

  #start(pending: Pending): void {
    this.#current = pending;
    this.#backend.execute(pending.text, pending.values, (outcome) => {
      this.#current = undefined;
      if ('error' in outcome) pending.reject(outcome.error);
      else pending.resolve(outcome.result);
      const next = this.#queue.shift();
      if (next !== undefined) this.#start(next);
    });
  }

  #close(reason: Error): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const unfinished = this.#current === undefined ? this.#queue : [this.#current, ...this.#queue];
    this.#queue = [];
    this.#current = undefined;
    this.#backend.close();
    this.#onClosed();
    for (const { reject } of unfinished) reject(reason);
  }
}
