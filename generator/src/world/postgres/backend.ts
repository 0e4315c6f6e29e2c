import type { ClockEvent } from '../../simulation/clock.js';
import type { CostKind } from './costs.js';
import type { Execution } from './data/plan.js';
import type { TableData } from './data/table-data.js';
import { Transaction } from './data/transaction.js';
import { DatabaseError, SQLSTATE } from './database-error.js';
import { isDeadlocked, type LockHolder } from './lock-table.js';
import type { ServerState } from './server-state.js';
import type { Session } from './session.js';
import type { Prepared } from './statements.js';
import type { QueryResult } from './types.js';

const LOCK_WAIT = { type: 'Lock', event: 'transactionid' };
const DEADLOCK_TIMEOUT_MS = 1000;

type Outcome = { readonly result: QueryResult } | { readonly error: DatabaseError };
type Report = (outcome: Outcome) => void;

/** The process that serves one connection: its transactions, its locks, and the statements that it runs one by one. */
export class Backend implements LockHolder {
  readonly session: Session;
  readonly #server: ServerState;
  #block: 'none' | 'open' | 'failed' = 'none';
  #transaction = new Transaction();
  readonly #locks: string[] = [];
  readonly #touched = new Map<TableData, boolean>();
  /** Others that wait for the end of this one's transaction, in order. */
  #waiting: Backend[] = [];
  #waitsFor: Backend | undefined;
  /** Runs the statement again that waits for a lock. */
  #retry: (() => void) | undefined;
  #deadlockCheck: ClockEvent | undefined;
  #running: ClockEvent | undefined;
  #stopRunning: (() => void) | undefined;

  constructor(server: ServerState, session: Session) {
    this.#server = server;
    this.session = session;
  }

  get waitsFor(): Backend | undefined {
    return this.#waitsFor;
  }

  /** Runs a statement; there must be none running. */
  execute(text: string, values: readonly unknown[], report: Report): void {
    const { statements, trackedText, oldestXid } = this.#server;
    const prepared = statements.prepare(text);
    this.session.startStatement(trackedText(text), prepared.queryId, oldestXid());
    this.#attempt(prepared, values, report);
  }

  /** The connection is closed: what was not committed is undone. */
  close(): void {
    if (this.#running) this.#server.clock.cancel(this.#running);
    this.#stopRunning?.();
    this.#stopWaiting();
    if (this.session.xactStartUs !== null) this.#endTransaction('rollback');
  }

  /** Tables that the transaction has used so far, and whether it wrote to them. */
  get touched(): ReadonlyMap<TableData, boolean> {
    return this.#touched;
  }

  #attempt(prepared: Prepared, values: readonly unknown[], report: Report): void {
    const outcome = this.#evaluate(prepared, values);
    if (outcome === undefined) {
      this.#waitForLock(() => this.#attempt(prepared, values, report), report);
      return;
    }
    // As node-postgres does it: parameters need the extended protocol, whose portal lives on until the next statement.
    const keepsSnapshot = values.length > 0 && prepared.plan?.returnsRows === true;
    this.#spend(this.#costKind(prepared), () => this.#finish(prepared, outcome, report, keepsSnapshot));
  }

  /** What the statement gives; undefined when it has to wait for a lock. */
  #evaluate({ plan, error }: Prepared, values: readonly unknown[]): Outcome | undefined {
    const ends = plan?.kind === 'commit' || plan?.kind === 'rollback';
    if (this.#block === 'failed' && !ends && error?.code !== SQLSTATE.syntaxError) {
      const message = 'current transaction is aborted, commands ignored until end of transaction block';
      return { error: new DatabaseError(SQLSTATE.inFailedTransaction, message) };
    }
    if (plan === undefined) return { error: error as DatabaseError };
    const execution: Execution = {
      input: { values, nowMs: Math.floor(this.#server.clock.wallMs) },
      transaction: this.#transaction,
      lock: (key) => this.#lock(key),
    };
    try {
      const result = plan.run(execution);
      // Whoever is about to lock or write a row has an id before it waits for the row.
      if (result === undefined || this.#transaction.changes.size > 0)
        this.session.backendXid ??= this.#server.takeXid();
      if (result === undefined) return undefined;
      // Set by rows that SKIP LOCKED passed over.
      this.#waitsFor = undefined;
      if (plan.data !== undefined) this.#touch(plan.data, plan.kind !== 'select');
      return { result };
    } catch (thrown) {
      if (thrown instanceof DatabaseError) return { error: thrown };
      throw thrown;
    }
  }

  #touch(data: TableData, writes: boolean): void {
    if (writes || !this.#touched.has(data))
      this.#touched.set(data, writes || this.#touched.get(data) === true);
  }

  #costKind({ plan }: Prepared): CostKind {
    switch (plan?.kind) {
      case 'select':
        return 'read';
      case 'insert':
      case 'update':
      case 'delete':
        return 'write';
      case 'commit':
        return this.#transaction.changes.size > 0 ? 'commit' : 'control';
      default:
        return 'control';
    }
  }

  /** Lets the time pass that a statement takes, and books it. */
  #spend(kind: CostKind, then: () => void): void {
    const { clock, costs, account } = this.#server;
    const cost = costs.draw(kind);
    const { demand, durationUs } = cost;
    if (cost.wait)
      this.session.waitFor(cost.wait, clock.nowUs + cost.waitFromUs, clock.nowUs + cost.waitToUs);
    account.start(demand);
    this.#stopRunning = () => {
      account.stop(demand);
      this.#stopRunning = undefined;
    };
    this.#running = clock.schedule(durationUs / 1000, () => {
      this.#running = undefined;
      this.#stopRunning?.();
      then();
    });
  }

  #finish(prepared: Prepared, outcome: Outcome, report: Report, keepsSnapshot = false): void {
    const { counts } = this.#server;
    if ('error' in outcome) this.#fail();
    else this.#settle(prepared);
    if (prepared.plan !== undefined && 'result' in outcome) counts.add(prepared.plan, outcome.result);
    const state = {
      none: 'idle',
      open: 'idle in transaction',
      failed: 'idle in transaction (aborted)',
    } as const;
    this.session.finishStatement(state[this.#block], keepsSnapshot);
    report(outcome);
  }

  #fail(): void {
    this.#endTransaction('rollback');
    if (this.#block === 'open') this.#block = 'failed';
  }

  #settle({ plan }: Prepared): void {
    switch (plan?.kind) {
      case 'begin':
        if (this.#block === 'none') this.#block = 'open';
        return;
      case 'commit':
      case 'rollback':
        // COMMIT of a failed transaction is a rollback, and no error. A failed one has ended before.
        if (this.#block !== 'failed') this.#endTransaction(plan.kind);
        this.#block = 'none';
        return;
      default:
        if (this.#block === 'none') this.#endTransaction('commit');
    }
  }

  #endTransaction(how: 'commit' | 'rollback'): void {
    const { database, counts, locks, dropXid } = this.#server;
    if (this.#transaction.changes.size > 0) {
      if (how === 'commit') database.commit(this.#transaction.changes);
      this.#transaction = new Transaction();
    }
    if (this.session.backendXid !== null) dropXid(this.session.backendXid);
    counts.end(how);
    locks.release(this.#locks);
    this.#locks.length = 0;
    this.#touched.clear();
    if (this.#waiting.length === 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const other of waiting) other.#wake();
  }

  #lock(key: string): boolean {
    const holder = this.#server.locks.take(key, this);
    if (holder !== this) {
      this.#waitsFor = holder;
      return false;
    }
    this.#locks.push(key);
    return true;
  }

  #waitForLock(retry: () => void, report: Report): void {
    const { clock, counts } = this.#server;
    this.session.waitFor(LOCK_WAIT);
    if (this.#waitsFor) this.#waitsFor.#waiting.push(this);
    this.#retry = retry;
    this.#deadlockCheck = clock.schedule(DEADLOCK_TIMEOUT_MS, () => {
      if (!isDeadlocked(this)) return;
      this.#stopWaiting();
      counts.deadlocks++;
      const error = new DatabaseError(SQLSTATE.deadlockDetected, 'deadlock detected');
      this.#spend('control', () =>
        this.#finish({ plan: undefined, error, queryId: null }, { error }, report),
      );
    });
  }

  #wake(): void {
    const retry = this.#retry;
    this.#stopWaiting();
    retry?.();
  }

  #stopWaiting(): void {
    if (this.#deadlockCheck) this.#server.clock.cancel(this.#deadlockCheck);
    const holder = this.#waitsFor;
    if (holder) holder.#waiting = holder.#waiting.filter((other) => other !== this);
    this.#deadlockCheck = undefined;
    this.#waitsFor = undefined;
    this.#retry = undefined;
    this.session.waitFor(undefined);
  }
}
