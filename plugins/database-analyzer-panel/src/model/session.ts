import { parseLogfmt } from './logfmt';
import { readComment, shortStatement, traceIdOf, withoutComments } from './statement';

/** What a session is doing. `waiting` is active with a wait event: it waits inside the server. */
export type StateKind = 'idleInTransaction' | 'waiting' | 'active' | 'idle';

/** In the order in which they are stacked and listed. */
export const STATE_KINDS: readonly StateKind[] = ['idleInTransaction', 'waiting', 'active', 'idle'];

export interface Session {
  readonly pid: number;
  /** Set on a parallel worker, which does a part of another session's statement. */
  readonly leaderPid?: number | undefined;
  readonly application: string;
  readonly client: string;
  readonly user: string;
  readonly database: string;
  readonly kind: StateKind;
  /** The server's own word. */
  readonly state: string;
  readonly waitEvent: string;
  /** The last or running statement without its comments. */
  readonly statement: string;
  readonly shortStatement: string;
  readonly route?: string | undefined;
  readonly traceId?: string | undefined;
  readonly transactionStartMs?: number | undefined;
  readonly statementStartMs?: number | undefined;
  readonly stateChangeMs?: number | undefined;
  /** Seconds at the snapshot; absent outside of a transaction. */
  readonly transactionAgeS?: number | undefined;
  /** Seconds since the state changed last. */
  readonly stateAgeS?: number | undefined;
  /** Pids of the sessions whose locks this one waits for. */
  readonly blockedBy: readonly number[];
}

export type SessionFields = Readonly<Record<string, string>>;

/** Fields without which the two ages cannot be told apart, or a session not be named. */
export const REQUIRED_FIELDS = ['pid', 'app', 'state', 'xact_start', 'state_change', 'query'] as const;

/** `pg_stat_activity`'s state and wait event as one of the four kinds. */
export function stateKind(state: string, waitEventType: string): StateKind {
  if (state.startsWith('idle in transaction')) return 'idleInTransaction';
  if (state === 'active' || state === 'fastpath function call') return waitEventType ? 'waiting' : 'active';
  return 'idle';
}

export function readFields(line: string): SessionFields {
  return parseLogfmt(line);
}

/**
 * Route and trace are those of the request that the session works for: an idle one still shows its last statement, but
 * works for nobody.
 * @param timeMs when the snapshot was taken, which the ages refer to
 */
export function toSession(fields: SessionFields, timeMs: number): Session {
  const state = fields.state ?? '';
  const kind = stateKind(state, fields.wait_event_type ?? '');
  const query = fields.query ?? '';
  const comment = readComment(query);
  const statement = withoutComments(query);
  const transactionStartMs = parseTimeMs(fields.xact_start);
  const stateChangeMs = parseTimeMs(fields.state_change);
  return {
    pid: Number(fields.pid),
    leaderPid: fields.leader_pid ? Number(fields.leader_pid) : undefined,
    application: fields.app || fields.backend_type || 'no name',
    client: (fields.client ?? '').replace(/:\d+$/, ''),
    user: fields.user ?? '',
    database: fields.datname ?? '',
    kind,
    state,
    waitEvent: fields.wait_event ?? '',
    statement,
    shortStatement: shortStatement(statement),
    route: kind === 'idle' ? undefined : fields.route || comment.route,
    traceId:
      kind === 'idle' ? undefined : fields.trace_id || traceIdOf(fields.traceparent || comment.traceparent),
    transactionStartMs,
    statementStartMs: parseTimeMs(fields.query_start),
    stateChangeMs,
    transactionAgeS: secondsBetween(transactionStartMs, timeMs),
    stateAgeS: secondsBetween(stateChangeMs, timeMs),
    blockedBy: (fields.blocked_by_pids?.match(/\d+/g) ?? []).map(Number),
  };
}

/** Never negative: a session's clock and the sampler's may differ by a little. */
function secondsBetween(fromMs: number | undefined, toMs: number): number | undefined {
  return fromMs === undefined ? undefined : Math.max(0, (toMs - fromMs) / 1000);
}

/** ISO 8601 or PostgreSQL's `2026-03-02 09:08:00.123+00`. @returns ms since the epoch, microseconds as a fraction */
export function parseTimeMs(text: string | undefined): number | undefined {
  if (!text) return undefined;
  const iso = text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00');
  const ms = Date.parse(iso);
  if (Number.isNaN(ms)) return undefined;
  const beyondMs = /\.\d{3}(\d{1,3})/.exec(iso)?.[1];
  return beyondMs ? ms + Number(`0.${beyondMs}`) : ms;
}
