import {
  isOpen,
  type LaneOptions,
  type OpenTransaction,
  type TraceLane,
  traceLanes,
} from './open-transactions';
import type { Session } from './session';
import type { Snapshot } from './snapshot';

/** Times of one transaction as two snapshots tell them may differ by rounding. */
const SAME_MS = 5;

/** Transactions that were open at the snapshot before and are not any more. */
export interface Ended {
  /** When they were last seen open. */
  readonly seenMs: number;
  /** One for each trace, with those of its transactions that ended; as they were when last seen. */
  readonly lanes: readonly TraceLane[];
}

/** Whether both are the same transaction, at one snapshot or another: a pid has one after the other. */
export function isSameTransaction(one: OpenTransaction, other: OpenTransaction): boolean {
  return one.pid === other.pid && Math.abs(one.transactionStartMs - other.transactionStartMs) <= SAME_MS;
}

/** What ended between two snapshots: somewhere between their times, nobody saw when. */
export function endedBetween(previous: Snapshot, sessions: readonly Session[], options: LaneOptions): Ended {
  const now = new Map(sessions.filter(isOpen).map((session) => [session.pid, session]));
  const gone = previous.sessions.filter(isOpen).filter((session) => {
    const still = now.get(session.pid);
    return still === undefined || !isSameTransaction(still, session);
  });
  return { seenMs: previous.timeMs, lanes: traceLanes(gone, options) };
}

export function countEnded({ lanes }: Ended): number {
  return lanes.reduce((sum, lane) => sum + lane.transactions.length, 0);
}

/** The transaction among those that ended, as it was when last seen. */
export function findEnded(ended: Ended | undefined, wanted: OpenTransaction): OpenTransaction | undefined {
  return ended?.lanes.flatMap((lane) => lane.transactions).find((one) => isSameTransaction(one, wanted));
}
