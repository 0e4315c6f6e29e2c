import { type Ended, findEnded, isSameTransaction } from './ended';
import { isOpen, type OpenTransaction, type TraceLane } from './open-transactions';
import type { Session } from './session';
import type { Trace } from './trace';
import { findTransaction } from './trace-transaction';

export interface SelectionOptions {
  /** What was selected last, as it was then. */
  readonly selected: OpenTransaction | undefined;
  readonly sessions: readonly Session[];
  readonly lanes: readonly TraceLane[];
  /** What has ended since the snapshot before. */
  readonly ended: Ended | undefined;
  readonly timeMs: number;
  /** The lanes' time before and after the instant, in ms. */
  readonly beforeMs: number;
  readonly afterMs: number;
  readonly traceOf: (traceId: string) => Trace | undefined;
}

/**
 * The selected transaction at an instant: as it is now while it is open; as it was when last seen once it has ended; as
 * its trace tells it while it touches the lanes' time; else the oldest open one, so that the detail is not empty while
 * anything is open.
 */
export function resolveSelection(options: SelectionOptions): OpenTransaction | undefined {
  const { selected, sessions, lanes, ended, timeMs, beforeMs, afterMs, traceOf } = options;
  if (selected) {
    const { pid, transactionStartMs: startMs, traceId } = selected;
    const now = sessions.find((session) => session.pid === pid);
    if (now && isOpen(now) && isSameTransaction(now, selected)) return now;
    const gone = findEnded(ended, selected);
    if (gone) return gone;
    const trace = traceId === undefined ? undefined : traceOf(traceId);
    const known = trace && findTransaction(trace, { pid, startMs });
    if (known && known.endMs <= timeMs && known.endMs > timeMs - beforeMs) return selected;
    if (known && known.startMs > timeMs && known.startMs < timeMs + afterMs) return selected;
  }
  return lanes[0]?.transactions[0];
}
