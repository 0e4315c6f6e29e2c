import type { OpenTransaction } from './open-transactions';
import type { Span } from './trace';
import { statementText, type TraceTransaction } from './trace-transaction';

/** One line of a transaction's history. Times in ms since the epoch. */
export type HistoryRow =
  | {
      readonly kind: 'statement';
      readonly text: string;
      readonly startMs: number;
      readonly endMs: number | undefined;
    }
  | { readonly kind: 'gap'; readonly startMs: number; readonly endMs: number | undefined }
  | { readonly kind: 'unknown' };

export interface History {
  readonly startMs: number;
  /** `undefined` while open. */
  readonly endMs: number | undefined;
  readonly rows: readonly HistoryRow[];
  /** Time in which no statement ran, and the whole, in seconds; so far, while open. */
  readonly idleS: number;
  readonly wholeS: number;
}

/** A pause is worth a line of its own from this share of the transaction on, and never below 100 ms. */
const GAP_SHARE = 0.02;
const GAP_MIN_MS = 100;

/** The history that the trace tells: all statements, and every pause worth naming as a row of its own. */
export function historyFromTrace(transaction: TraceTransaction): History {
  const { startMs, endMs, statements } = transaction;
  const gapFromMs = Math.max(GAP_MIN_MS, GAP_SHARE * (endMs - startMs));
  const rows: HistoryRow[] = [];
  let quietSinceMs = startMs;
  let idleMs = 0;
  const pause = (untilMs: number) => {
    const pauseMs = untilMs - quietSinceMs;
    if (pauseMs > 0) idleMs += pauseMs;
    if (pauseMs >= gapFromMs) rows.push({ kind: 'gap', startMs: quietSinceMs, endMs: untilMs });
  };
  for (const statement of statements) {
    pause(statement.startMs);
    rows.push(statementRow(statement));
    quietSinceMs = Math.max(quietSinceMs, statement.endMs);
  }
  pause(endMs);
  return { startMs, endMs, rows, idleS: idleMs / 1000, wholeS: (endMs - startMs) / 1000 };
}

function statementRow(span: Span): HistoryRow {
  return { kind: 'statement', text: statementText(span), startMs: span.startMs, endMs: span.endMs };
}

/**
 * The history that snapshots alone tell: BEGIN and the last statement. What ran between them is not known, nor how long
 * BEGIN took; the last statement ended when the state changed, or has run until now. A statement as old as its
 * transaction is all there is of it, without a BEGIN.
 */
export function historyFromSnapshot(session: OpenTransaction, timeMs: number): History {
  const { transactionStartMs, statementStartMs, stateChangeMs, statement, kind } = session;
  const idle = kind === 'idleInTransaction';
  const single = statementStartMs !== undefined && statementStartMs <= transactionStartMs;
  const rows: HistoryRow[] = [];
  if (!single) rows.push({ kind: 'statement', text: 'BEGIN', startMs: transactionStartMs, endMs: undefined });
  if (statementStartMs !== undefined && !/^begin/i.test(statement)) {
    if (!single) rows.push({ kind: 'unknown' });
    const endMs = idle ? stateChangeMs : timeMs;
    rows.push({ kind: 'statement', text: statement, startMs: statementStartMs, endMs });
  }
  if (idle && stateChangeMs !== undefined)
    rows.push({ kind: 'gap', startMs: stateChangeMs, endMs: undefined });
  return {
    startMs: transactionStartMs,
    endMs: undefined,
    rows,
    idleS: idle && stateChangeMs !== undefined ? (timeMs - stateChangeMs) / 1000 : 0,
    wholeS: (timeMs - transactionStartMs) / 1000,
  };
}

/** The longest pause. */
export function longestGap(history: History): Extract<HistoryRow, { kind: 'gap' }> | undefined {
  let longest: Extract<HistoryRow, { kind: 'gap' }> | undefined;
  const length = (row: { startMs: number; endMs: number | undefined }) =>
    (row.endMs ?? Infinity) - row.startMs;
  for (const row of history.rows) {
    if (row.kind === 'gap' && (!longest || length(row) > length(longest))) longest = row;
  }
  return longest;
}

/** A span by which most of a gap can be told, and how much of it. */
export interface GapAttribution {
  readonly span: Span;
  readonly overlapS: number;
}

/** The span that covers most of a gap; of those that cover it about equally, a call to another service, the shortest. */
export function attributeGap(
  gap: { readonly startMs: number; readonly endMs: number | undefined },
  spans: readonly Span[],
): GapAttribution | undefined {
  const endMs = gap.endMs ?? Infinity;
  const overlapMs = (span: Span) => Math.min(span.endMs, endMs) - Math.max(span.startMs, gap.startMs);
  const most = Math.max(0, ...spans.map(overlapMs));
  if (most === 0) return undefined;
  const near = spans.filter((span) => overlapMs(span) >= 0.9 * most);
  const calls = (span: Span) => (span.kind === 'client' ? 0 : 1);
  near.sort((a, b) => calls(a) - calls(b) || a.endMs - a.startMs - (b.endMs - b.startMs));
  const [span] = near;
  return span && { span, overlapS: overlapMs(span) / 1000 };
}
