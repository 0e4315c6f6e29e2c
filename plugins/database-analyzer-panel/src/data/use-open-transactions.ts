import { useMemo, useState } from 'react';
import { type Ended, endedBetween } from '../model/ended';
import { countFrom, type TraceLane, thresholdInForce, traceLanes } from '../model/open-transactions';
import type { Session } from '../model/session';
import type { Snapshot } from '../model/snapshot';
import { type Options, THRESHOLDS_S } from '../options';

export interface OpenTransactions {
  /** The age from which on lanes are listed. */
  readonly thresholdS: number;
  /** How many of the pool's lanes there are from each of `THRESHOLDS_S` on. */
  readonly counts: readonly number[];
  readonly lanes: readonly TraceLane[];
  /** What has ended since the snapshot before; `undefined` when there is none. */
  readonly ended: Ended | undefined;
  readonly setThresholdS: (seconds: number) => void;
}

/** The open transactions of a snapshot, from the age on that is asked for or that there are any of. */
export function useOpenTransactions(
  sessions: readonly Session[],
  previous: Snapshot | undefined,
  options: Options,
): OpenTransactions {
  const { poolApplication: application, longTransactionSeconds: wantedS } = options;
  const [chosenS, setThresholdS] = useState<number>();
  return useMemo(() => {
    const counts = countFrom(sessions, THRESHOLDS_S, application);
    const minAgeS = thresholdInForce(THRESHOLDS_S, counts, chosenS ?? wantedS);
    const lanes = traceLanes(sessions, { minAgeS, application });
    const ended = previous && endedBetween(previous, sessions, { minAgeS, application });
    return { thresholdS: minAgeS, counts, lanes, ended, setThresholdS };
  }, [sessions, previous, chosenS, wantedS, application]);
}
