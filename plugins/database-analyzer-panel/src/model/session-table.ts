import { type GroupBy, NO_ROUTE } from './connection-seconds';
import { type Session, STATE_KINDS, type StateKind } from './session';

export type SortColumn = 'state' | 'pid' | 'application' | 'transactionAge' | 'stateAge' | 'statement';

export interface TableOptions {
  readonly groupBy: GroupBy;
  readonly sort: { readonly column: SortColumn; readonly descending: boolean };
  /** Only these kinds; all when empty. */
  readonly kinds: ReadonlySet<StateKind>;
  /** Only sessions that have this text in any column. */
  readonly text: string;
  /** So many equal sessions become one fold. */
  readonly foldFrom: number;
  readonly openFolds: ReadonlySet<string>;
  /** Height in px to fill: what is left over shows the first rows of the first fold. */
  readonly height: number;
}

/** One line of the table, at its place. */
export type TableRow = { readonly key: string; readonly y: number; readonly height: number } & RowContent;

export type RowContent =
  | { readonly kind: 'group'; readonly name: string; readonly sessions: readonly Session[] }
  | {
      readonly kind: 'fold';
      readonly id: string;
      readonly sessions: readonly Session[];
      readonly open: boolean;
      /** How many of its rows are shown although it is closed. */
      readonly preview: number;
    }
  | { readonly kind: 'session'; readonly session: Session; readonly inFold: boolean };

export interface Table {
  readonly rows: readonly TableRow[];
  readonly height: number;
  /** Sessions that pass the filters. */
  readonly matching: number;
}

const HEIGHT = { group: 24, fold: 40, idleFold: 24, session: 22 } as const;

/** Filters, sorts, groups and folds the sessions of a snapshot, and lays the lines out. */
export function sessionTable(sessions: readonly Session[], options: TableOptions): Table {
  const matching = sessions.filter((session) => matches(session, options)).sort(comparer(options.sort));
  const content: RowContent[] = [];
  for (const [name, members] of groups(matching, options.groupBy)) {
    const folds = bucket(members, foldKey);
    if (folds.size > 1) content.push({ kind: 'group', name, sessions: members });
    for (const [key, same] of [...folds].sort((a, b) => b[1].length - a[1].length)) {
      content.push(...foldRows(`${name}|${key}`, same, options));
    }
  }
  const rows = layOut(withPreview(content, options.height));
  const last = rows.at(-1);
  return { rows, height: last ? last.y + last.height : 0, matching: matching.length };
}

function foldRows(
  id: string,
  same: readonly Session[],
  { foldFrom, openFolds }: TableOptions,
): readonly RowContent[] {
  const rows = (inFold: boolean) => same.map((session) => ({ kind: 'session', session, inFold }) as const);
  if (same.length < foldFrom) return rows(false);
  const open = openFolds.has(id);
  return [{ kind: 'fold', id, sessions: same, open, preview: 0 }, ...(open ? rows(true) : [])];
}

/** Real rows with both ages are seen at once, without burying the rest, when there is room for two or more. */
function withPreview(content: readonly RowContent[], height: number): readonly RowContent[] {
  const at = content.findIndex((row) => row.kind === 'fold' && !row.open && !isIdle(row.sessions));
  const fold = content[at];
  if (fold?.kind !== 'fold') return content;
  const used = content.reduce((sum, row) => sum + rowHeight(row), 0);
  const preview = Math.min(Math.floor((height - used) / HEIGHT.session), fold.sessions.length);
  if (preview < 2) return content;
  const shown = fold.sessions
    .slice(0, preview)
    .map((session) => ({ kind: 'session', session, inFold: true }) as const);
  return [...content.slice(0, at), { ...fold, preview }, ...shown, ...content.slice(at + 1)];
}

function layOut(content: readonly RowContent[]): readonly TableRow[] {
  let y = 0;
  return content.map((row) => {
    const height = rowHeight(row);
    const placed: TableRow = { ...row, key: rowKey(row), y, height };
    y += height;
    return placed;
  });
}

function rowKey(row: RowContent): string {
  if (row.kind === 'group') return `group ${row.name}`;
  return row.kind === 'fold' ? `fold ${row.id}` : `pid ${row.session.pid}`;
}

function rowHeight(row: RowContent): number {
  if (row.kind !== 'fold') return HEIGHT[row.kind];
  return isIdle(row.sessions) ? HEIGHT.idleFold : HEIGHT.fold;
}

export function isIdle(sessions: readonly Session[]): boolean {
  return sessions[0]?.kind === 'idle';
}

/** Equal sessions: what they do, whose they are, and what they did last (which says nothing when they are idle). */
function foldKey(session: Session): string {
  const statement = session.kind === 'idle' ? '' : session.shortStatement;
  return `${session.kind}|${session.application}|${statement}`;
}

export function groupOf(session: Session, groupBy: GroupBy): string {
  switch (groupBy) {
    case 'state':
      return session.kind;
    case 'application':
      return session.application;
    case 'route':
      return session.route ?? NO_ROUTE;
    case 'statement':
      return session.shortStatement || 'no statement';
  }
}

function groups(
  sessions: readonly Session[],
  groupBy: GroupBy,
): readonly (readonly [string, readonly Session[]])[] {
  const all = [...bucket(sessions, (session) => groupOf(session, groupBy))];
  if (groupBy !== 'state') return all.sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  return all.sort((a, b) => STATE_KINDS.indexOf(a[0] as StateKind) - STATE_KINDS.indexOf(b[0] as StateKind));
}

export function bucket<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const buckets = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item);
    const same = buckets.get(name);
    if (same) same.push(item);
    else buckets.set(name, [item]);
  }
  return buckets;
}

function matches(session: Session, { kinds, text }: TableOptions): boolean {
  if (kinds.size > 0 && !kinds.has(session.kind)) return false;
  const wanted = text.trim().toLowerCase();
  if (!wanted) return true;
  const { pid, application, client, user, state, waitEvent, statement, route = '', traceId = '' } = session;
  const all = `${pid} ${application} ${client} ${user} ${state} ${waitEvent} ${statement} ${route} ${traceId}`;
  return all.toLowerCase().includes(wanted);
}

const VALUE: Readonly<Record<SortColumn, (session: Session) => string | number>> = {
  state: (session) => STATE_KINDS.indexOf(session.kind),
  pid: (session) => session.pid,
  application: (session) => session.application,
  transactionAge: (session) => session.transactionAgeS ?? -1,
  stateAge: (session) => session.stateAgeS ?? -1,
  statement: (session) => session.shortStatement,
};

/** Equal values stay in the order of their pids, so that rows keep their place from one snapshot to the next. */
function comparer({ column, descending }: TableOptions['sort']): (a: Session, b: Session) => number {
  const value = VALUE[column];
  const direction = descending ? -1 : 1;
  return (a, b) => {
    const left = value(a);
    const right = value(b);
    return left < right ? -direction : left > right ? direction : a.pid - b.pid;
  };
}

export interface FoldSummary {
  readonly transactionAgesS: readonly number[];
  readonly stateAgesS: readonly number[];
  readonly clients: readonly string[];
  readonly routes: readonly string[];
  readonly traces: number;
}

/** What a fold's line says of all its sessions. Ages ascend. */
export function summarize(sessions: readonly Session[]): FoldSummary {
  const numbers = (ages: readonly (number | undefined)[]) =>
    ages.filter((age) => age !== undefined).sort((a, b) => a - b);
  const distinct = (texts: readonly (string | undefined)[]) =>
    [...new Set(texts.filter((text) => text))] as string[];
  return {
    transactionAgesS: numbers(sessions.map((session) => session.transactionAgeS)),
    stateAgesS: numbers(sessions.map((session) => session.stateAgeS)),
    clients: distinct(sessions.map((session) => session.client)),
    routes: distinct(sessions.map((session) => session.route)),
    traces: distinct(sessions.map((session) => session.traceId)).length,
  };
}

export function median(ascending: readonly number[]): number | undefined {
  return ascending[ascending.length >> 1];
}

/** How many sessions wait for a lock of each pid. */
export function blockedCounts(sessions: readonly Session[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const pid of sessions.flatMap((session) => session.blockedBy))
    counts.set(pid, (counts.get(pid) ?? 0) + 1);
  return counts;
}

export function countKinds(sessions: readonly Session[]): Readonly<Record<StateKind, number>> {
  const counts = { idleInTransaction: 0, waiting: 0, active: 0, idle: 0 };
  for (const session of sessions) counts[session.kind]++;
  return counts;
}
