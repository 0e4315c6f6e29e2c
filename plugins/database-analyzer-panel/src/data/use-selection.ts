import { useCallback, useMemo, useRef, useState } from 'react';
import { type Detail, detailOf } from '../model/detail';
import { type Ended, findEnded } from '../model/ended';
import { isOpen, type OpenTransaction, type TraceLane } from '../model/open-transactions';
import { resolveSelection } from '../model/selection';
import type { Session } from '../model/session';
import type { Trace } from '../model/trace';
import type { Options } from '../options';
import type { Range, TraceResult } from './sources';
import { useTrace } from './use-trace';

export interface Selection {
  readonly session: OpenTransaction | undefined;
  readonly detail: Detail | undefined;
  /** What the store said of its trace; `undefined` until it has. */
  readonly trace: TraceResult | undefined;
  readonly loading: boolean;
  /** A trace that was loaded before. */
  readonly traceOf: (traceId: string) => Trace | undefined;
}

export interface SelectionInput {
  readonly options: Options;
  readonly sessions: readonly Session[];
  readonly timeMs: number;
  readonly lanes: readonly TraceLane[];
  readonly ended: Ended | undefined;
  readonly range: Range;
  readonly settledUntilMs: number;
  /** What changes while the scrubber moves. */
  readonly movement: unknown;
  /** Told the route of what is selected. */
  readonly onRoute: (route: string | undefined) => void;
}

/** The selected transaction, with its trace once that is there; one selection for table, lanes and detail. */
export function useSelection(
  input: SelectionInput,
): Selection & { readonly select: (session: Session) => void } {
  const { options, sessions, timeMs, lanes, ended, range, settledUntilMs, movement, onRoute } = input;
  const { tempoUid, lanesBefore, lanesAfter, showFuture, attributeGaps } = options;
  const [selected, setSelected] = useState<OpenTransaction>();
  // The selection depends on traces already here, and which trace to load on the selection.
  const known = useRef<Selection['traceOf']>(() => undefined);
  const times = { timeMs, beforeMs: lanesBefore * 1000, afterMs: lanesAfter * 1000 };
  const session = resolveSelection({ selected, sessions, lanes, ended, ...times, traceOf: known.current });
  const seenMs = session && findEnded(ended, session) ? ended?.seenMs : undefined;
  const { loaded, traceOf } = useTrace({
    tempoUid,
    traceId: session?.traceId,
    timeMs: seenMs ?? timeMs,
    range,
    settledUntilMs,
    movement,
  });
  known.current = traceOf;
  const trace = session?.traceId === undefined ? undefined : traceOf(session.traceId);
  const result = loaded.current ? loaded.value : undefined;
  const loading = session?.traceId !== undefined && tempoUid !== '' && !loaded.current;
  const select = useCallback(
    (next: Session) => {
      if (!isOpen(next)) return;
      setSelected(next);
      onRoute(next.route);
    },
    [onRoute],
  );
  const detail = useMemo(
    () => session && detailOf({ session, timeMs, seenMs, trace, showFuture, attributeGaps }),
    [session, timeMs, seenMs, trace, showFuture, attributeGaps],
  );
  return useMemo(
    () => ({ session, detail, trace: result, loading, traceOf, select }),
    [session, detail, result, loading, traceOf, select],
  );
}
