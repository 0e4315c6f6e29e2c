import type { VirtualClock } from '../../simulation/clock.js';
import type { SessionRow, SessionState } from './types.js';

export interface WaitEvent {
  readonly type: string;
  readonly event: string;
}

const CLIENT_READ: WaitEvent = { type: 'Client', event: 'ClientRead' };

/** What does not change while a process lives. */
export interface Identity {
  readonly pid: number;
  readonly leaderPid?: number;
  readonly datname?: string;
  readonly usename?: string;
  readonly applicationName?: string;
  readonly clientAddr?: string;
  readonly clientPort?: number;
  readonly backendType: string;
  readonly backendStartUs?: number;
}

/** A process of the server as `pg_stat_activity` shows it, with the changes that PostgreSQL 15 makes to it. */
export class Session implements SessionRow {
  readonly pid: number;
  readonly leaderPid: number | null;
  readonly datname: string | null;
  readonly usename: string | null;
  readonly applicationName: string;
  readonly clientAddr: string | null;
  readonly clientPort: number | null;
  readonly backendType: string;
  readonly backendStartUs: number;
  state: SessionState | null = null;
  xactStartUs: number | null = null;
  queryStartUs: number | null = null;
  stateChangeUs: number | null = null;
  backendXid: number | null = null;
  backendXmin: number | null = null;
  queryId: string | null = null;
  query = '';
  readonly #clock: VirtualClock;
  #wait: WaitEvent | undefined;
  #waitFromUs = 0;
  #waitToUs = 0;

  constructor(clock: VirtualClock, identity: Identity) {
    this.#clock = clock;
    this.pid = identity.pid;
    this.leaderPid = identity.leaderPid ?? null;
    this.datname = identity.datname ?? null;
    this.usename = identity.usename ?? null;
    this.applicationName = identity.applicationName ?? '';
    this.clientAddr = identity.clientAddr ?? null;
    this.clientPort = identity.clientPort ?? null;
    this.backendType = identity.backendType;
    this.backendStartUs = identity.backendStartUs ?? clock.nowUs;
  }

  get waitEventType(): string | null {
    return this.#currentWait()?.type ?? null;
  }

  get waitEvent(): string | null {
    return this.#currentWait()?.event ?? null;
  }

  /** The client is connected and has not sent anything yet. */
  ready(): void {
    this.state = 'idle';
    this.stateChangeUs = this.#clock.nowUs;
  }

  /** @param xmin the oldest transaction that the statement can see as running */
  startStatement(query: string, queryId: string | null, xmin: number): void {
    const { nowUs } = this.#clock;
    // A failed transaction is over already; what is left of it is only the need to say so.
    if (this.state !== 'idle in transaction (aborted)') {
      this.xactStartUs ??= nowUs;
      this.backendXmin = xmin;
    }
    this.state = 'active';
    this.query = query;
    this.queryId = queryId;
    this.queryStartUs = nowUs;
    this.stateChangeUs = nowUs;
    this.#wait = undefined;
  }

  /** @param keepsSnapshot whether the statement's portal, and with it its snapshot, stays open in the transaction */
  finishStatement(state: SessionState, keepsSnapshot = false): void {
    this.state = state;
    this.stateChangeUs = this.#clock.nowUs;
    if (!keepsSnapshot || state !== 'idle in transaction') this.backendXmin = null;
    this.#wait = undefined;
    if (state === 'idle in transaction') return;
    this.xactStartUs = null;
    this.backendXid = null;
  }

  /** What it waits for from one instant to another; until further notice when that is not given. */
  waitFor(wait: WaitEvent | undefined, fromUs = this.#clock.nowUs, toUs = Number.POSITIVE_INFINITY): void {
    this.#wait = wait;
    this.#waitFromUs = fromUs;
    this.#waitToUs = toUs;
  }

  #currentWait(): WaitEvent | undefined {
    if (this.state !== null && this.state !== 'active') return CLIENT_READ;
    const { nowUs } = this.#clock;
    return nowUs >= this.#waitFromUs && nowUs < this.#waitToUs ? this.#wait : undefined;
  }
}
