import type { Session } from './session';
import { bucket } from './session-table';

/** A session with a transaction open at the snapshot. */
export type OpenTransaction = Session & {
  readonly transactionStartMs: number;
  readonly transactionAgeS: number;
};

/** All open transactions of one trace: whoever asked holds all their connections at once. */
export interface TraceLane {
  /** The trace, or the one session that carries none. */
  readonly key: string;
  readonly traceId: string | undefined;
  readonly route: string | undefined;
  /** Oldest first. */
  readonly transactions: readonly OpenTransaction[];
  readonly oldestMs: number;
  readonly ageS: number;
  readonly ofPool: boolean;
}

/** Whether the session holds a transaction of its own: a parallel worker shares its leader's. */
export function isOpen(session: Session): session is OpenTransaction {
  const { transactionStartMs, transactionAgeS, leaderPid } = session;
  return transactionStartMs !== undefined && transactionAgeS !== undefined && leaderPid === undefined;
}

export interface LaneOptions {
  readonly minAgeS: number;
  /** The pool's application, whose lanes come first and are the ones that are counted; all of them when empty. */
  readonly application: string;
}

/** Open transactions from an age on, one lane for each trace that holds them, the oldest first. */
export function traceLanes(
  sessions: readonly Session[],
  { minAgeS, application }: LaneOptions,
): readonly TraceLane[] {
  const open = sessions
    .filter(isOpen)
    .filter((session) => session.transactionAgeS >= minAgeS)
    .sort((a, b) => a.transactionStartMs - b.transactionStartMs || a.pid - b.pid);
  const lanes = [...bucket(open, laneKey)].map(([key, transactions]): TraceLane => {
    const [oldest] = transactions;
    return {
      key,
      traceId: oldest?.traceId,
      route: transactions.find((one) => one.route)?.route,
      transactions,
      oldestMs: oldest?.transactionStartMs ?? 0,
      ageS: oldest?.transactionAgeS ?? 0,
      ofPool: !application || oldest?.application === application,
    };
  });
  return [...lanes.filter((lane) => lane.ofPool), ...lanes.filter((lane) => !lane.ofPool)];
}

export function laneKey(session: Session): string {
  return session.traceId ?? `pid ${session.pid}`;
}

/** Names a transaction over time: a pid has one after the other. */
export function transactionKey(session: Session): string {
  return `${session.pid} ${Math.round(session.transactionStartMs ?? 0)}`;
}

/** How many of the pool's lanes there are from each age on. */
export function countFrom(
  sessions: readonly Session[],
  thresholdsS: readonly number[],
  application: string,
): readonly number[] {
  return thresholdsS.map(
    (minAgeS) => traceLanes(sessions, { minAgeS, application }).filter((lane) => lane.ofPool).length,
  );
}

/**
 * The age from which lanes are shown: the wanted one or, when none is that old, the next lower one that some have.
 * @param thresholdsS ascending
 */
export function thresholdInForce(
  thresholdsS: readonly number[],
  counts: readonly number[],
  wantedS: number,
): number {
  for (let index = thresholdsS.indexOf(wantedS); index >= 0; index--) {
    if ((counts[index] ?? 0) > 0) return thresholdsS[index] ?? wantedS;
  }
  return wantedS;
}

/** A step of the lane's outline: from `fromMs` on, so many of its connections were held. */
export interface HeldStep {
  readonly fromMs: number;
  readonly held: number;
}

export function heldSteps(lane: TraceLane): readonly HeldStep[] {
  return lane.transactions.map((one, index) => ({ fromMs: one.transactionStartMs, held: index + 1 }));
}
