import type { VirtualClock } from '../../simulation/clock.js';
import type { Random } from '../../simulation/random.js';
import type { PostgresParameters } from './parameters.js';

/** The columns of a result row by name, in the JavaScript types that node-postgres gives. */
export type Row = Record<string, unknown>;

export interface QueryResult {
  readonly rows: Row[];
  readonly rowCount: number | null;
}

/** A connection as the application sees it: the part of `pg.Client` that it uses. */
export interface DatabaseConnection {
  readonly processID: number;
  query(text: string, values?: readonly unknown[]): Promise<QueryResult>;
  end(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

export interface ConnectOptions {
  readonly applicationName: string;
  /** The role; by default the application's. */
  readonly user?: string;
  /** IPv4 address of the client; by default one that is derived from the application's name. */
  readonly clientAddress?: string;
}

export interface PostgresServerOptions {
  readonly clock: VirtualClock;
  readonly random: Random;
  /** What differs from `defaultParameters`. */
  readonly parameters?: Partial<PostgresParameters>;
}

export type SessionState = 'active' | 'idle' | 'idle in transaction' | 'idle in transaction (aborted)';

/**
 * A row of `pg_stat_activity`. Times are whole microseconds since the start of the simulation, negative for what began
 * before it. It is the server's own record and changes with it: read it before time goes on.
 */
export interface SessionRow {
  readonly pid: number;
  /** The process that a parallel worker works for. */
  readonly leaderPid: number | null;
  readonly datname: string | null;
  readonly usename: string | null;
  readonly applicationName: string;
  readonly clientAddr: string | null;
  /** -1 for a Unix socket, null for the server's own processes. */
  readonly clientPort: number | null;
  readonly backendType: string;
  readonly state: SessionState | null;
  readonly backendStartUs: number;
  readonly xactStartUs: number | null;
  readonly queryStartUs: number | null;
  readonly stateChangeUs: number | null;
  readonly waitEventType: string | null;
  readonly waitEvent: string | null;
  readonly backendXid: number | null;
  readonly backendXmin: number | null;
  /** A signed 64-bit number. */
  readonly queryId: string | null;
  /** The last statement as it was sent, comment and all, cut to `trackActivityQuerySize`. */
  readonly query: string;
}
