import type { VirtualClock } from '../../simulation/clock.js';
import type { Random } from '../../simulation/random.js';
import type { Backend } from './backend.js';
import { Costs } from './costs.js';
import { CpuAccount } from './cpu-account.js';
import { Database } from './data/database.js';
import { DatabaseCounts } from './database-counts.js';
import { LockTable } from './lock-table.js';
import type { PostgresParameters } from './parameters.js';
import { Statements } from './statements.js';

const FIRST_XID = 48_211_903;

/** What all processes of the server share. */
export class ServerState {
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly parameters: PostgresParameters;
  readonly account: CpuAccount;
  readonly costs: Costs;
  readonly database: Database;
  readonly statements: Statements;
  readonly locks = new LockTable<Backend>();
  readonly counts = new DatabaseCounts();
  #nextXid = FIRST_XID;
  readonly #runningXids = new Set<number>();
  #nextPid: number;

  constructor(clock: VirtualClock, random: Random, parameters: PostgresParameters) {
    this.clock = clock;
    this.random = random;
    this.parameters = parameters;
    this.account = new CpuAccount(clock, Math.max(1, Math.round(parameters.cores * parameters.scale)));
    this.costs = new Costs(this.account, random, parameters);
    this.database = new Database({ epochMs: clock.epochMs, scale: parameters.scale });
    this.statements = new Statements(this.database);
    this.#nextPid = random.integer(900, 4000);
  }

  /** The id of a new process: others on the host start some too. */
  readonly takePid = (): number => {
    this.#nextPid += this.random.integer(1, 4);
    return this.#nextPid;
  };

  readonly takeXid = (): number => {
    const xid = this.#nextXid++;
    this.#runningXids.add(xid);
    return xid;
  };

  readonly dropXid = (xid: number): void => {
    this.#runningXids.delete(xid);
  };

  /** The oldest transaction that still runs, or the next one. */
  readonly oldestXid = (): number => {
    for (const xid of this.#runningXids) return xid;
    return this.#nextXid;
  };

  /** As much of a statement's text as `pg_stat_activity` shows. */
  readonly trackedText = (text: string): string => {
    const size = this.parameters.trackActivityQuerySize;
    return text.length < size ? text : text.slice(0, size - 1);
  };
}
