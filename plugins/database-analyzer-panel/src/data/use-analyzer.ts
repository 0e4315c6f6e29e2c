import { useMemo, useRef, useState } from 'react';
import { type Detail, detailOf } from '../model/detail';
import { countFrom, type OpenTransaction, thresholdInForce, traceLanes } from '../model/open-transactions';
import { poolArithmetic, readQueue } from '../model/pool-arithmetic';
import type { PoolMetrics } from '../model/pool-metrics';
import { resolveSelection } from '../model/selection';
import type { Session } from '../model/session';
import type { Snapshot } from '../model/snapshot';
import type { Trace } from '../model/trace';
import { type Options, THRESHOLDS_S } from '../options';
import type { Range, TraceResult } from './sources';
import { useTrace } from './use-trace';

const NO_SESSIONS: readonly Session[] = [];

export interface OpenTransactions {
  readonly thresholdS: number;
  readonly counts: readonly number[];
  readonly lanes: ReturnType<typeof traceLanes>;
  readonly setThresholdS: (seconds: number) => void;
}

/** The open transactions of a snapshot from the age on that is asked for, or that there are any of. */
export function useOpenTransactions(snapshot: Snapshot | undefined, wantedS: number): OpenTransactions {
  const [chosenS, setThresholdS] = useState<number>();
  const sessions = snapshot?.sessions ?? NO_SESSIONS;
  return useMemo(() => {
    const counts = countFrom(sessions, THRESHOLDS_S);
    const thresholdS = thresholdInForce(THRESHOLDS_S, counts, chosenS ?? wantedS);
    return { thresholdS, counts, lanes: traceLanes(sessions, thresholdS), setThresholdS };
  }, [sessions, chosenS, wantedS]);
}

export interface SelectedTransaction {
  readonly session: OpenTransaction | undefined;
  readonly detail: Detail | undefined;
  readonly trace: TraceResult | undefined;
  readonly loading: boolean;
  readonly traceOf: (traceId: string) => Trace | undefined;
  readonly select: (transaction: OpenTransaction) => void;
}

export interface SelectionInput {
  readonly options: Options;
  readonly snapshot: Snapshot | undefined;
  readonly lanes: OpenTransactions['lanes'];
  readonly range: Range;
}

/** The selected transaction, with its trace once that is there. */
export function useSelection({ options, snapshot, lanes, range }: SelectionInput): SelectedTransaction {
  const { tempoUid, lanesBefore, lanesAfter, showFuture, attributeGaps } = options;
  const [selected, setSelected] = useState<OpenTransaction>();
  const timeMs = snapshot?.timeMs ?? 0;
  const sessions = snapshot?.sessions ?? NO_SESSIONS;
  // The selection depends on traces already here, and which trace to load on the selection.
  const known = useRef<(traceId: string) => Trace | undefined>(() => undefined);
  const session = resolveSelection({
    selected,
    sessions,
    lanes,
    timeMs,
    beforeMs: lanesBefore * 1000,
    afterMs: lanesAfter * 1000,
    traceOf: known.current,
  });
  const { loaded, traceOf } = useTrace({ tempoUid, traceId: session?.traceId, timeMs, range });
  known.current = traceOf;
  const trace = session?.traceId === undefined ? undefined : traceOf(session.traceId);
  const detail = useMemo(
    () => session && detailOf({ session, timeMs, trace, showFuture, attributeGaps }),
    [session, timeMs, trace, showFuture, attributeGaps],
  );
  return {
    session,
    detail,
    trace: loaded.current ? loaded.value : undefined,
    loading: session?.traceId !== undefined && tempoUid !== '' && !loaded.current,
    traceOf,
    select: setSelected,
  };
}

/** What the pool's metrics say of an instant and of the window before it. */
export function usePool(metrics: PoolMetrics, timeMs: number, { fromMs, toMs }: Range) {
  const arithmetic = useMemo(() => poolArithmetic(metrics, fromMs, toMs), [metrics, fromMs, toMs]);
  const queue = useMemo(() => readQueue(metrics, timeMs), [metrics, timeMs]);
  return { arithmetic, queue };
}
