/**
 * Traces in memory: columns of spans, what spans share in dictionaries, and an index by trace that is made when a query
 * first needs it after a write.
 */
import type { Budget } from '../query/budget.js';
import { SpanColumns } from './columns.js';
import { AttributeTable, RecordTable, type Resource, type Scope, StringTable } from './dictionaries.js';
import { buildIndex, type TraceIndex } from './trace-index.js';
import { TraceTable } from './trace-table.js';

export class TracesStore {
  readonly spans = new SpanColumns();
  readonly traces = new TraceTable();
  readonly strings = new StringTable();
  readonly attributes = new AttributeTable();
  readonly resources = new RecordTable<Resource>();
  readonly scopes = new RecordTable<Scope>();
  /** Spans of requests that were taken whole. */
  #committed = 0;
  #index: TraceIndex | undefined;
  #indexing: Promise<void> | undefined;
  #writing: Promise<void> = Promise.resolve();

  /** How many spans a query sees. */
  get size(): number {
    return this.#committed;
  }

  /**
   * Lets one request write at a time, all of it or nothing.
   * @param write adds spans to the columns; what it added is dropped when it throws
   */
  write(write: () => Promise<void>): Promise<void> {
    const written = this.#writing.then(() => this.#take(write));
    this.#writing = written.catch(() => {});
    return written;
  }

  /** What is here by trace. Queries that ask for it at once share the work of making it. */
  async index(budget: Budget): Promise<TraceIndex> {
    while (this.#index?.count !== this.#committed) {
      this.#indexing ??= this.#makeIndex();
      await this.#indexing;
      await budget.breathe();
    }
    return this.#index;
  }

  async #take(write: () => Promise<void>): Promise<void> {
    try {
      await write();
      this.#committed = this.spans.count;
    } catch (error) {
      this.spans.truncate(this.#committed);
      throw error;
    }
  }

  async #makeIndex(): Promise<void> {
    try {
      this.#index = await buildIndex(this, this.#committed);
    } finally {
      this.#indexing = undefined;
    }
  }
}
