import { isOpen, type OpenTransaction, type TraceLane } from './open-transactions';
import type { Session } from './session';
import type { Trace } from './trace';
import { findTransaction } from './trace-transaction';

export interface SelectionOptions {
  /** What was selected last, as it was then. */
  readonly selected: OpenTransaction | undefined;
  readonly sessions: readonly Session[];
  readonly lanes: readonly TraceLane[];
  readonly timeMs: number;
  /** The lanes' time before and after the instant, in ms. */
  readonly beforeMs: number;
  readonly afterMs: number;
  readonly traceOf: (traceId: string) => Trace | undefined;
}

/** Times of one transaction as two snapshots tell them may differ by rounding. */
const SAME_MS = 5;

/**
 * The selected transaction at an instant: as it is now while it is open; as its trace tells it while it touches the
 * lanes' time; else the oldest open one, so that the detail is not empty while anything is open.
 */
export function resolveSelection(options: SelectionOptions): OpenTransaction | undefined {
  const { selected, sessions, lanes, timeMs, beforeMs, afterMs, traceOf } = options;
  if (selected) {
    const { pid, transactionStartMs: startMs, traceId } = selected;
    const now = sessions.find((session) => session.pid === pid);
    if (now && isOpen(now) && Math.abs(now.transactionStartMs - startMs) <= SAME_MS) return now;
    const trace = traceId === undefined ? undefined : traceOf(traceId);
    const known = trace && findTransaction(trace, { pid, startMs });
    if (known && known.endMs <= timeMs && known.endMs > timeMs - beforeMs) return selected;
    if (known && known.startMs > timeMs && known.startMs < timeMs + afterMs) return selected;
  }
  return lanes[0]?.transactions[0];
}
