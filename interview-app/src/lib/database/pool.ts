import type { PoolConfig } from '../config.js';
import { DatabaseUnavailableError, PoolTimeoutError } from '../errors.js';
import type { DatabaseConnection } from '../outside.js';

/** The priority lane is served first; within a lane it is first come, first served. */
export type Lane = 'priority' | 'ordinary';

export interface CheckoutOptions {
  readonly lane?: Lane;
  /** How long to wait for a connection before giving up. */
  readonly maxWaitMs?: number;
}

/** A connection and what its borrower is doing with it. */
export interface PooledConnection {
  readonly connection: DatabaseConnection;
  inTransaction: boolean;
  /** A statement is under way. */
  busy: boolean;
  /** Lost or in an unknown state: closed instead of lent again. */
  broken: boolean;
  /** When it was last lent or returned, by `performance.now()`. */
  sinceMs: number;
}

export interface PoolObserver {
  connectionWaited(waitS: number, timedOut: boolean): void;
  connectionReturned(useS: number): void;
}

interface Waiter {
  readonly sinceMs: number;
  readonly timer: NodeJS.Timeout;
  gaveUp: boolean;
  readonly resolve: (connection: PooledConnection | undefined) => void;
  readonly reject: (error: unknown) => void;
}

export interface PoolOptions extends PoolConfig {
  connect(): Promise<DatabaseConnection>;
  readonly observer: PoolObserver;
  /** Told of a connection that was lost while open. */
  onConnectionLost(error: Error): void;
}

const REAPER_INTERVAL_MS = 30_000;

/** At most `max` connections, opened when needed, lent to one borrower at a time. */
export class Pool {
  readonly #options: PoolOptions;
  readonly #connections = new Set<PooledConnection>();
  readonly #idle: PooledConnection[] = [];
  readonly #lanes: Readonly<Record<Lane, Set<Waiter>>> = { priority: new Set(), ordinary: new Set() };
  #opening = 0;
  #closed = false;
  #reaper: NodeJS.Timeout | undefined;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  get max(): number {
    return this.#options.max;
  }

  get idle(): number {
    return this.#idle.length;
  }

  /** Lent connections, those included that are being opened for their borrower. */
  get used(): number {
    return this.#connections.size + this.#opening - this.#idle.length;
  }

  get waiting(): number {
    return this.#lanes.priority.size + this.#lanes.ordinary.size;
  }

  get idleInTransaction(): number {
    let count = 0;
    for (const lent of this.#connections) if (lent.inTransaction && !lent.busy) count++;
    return count;
  }

  /** How long the first of all waiters has waited, 0 when there is none. */
  get longestWaitMs(): number {
    const [priority] = this.#lanes.priority;
    const [ordinary] = this.#lanes.ordinary;
    const now = performance.now();
    return Math.max(now - (priority?.sinceMs ?? now), now - (ordinary?.sinceMs ?? now));
  }

  /** Opens the minimum and begins to close what stays unused. @throws what `connect` throws */
  async start(): Promise<void> {
    const missing = Math.max(0, this.#options.min - this.#connections.size);
    const opened = await Promise.all(Array.from({ length: missing }, () => this.#open()));
    for (const connection of opened) this.#handOn(connection);
    this.#reaper = setInterval(() => this.#closeUnused(), REAPER_INTERVAL_MS);
    this.#reaper.unref();
  }

  /** Refuses new checkouts and closes every connection, lent ones as they come back. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#reaper);
    for (const waiters of Object.values(this.#lanes)) {
      for (const waiter of waiters) {
        clearTimeout(waiter.timer);
        waiter.reject(closedError());
      }
      waiters.clear();
    }
    await Promise.all(this.#idle.splice(0).map((connection) => this.#discard(connection)));
  }

  /**
   * Borrows a connection, to be given back by `release`.
   * @throws {PoolTimeoutError} when none became free within `maxWaitMs`
   */
  async acquire({ lane = 'ordinary', maxWaitMs }: CheckoutOptions = {}): Promise<PooledConnection> {
    if (this.#closed) throw closedError();
    const startedMs = performance.now();
    const lent = this.#idle.pop() ?? (await this.#wait(lane, maxWaitMs ?? this.#options.acquireTimeoutMs));
    const nowMs = performance.now();
    this.#options.observer.connectionWaited((nowMs - startedMs) / 1000, lent === undefined);
    if (!lent) throw new PoolTimeoutError(nowMs - startedMs);
    lent.sinceMs = nowMs;
    return lent;
  }

  /** Takes a connection back; the next waiter gets it at once. */
  release(connection: PooledConnection): void {
    this.#options.observer.connectionReturned((performance.now() - connection.sinceMs) / 1000);
    if (connection.broken || this.#closed) {
      void this.#discard(connection);
      this.#openForNextWaiter();
    } else {
      this.#handOn(connection);
    }
  }

  /** Resolves to undefined when the time is over. */
  #wait(lane: Lane, maxWaitMs: number): Promise<PooledConnection | undefined> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiter.gaveUp = true;
        this.#lanes[lane].delete(waiter);
        resolve(undefined);
      }, maxWaitMs);
      const waiter: Waiter = { sinceMs: performance.now(), timer, gaveUp: false, resolve, reject };
      if (this.#connections.size + this.#opening < this.#options.max) void this.#openFor(waiter);
      else this.#lanes[lane].add(waiter);
    });
  }

  #nextWaiter(): Waiter | undefined {
    for (const waiters of [this.#lanes.priority, this.#lanes.ordinary]) {
      for (const waiter of waiters) {
        waiters.delete(waiter);
        return waiter;
      }
    }
    return undefined;
  }

  #handOn(connection: PooledConnection): void {
    const waiter = this.#nextWaiter();
    if (waiter) {
      clearTimeout(waiter.timer);
      waiter.resolve(connection);
      return;
    }
    connection.sinceMs = performance.now();
    this.#idle.push(connection);
  }

  async #openFor(waiter: Waiter): Promise<void> {
    try {
      const connection = await this.#open();
      if (waiter.gaveUp) {
        this.#handOn(connection);
        return;
      }
      clearTimeout(waiter.timer);
      waiter.resolve(connection);
    } catch (error) {
      clearTimeout(waiter.timer);
      waiter.reject(error);
      this.#openForNextWaiter();
    }
  }

  /** After a connection was lost there is room for another, which the next waiter may be waiting for. */
  #openForNextWaiter(): void {
    const waiter = this.#nextWaiter();
    if (waiter) void this.#openFor(waiter);
  }

  async #open(): Promise<PooledConnection> {
    this.#opening++;
    try {
      const connection = await this.#options.connect();
      const pooled = {
        connection,
        inTransaction: false,
        busy: false,
        broken: false,
        sinceMs: performance.now(),
      };
      connection.on('error', (error) => this.#lost(pooled, error));
      this.#connections.add(pooled);
      return pooled;
    } catch (cause) {
      throw new DatabaseUnavailableError('Could not connect to the database', { cause });
    } finally {
      this.#opening--;
    }
  }

  #lost(connection: PooledConnection, error: Error): void {
    connection.broken = true;
    this.#options.onConnectionLost(error);
    const index = this.#idle.indexOf(connection);
    if (index < 0) return;
    this.#idle.splice(index, 1);
    void this.#discard(connection);
  }

  async #discard(connection: PooledConnection): Promise<void> {
    this.#connections.delete(connection);
    await connection.connection.end().catch(() => undefined);
  }

  /** The first idle connection is the one that was returned longest ago. */
  #closeUnused(): void {
    const deadlineMs = performance.now() - this.#options.idleTimeoutMs;
    while (this.#connections.size > this.#options.min) {
      const [oldest] = this.#idle;
      if (!oldest || oldest.sinceMs > deadlineMs) return;
      this.#idle.shift();
      void this.#discard(oldest);
    }
  }
}

function closedError(): DatabaseUnavailableError {
  return new DatabaseUnavailableError('The connection pool is closed');
}
