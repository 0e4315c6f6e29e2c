import {
  attributeGap,
  type GapAttribution,
  type History,
  historyFromSnapshot,
  historyFromTrace,
  longestGap,
} from './history';
import type { OpenTransaction } from './open-transactions';
import type { Span, Trace } from './trace';
import {
  findTransaction,
  otherSpans,
  serverSpan,
  type TraceTransaction,
  traceTransactions,
} from './trace-transaction';

/** A bar below the history, on the same axis. */
export interface SpanBar {
  readonly kind: 'server' | 'connect' | 'transactions' | 'others' | 'named';
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  /** How many spans it stands for. */
  readonly count: number;
}

/** Everything about the selected transaction, at an instant. */
export interface Detail {
  readonly history: History;
  readonly source: 'trace' | 'snapshot';
  readonly open: boolean;
  /** When it was last seen open, if it ended between two snapshots. */
  readonly seenMs: number | undefined;
  readonly spans: readonly SpanBar[];
  /** Which span most of the longest gap lies in; only when conclusions are wanted. */
  readonly attribution: GapAttribution | undefined;
  /** Both ends of the axis that history and spans share. */
  readonly fromMs: number;
  readonly toMs: number;
}

export interface DetailOptions {
  readonly session: OpenTransaction;
  readonly timeMs: number;
  /** When it was last seen open, if it has ended since. */
  readonly seenMs?: number | undefined;
  readonly trace: Trace | undefined;
  /** Whether what comes after the instant is shown. */
  readonly showFuture: boolean;
  /** Whether spans that are not the database's are named. */
  readonly attributeGaps: boolean;
}

const MARGIN = 0.015;
/** A connection that was had at once was not waited for. */
const WAIT_MS = 1;

export function detailOf(options: DetailOptions): Detail {
  const { session, timeMs, seenMs, trace, showFuture, attributeGaps } = options;
  const { pid, transactionStartMs: startMs } = session;
  const transaction = trace && findTransaction(trace, { pid, startMs });
  if (!trace || !transaction) {
    const history = historyFromSnapshot(session, seenMs ?? timeMs);
    const axis = axisOf([startMs, timeMs]);
    const open = seenMs === undefined;
    return { history, source: 'snapshot', open, seenMs, spans: [], attribution: undefined, ...axis };
  }
  const open = transaction.endMs > timeMs;
  const known = historyFromTrace(transaction);
  const history = open && !showFuture ? cutAt(known, timeMs) : known;
  const spans = spanBars(trace, transaction, attributeGaps).filter(
    (bar) => showFuture || bar.startMs <= timeMs,
  );
  const gap = attributeGaps ? longestGap(known) : undefined;
  const end = showFuture || !open ? Math.max(...spans.map((bar) => bar.endMs), known.endMs ?? 0) : timeMs;
  return {
    history,
    source: 'trace',
    open,
    seenMs,
    spans,
    attribution: gap && attributeGap(gap, otherSpans(trace, transaction)),
    ...axisOf([...spans.map((bar) => bar.startMs), startMs, end]),
  };
}

function axisOf(times: readonly number[]): { readonly fromMs: number; readonly toMs: number } {
  const fromMs = Math.min(...times);
  const toMs = Math.max(...times, fromMs + 1);
  const margin = MARGIN * (toMs - fromMs);
  return { fromMs: fromMs - margin, toMs: toMs + margin };
}

/** The history as it was at an instant, when nobody could know what came later. */
function cutAt(history: History, timeMs: number): History {
  const rows = history.rows
    .filter((row) => row.kind === 'unknown' || row.startMs <= timeMs)
    .map((row) =>
      row.kind === 'unknown' || (row.endMs ?? 0) <= timeMs ? row : { ...row, endMs: undefined },
    );
  return { ...history, rows, endMs: undefined };
}

function spanBars(trace: Trace, transaction: TraceTransaction, named: boolean): readonly SpanBar[] {
  const bars: SpanBar[] = [];
  const add = (kind: SpanBar['kind'], name: string, spans: readonly Span[]) => {
    if (spans.length === 0) return;
    const startMs = Math.min(...spans.map((span) => span.startMs));
    const endMs = Math.max(...spans.map((span) => span.endMs));
    bars.push({ kind, name, startMs, endMs, count: spans.length });
  };
  const server = serverSpan(trace, transaction);
  if (server) add('server', server.name, [server]);
  const { connect } = transaction;
  if (connect && connect.endMs - connect.startMs > WAIT_MS) add('connect', connect.name, [connect]);
  const all = traceTransactions(trace);
  if (all.length > 1) {
    const startMs = Math.min(...all.map((one) => one.startMs));
    const endMs = Math.max(...all.map((one) => one.endMs));
    bars.push({ kind: 'transactions', name: 'transaction', startMs, endMs, count: all.length });
  }
  const others = otherSpans(trace, transaction);
  if (named) for (const [name, spans] of byName(others)) add('named', name, spans);
  else add('others', '', others);
  return bars;
}

function byName(spans: readonly Span[]): ReadonlyMap<string, readonly Span[]> {
  const names = new Map<string, Span[]>();
  for (const span of spans) names.set(span.name, [...(names.get(span.name) ?? []), span]);
  return names;
}
