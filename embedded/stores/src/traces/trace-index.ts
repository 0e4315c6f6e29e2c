/**
 * Spans by trace: which spans a trace has, in the order of its tree, and what is known of it as a whole. Within a trace,
 * spans that hang on a root come first, each before its children, so that all that is below a span follows it directly;
 * spans whose parents are missing come after those.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { KeyColumns } from './key-columns.js';
import type { TracesStore } from './store.js';
import { TreeBuilder } from './tree-builder.js';

export interface TraceIndex {
  /** Spans in it, of the columns' beginning. */
  readonly count: number;
  /** Traces from the one that began last to the one that began first. */
  readonly newestFirst: Uint32Array;
  /** Where a trace's spans begin in `order`; they end where those of the next trace begin. */
  readonly from: Uint32Array;
  /** Spans by trace, then by tree. */
  readonly order: Uint32Array;
  /** Spans by trace, then by resource and scope, each in the order of arrival: as Tempo shows them. */
  readonly arrival: Uint32Array;
  /** By span: where it is in `order`. A span that is there twice has only one place. */
  readonly place: Uint32Array;
  /** By place: bounds of the nested set, as Tempo counts them; 0 for a span that hangs on no root. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** By place: where its parent is, -1 for a root, -2 for a span that hangs on no root. */
  readonly parent: Int32Array;
  /** By trace: start of its first span, end of its last one, root span or -1. */
  readonly startSeconds: Uint32Array;
  readonly startNanos: Uint32Array;
  readonly duration_ns: Float64Array;
  readonly root: Int32Array;
  readonly keyColumns: KeyColumns;
}

const TRACES_BETWEEN_BREATHS = 8192;
const SPANS_BETWEEN_BREATHS = 1 << 18;

/** @param count of the spans to be indexed: others may be written meanwhile */
export async function buildIndex(store: TracesStore, count: number): Promise<TraceIndex> {
  const traces = store.traces.count;
  const index = emptyIndex(store, count, traces);
  await groupByTrace(store.spans.trace, index, traces);
  const builder = new TreeBuilder(store, index);
  for (let trace = 0; trace < traces; trace++) {
    groupByScope(store, index, trace);
    builder.add(trace);
    if (trace % TRACES_BETWEEN_BREATHS === 0) await nextTurn();
  }
  return { ...index, newestFirst: newestFirst(index, traces) };
}

function emptyIndex({ spans }: TracesStore, count: number, traces: number): TraceIndex {
  return {
    count,
    newestFirst: new Uint32Array(0),
    from: new Uint32Array(traces + 1),
    order: new Uint32Array(count),
    arrival: new Uint32Array(count),
    place: new Uint32Array(count),
    left: new Int32Array(count),
    right: new Int32Array(count),
    parent: new Int32Array(count),
    startSeconds: new Uint32Array(traces),
    startNanos: new Uint32Array(traces),
    duration_ns: new Float64Array(traces),
    root: new Int32Array(traces).fill(-1),
    keyColumns: new KeyColumns(spans, count),
  };
}

/** Fills in where each trace begins, and the spans of each in the order of arrival. */
async function groupByTrace(traceOf: Uint32Array, index: TraceIndex, traces: number): Promise<void> {
  const { from, arrival, count } = index;
  for (let span = 0; span < count; span++) {
    const next = (traceOf[span] as number) + 1;
    from[next] = (from[next] as number) + 1;
    if (span % SPANS_BETWEEN_BREATHS === 0) await nextTurn();
  }
  for (let trace = 0; trace < traces; trace++) {
    from[trace + 1] = (from[trace + 1] as number) + (from[trace] as number);
  }
  const next = from.slice();
  for (let span = 0; span < count; span++) {
    const trace = traceOf[span] as number;
    const place = next[trace] as number;
    arrival[place] = span;
    next[trace] = place + 1;
    if (span % SPANS_BETWEEN_BREATHS === 0) await nextTurn();
  }
}

/** Resources, and the scopes of each, in the order in which the trace's first spans of them arrived. */
function groupByScope({ spans, scopes }: TracesStore, { from, arrival }: TraceIndex, trace: number): void {
  const own = arrival.subarray(from[trace], from[trace + 1]);
  const first = spans.scope[own[0] as number];
  if (own.every((span) => spans.scope[span] === first)) return;
  const ranks = new Map<string | number, number>();
  for (const span of own) {
    const scope = spans.scope[span] as number;
    for (const key of [`resource ${scopes.get(scope).resource}`, scope]) {
      if (!ranks.has(key)) ranks.set(key, ranks.size);
    }
  }
  const rankOf = (span: number) => {
    const scope = spans.scope[span] as number;
    return (
      (ranks.get(`resource ${scopes.get(scope).resource}`) as number) * ranks.size +
      (ranks.get(scope) as number)
    );
  };
  own.sort((a, b) => rankOf(a) - rankOf(b) || a - b);
}

/** Traces without spans, left by requests that were refused, are none. Of two that began at once the later one to come is first. */
function newestFirst({ from, startSeconds, startNanos }: TraceIndex, traces: number): Uint32Array {
  const order = new Uint32Array(traces);
  let kept = 0;
  for (let trace = traces - 1; trace >= 0; trace--) {
    if ((from[trace] as number) < (from[trace + 1] as number)) order[kept++] = trace;
  }
  return order
    .subarray(0, kept)
    .sort(
      (a, b) =>
        (startSeconds[b] as number) - (startSeconds[a] as number) ||
        (startNanos[b] as number) - (startNanos[a] as number),
    );
}
