import { goDuration } from './go-duration.js';
import { logfmtValue } from './logfmt.js';
import { commentStart, readComment } from './sql/comment.js';
import type { SessionRow } from './types.js';

export interface SessionSamplerOptions {
  readonly server: { readonly nowUs: number; sessions(): readonly SessionRow[] };
  /** When the simulation starts, in ms since 1970. */
  readonly epochMs: number;
}

/** What belongs to a statement's text; the same from one sample to the next while the session runs nothing else. */
interface StatementFields {
  readonly query: string;
  readonly text: string;
  readonly traceField: string;
}

/** Samples `pg_stat_activity`: a logfmt line for each session, as collectors of database telemetry write them. */
export class SessionSampler {
  readonly #options: SessionSamplerOptions;
  readonly #statements = new Map<number, StatementFields>();
  readonly #identities = new WeakMap<SessionRow, string>();

  constructor(options: SessionSamplerOptions) {
    this.#options = options;
  }

  sample(): string[] {
    const sessions = this.#options.server.sessions();
    if (this.#statements.size > 2 * sessions.length + 100) this.#statements.clear();
    return sessions.map((session) => this.#line(session));
  }

  #line(session: SessionRow): string {
    const { nowUs } = this.#options.server;
    const { state, xactStartUs, queryStartUs, stateChangeUs, waitEventType, waitEvent } = session;
    const statement = this.#statementOf(session);
    let line = this.#identityOf(session);
    if (state !== null) line += ` state=${logfmtValue(state)}`;
    if (session.backendXid !== null) line += ` xid=${session.backendXid}`;
    if (session.backendXmin !== null) line += ` xmin=${session.backendXmin}`;
    if (xactStartUs !== null) line += ` xact_time=${goDuration(nowUs - xactStartUs)}`;
    if (queryStartUs !== null) {
      // How long the statement runs, or ran.
      const endUs = state === 'active' ? nowUs : (stateChangeUs ?? nowUs);
      line += ` query_time=${goDuration(endUs - queryStartUs)}`;
    }
    if (stateChangeUs !== null) line += ` state_time=${goDuration(nowUs - stateChangeUs)}`;
    if (xactStartUs !== null) line += ` xact_start=${this.#time(xactStartUs)}`;
    if (queryStartUs !== null) line += ` query_start=${this.#time(queryStartUs)}`;
    if (stateChangeUs !== null) line += ` state_change=${this.#time(stateChangeUs)}`;
    if (waitEventType !== null) line += ` wait_event_type=${waitEventType} wait_event=${waitEvent}`;
    if (session.queryId !== null) line += ` queryid=${session.queryId}`;
    line += statement.text;
    // The last statement still shows in an idle session, but belongs to nothing that goes on.
    return state === 'idle' ? line : line + statement.traceField;
  }

  #identityOf(session: SessionRow): string {
    let identity = this.#identities.get(session);
    if (identity === undefined) {
      identity = identityFields(session);
      this.#identities.set(session, identity);
    }
    return identity;
  }

  #statementOf(session: SessionRow): StatementFields {
    const known = this.#statements.get(session.pid);
    if (known !== undefined && known.query === session.query) return known;
    const fields = statementFields(session.query);
    this.#statements.set(session.pid, fields);
    return fields;
  }

  /** ISO 8601 in microseconds. */
  #time(us: number): string {
    const wholeMs = Math.floor(us / 1000);
    const iso = new Date(this.#options.epochMs + wholeMs).toISOString();
    return `${iso.slice(0, -1)}${String(us - wholeMs * 1000).padStart(3, '0')}Z`;
  }
}

function identityFields(session: SessionRow): string {
  const { clientAddr, clientPort } = session;
  const client =
    clientAddr === null ? (clientPort === -1 ? '[local]' : undefined) : `${clientAddr}:${clientPort}`;
  const fields: readonly [string, string | number | null | undefined][] = [
    ['datname', session.datname],
    ['pid', session.pid],
    ['leader_pid', session.leaderPid],
    ['user', session.usename],
    ['app', session.applicationName || null],
    ['client', client],
    ['backend_type', session.backendType],
  ];
  return fields
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => `${name}=${logfmtValue(String(value))}`)
    .join(' ');
}

function statementFields(query: string): StatementFields {
  const { route, traceparent } = readComment(query);
  const sql = query.slice(0, commentStart(query)).trimEnd();
  let text = sql === '' ? '' : ` query=${logfmtValue(sql)}`;
  if (route !== undefined) text += ` route=${logfmtValue(route)}`;
  if (traceparent !== undefined) text += ` traceparent=${logfmtValue(traceparent)}`;
  const traceId = traceparent?.split('-')[1];
  return { query, text, traceField: traceId === undefined ? '' : ` trace_id=${logfmtValue(traceId)}` };
}
