import { useCallback, useMemo } from 'react';
import type { Trace } from '../model/trace';
import { LruCache } from './lru-cache';
import { loadTrace, type Range, type TraceResult } from './sources';
import { type Loaded, useLoaded } from './use-loaded';

const CACHED_TRACES = 60;
const SETTLED_MS = 150;
/** A trace may have begun or end so far from the instant at which it is looked for. */
const AROUND_MS = 10 * 60_000;

export interface Traces {
  /** The trace asked for. */
  readonly loaded: Loaded<TraceResult>;
  /** A trace that was loaded before. */
  readonly traceOf: (traceId: string) => Trace | undefined;
}

export interface TraceOptions {
  readonly tempoUid: string;
  readonly traceId: string | undefined;
  /** When it is known to have been open. */
  readonly timeMs: number;
  readonly range: Range;
  /** From when on a transaction may outlast what is recorded. */
  readonly settledUntilMs: number;
  /** What changes while the scrubber moves. */
  readonly movement: unknown;
}

/**
 * A trace by its id, on demand. One that was not there is looked for again when the dashboard's range moves on: it may
 * have ended by then.
 */
export function useTrace({
  tempoUid,
  traceId,
  timeMs,
  range,
  settledUntilMs,
  movement,
}: TraceOptions): Traces {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another source is another cache
  const cache = useMemo(() => new LruCache<TraceResult>(CACHED_TRACES), [tempoUid]);
  const load = async (signal: AbortSignal) => {
    const request = {
      traceId: traceId ?? '',
      maybeOpen: timeMs > settledUntilMs,
      fromMs: timeMs - AROUND_MS,
      toMs: timeMs + AROUND_MS,
    };
    const result = await loadTrace(tempoUid, request, signal);
    if (result.kind === 'trace') cache.set(result.trace.traceId, result);
    return result;
  };
  const wanted = tempoUid ? traceId : undefined;
  const key = wanted === undefined || cache.has(wanted) ? wanted : `${wanted} until ${range.toMs}`;
  const loaded = useLoaded({ key, load, cache, delayMs: SETTLED_MS, movement });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once more is known, it is another function
  const traceOf = useCallback(
    (id: string) => {
      const result = cache.get(id);
      return result?.kind === 'trace' ? result.trace : undefined;
    },
    [cache, loaded.value],
  );
  return { loaded, traceOf };
}
