import { type Context, context, type Span, SpanKind } from '@opentelemetry/api';
import type { DatabaseConfig } from '../config.js';
import { DatabaseUnavailableError } from '../errors.js';
import type { Logger } from '../logger.js';
import type { Metrics } from '../metrics.js';
import type { Outside } from '../outside.js';
import { currentRequest } from '../request-context.js';
import { callerOf } from '../source-location.js';
import { ATTRIBUTE, DATABASE_PEER, EVENT, SPAN } from '../telemetry-names.js';
import { markFailed, type Tracing } from '../tracing.js';
import type { Statement, StatementResult } from './model.js';
import { type CheckoutOptions, Pool, type PooledConnection } from './pool.js';
import { Models } from './schema.js';
import { runInTransaction, type TransactionOptions } from './transactions.js';

const SATURATION_CHECK_MS = 1000;

export interface DatabaseOptions {
  readonly config: DatabaseConfig;
  readonly applicationName: string;
  readonly connect: Outside['connect'];
  readonly tracing: Tracing;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** The pool of another service in the same process, which starts and stops it; one of its own by default. */
  readonly sharedPool?: Pool;
}

/** Where the database is, as its spans say. */
interface Peer {
  readonly namespace: string;
  readonly address: string;
  readonly port: number;
}

/**
 * The database. A connection is borrowed by callback and returned when that ends; the models on the database itself
 * (`db.workflow.update`) borrow one for a single statement.
 */
export class Database extends Models {
  readonly #options: DatabaseOptions;
  readonly pool: Pool;
  readonly #peer: Peer;
  #saturationCheck: NodeJS.Timeout | undefined;

  constructor(options: DatabaseOptions) {
    super();
    this.#options = options;
    this.#peer = peerOf(options.config.url);
    this.pool = options.sharedPool ?? createPool(options);
  }

  async start(): Promise<void> {
    await this.pool.start();
    this.#saturationCheck = setInterval(() => this.#warnWhenSaturated(), SATURATION_CHECK_MS);
    this.#saturationCheck.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#saturationCheck);
    await this.pool.close();
  }

  /**
   * Lends `work` one connection for all its statements.
   * @throws {DatabaseUnavailableError} when none could be had
   */
  async $connection<T>(work: (db: Session) => Promise<T>, options?: CheckoutOptions): Promise<T> {
    const session = await this.#borrow(options);
    try {
      return await work(session);
    } finally {
      session.close();
      this.pool.release(session.borrowed);
    }
  }

  /**
   * Runs `work` in a transaction: committed when it returns, rolled back when it throws.
   * @throws {DatabaseUnavailableError} when no connection could be had, or the transaction took too long
   */
  async $transaction<T>(work: (tx: Session) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    const caller = callerOf(this.$transaction);
    const session = await this.#borrow(options);
    try {
      return await runInTransaction(session, work, options, { ...this.#options, caller });
    } finally {
      this.pool.release(session.borrowed);
    }
  }

  override execute(statement: Statement): Promise<StatementResult> {
    return this.$connection((db) => db.execute(statement));
  }

  async #borrow(options?: CheckoutOptions): Promise<Session> {
    const { tracing } = this.#options;
    const active = context.active();
    const route = currentRequest(active)?.route;
    const span = tracing.startSpan(SPAN.poolConnect, {
      kind: SpanKind.CLIENT,
      attributes: {
        [ATTRIBUTE.dbSystem]: 'postgresql',
        [ATTRIBUTE.dbNamespace]: this.#peer.namespace,
        [ATTRIBUTE.httpRoute]: route,
        [ATTRIBUTE.serverAddress]: this.#peer.address,
        [ATTRIBUTE.serverPort]: this.#peer.port,
        [ATTRIBUTE.peerService]: DATABASE_PEER,
        [ATTRIBUTE.servicePeerName]: DATABASE_PEER,
      },
      parent: active,
    });
    try {
      const borrowed = await this.pool.acquire(options);
      span.setAttribute(ATTRIBUTE.dbConnectionId, borrowed.connection.processID);
      return new Session({ ...this.#options, peer: this.#peer, borrowed, route, parent: active });
    } catch (error) {
      markFailed(span, error);
      throw error;
    } finally {
      tracing.endSpan(span);
    }
  }

  #warnWhenSaturated(): void {
    const { pool } = this;
    if (pool.waiting === 0) return;
    this.#options.logger.warn(EVENT.poolSaturated, 'Connection pool saturated', {
      used: pool.used,
      max: pool.max,
      waiting: pool.waiting,
      longest_wait_ms: Math.round(pool.longestWaitMs),
    });
  }
}

interface SessionOptions {
  readonly tracing: Tracing;
  readonly metrics: Metrics;
  readonly peer: Peer;
  readonly borrowed: PooledConnection;
  readonly route: string | undefined;
  readonly parent: Context;
}

/** A borrowed connection: statements run on it one after the other, each with a span and a comment. */
export class Session extends Models {
  readonly borrowed: PooledConnection;
  readonly #tracing: Tracing;
  readonly #metrics: Metrics;
  readonly #peer: Peer;
  readonly #route: string | undefined;
  /** What the statements' spans are children of. */
  #parent: Context;
  readonly #commentStart: string;
  #over = false;

  constructor({ tracing, metrics, peer, borrowed, route, parent }: SessionOptions) {
    super();
    this.borrowed = borrowed;
    this.#tracing = tracing;
    this.#metrics = metrics;
    this.#peer = peer;
    this.#route = route;
    this.#parent = parent;
    this.#commentStart = route ? ` /*route='${encodeURIComponent(route)}',` : ' /*';
  }

  /** Makes the statements that follow children of `parent`'s span. */
  setParent(parent: Context): void {
    this.#parent = parent;
  }

  /** @throws what the database says, or {DatabaseUnavailableError} when the connection is gone */
  override execute(statement: Statement): Promise<StatementResult> {
    if (this.#over) throw new DatabaseUnavailableError('The connection was returned already');
    return this.#run(statement);
  }

  /** Runs the last statement on this loan; what still tries to use the session from now on fails. */
  finish(statement: Statement): Promise<StatementResult> {
    this.#over = true;
    return this.#run(statement);
  }

  /** Ends the loan. */
  close(): void {
    this.#over = true;
  }

  async #run({ operation, table, text, values }: Statement): Promise<StatementResult> {
    const { borrowed } = this;
    const summary = table ? `${operation} ${table}` : operation;
    const attributes = {
      [ATTRIBUTE.dbSystem]: 'postgresql',
      [ATTRIBUTE.dbNamespace]: this.#peer.namespace,
      [ATTRIBUTE.dbOperation]: operation,
      [ATTRIBUTE.dbCollection]: table,
      [ATTRIBUTE.dbQueryText]: text,
      [ATTRIBUTE.dbQuerySummary]: summary,
      [ATTRIBUTE.dbConnectionId]: borrowed.connection.processID,
      [ATTRIBUTE.httpRoute]: this.#route,
      [ATTRIBUTE.serverAddress]: this.#peer.address,
      [ATTRIBUTE.serverPort]: this.#peer.port,
      [ATTRIBUTE.peerService]: DATABASE_PEER,
      [ATTRIBUTE.servicePeerName]: DATABASE_PEER,
    };
    const span = this.#tracing.startSpan(summary, {
      kind: SpanKind.CLIENT,
      attributes,
      parent: this.#parent,
    });
    const startedMs = performance.now();
    borrowed.busy = true;
    try {
      return await borrowed.connection.query(text + this.#comment(span), values);
    } catch (error) {
      throw this.#failed(error, span);
    } finally {
      borrowed.busy = false;
      this.#metrics.queryFinished(operation, (performance.now() - startedMs) / 1000);
      this.#tracing.endSpan(span);
    }
  }

  /** Tells the database's own views which request a statement is for, in the convention of sqlcommenter. */
  #comment(span: Span): string {
    const { traceId, spanId } = span.spanContext();
    return `${this.#commentStart}traceparent='00-${traceId}-${spanId}-01'*/`;
  }

  #failed(error: unknown, span: Span): unknown {
    markFailed(span, error);
    const code = (error as { code?: unknown }).code;
    if (typeof code === 'string') span.setAttribute(ATTRIBUTE.dbStatusCode, code);
    if (!isConnectionLoss(error, code)) return error;
    this.borrowed.broken = true;
    return new DatabaseUnavailableError('The database connection was lost', { cause: error });
  }
}

/** SQLSTATE classes 08 and 57P: the session is gone; without one the error came from the socket. */
function isConnectionLoss(error: unknown, code: unknown): boolean {
  if (typeof code !== 'string') return error instanceof Error;
  return code.startsWith('08') || code.startsWith('57P') || /^E[A-Z]+$/.test(code);
}

function createPool({ config, applicationName, connect, metrics, logger }: DatabaseOptions): Pool {
  const pool = new Pool({
    ...config.pool,
    connect: () => connect({ applicationName }),
    observer: metrics,
    onConnectionLost: (error) => {
      logger.warn(EVENT.poolConnectionLost, 'Database connection lost', { error: error.message });
    },
  });
  metrics.watchPool(pool);
  return pool;
}

function peerOf(url: string): Peer {
  const { hostname, port, pathname } = new URL(url);
  return { address: hostname, port: Number(port || 5432), namespace: decodeURIComponent(pathname.slice(1)) };
}
