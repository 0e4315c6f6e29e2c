import { DataHoverEvent, type EventBus } from '@grafana/data';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { GroupBy } from '../model/connection-seconds';
import { isOpen, type OpenTransaction } from '../model/open-transactions';
import { poolArithmetic, readQueue } from '../model/pool-arithmetic';
import type { PoolMetrics } from '../model/pool-metrics';
import { settlingMs } from '../model/position';
import { sessionsOf } from '../model/route-link';
import { sampleAfter, sampleAt } from '../model/series';
import type { Session, StateKind } from '../model/session';
import { countKinds } from '../model/session-table';
import type { SnapshotResult } from '../model/snapshot';
import { instantMs } from '../model/snapshot-grid';
import { verdict } from '../model/verdict';
import type { Options } from '../options';
import type { Range, Recorded, SnapshotSource } from './sources';
import { useFollowing } from './use-following';
import { useOpenTransactions } from './use-open-transactions';
import { useRouteLink } from './use-route-link';
import { useScrubber } from './use-scrubber';
import { useSelection } from './use-selection';
import { type Snapshots, useSnapshot } from './use-snapshot';
import { useWindow, useWindowSums } from './use-window-sums';

export interface AnalyzerInput {
  readonly options: Options;
  readonly range: Range;
  readonly source: SnapshotSource;
  readonly metrics: PoolMetrics;
  readonly recorded: Recorded;
  readonly eventBus: EventBus;
}

const NO_SESSIONS: readonly Session[] = [];

/** Everything that the panel shows of the instant under the scrubber. */
export function useAnalyzer({ options, range, source, metrics, recorded, eventBus }: AnalyzerInput) {
  const { grid } = recorded;
  const [groupBy, setGroupBy] = useState<GroupBy>(options.groupBy);
  const [kinds, toggleKind] = useToggles<StateKind>();
  const { lanesBefore, routeVariable } = options;
  const settleMs = useMemo(() => settlingMs(metrics, grid, lanesBefore * 1000), [metrics, grid, lanesBefore]);
  const scrubber = useScrubber(grid, settleMs);
  const link = useRouteLink(routeVariable);
  // The scrubber moves at once; what it shows follows as fast as it can be drawn, and skips what is passed by then.
  const shownIndex = useFollowing(scrubber.shownIndex);
  const { loaded, previous } = useSnapshot(source, grid, shownIndex, scrubber.index);
  const snapshot = snapshotIn(loaded.value);
  const sessions = snapshot?.sessions ?? NO_SESSIONS;
  const ofRoute = useMemo(() => sessionsOf(sessions, link.asked), [sessions, link.asked]);
  const before = useBefore(previous, link.asked);
  const timeMs = snapshot?.timeMs ?? instantMs(grid, scrubber.index);
  const open = useOpenTransactions(ofRoute, before, options);
  const selection = useSelection({
    options,
    sessions: ofRoute,
    timeMs,
    lanes: open.lanes,
    ended: open.ended,
    range,
    settledUntilMs: instantMs(grid, grid.count - 1) - settleMs,
    movement: scrubber.index,
    onRoute: link.tell,
  });
  const windowed = useWindow(timeMs, range, options.windowSeconds);
  const sums = useWindowSums(source, windowed.window, groupBy, scrubber.index);
  const { poolApplication, attributeGaps } = options;
  const figures = useMemo(() => figuresOf(sessions, poolApplication), [sessions, poolApplication]);
  const pool = usePool(metrics, timeMs, windowed.window);
  const conclusion = useMemo(
    () => (attributeGaps ? verdict(pool.arithmetic, figures.counts) : undefined),
    [attributeGaps, pool.arithmetic, figures],
  );
  useEffect(() => {
    // Panels that share the crosshair show the instant, too.
    eventBus.publish(new DataHoverEvent({ point: { time: timeMs } }));
  }, [eventBus, timeMs]);
  return {
    scrubber,
    loaded,
    snapshot,
    /** Those that work for the route that is asked for. */
    sessions: ofRoute,
    link,
    timeMs,
    /** The instant asked for, when there is no snapshot at it. */
    missingMs:
      scrubber.shownIndex !== scrubber.index || loaded.value?.kind === 'none'
        ? instantMs(grid, scrubber.index)
        : undefined,
    open,
    selection,
    windowed,
    sums,
    figures,
    pool,
    conclusion,
    groupBy,
    setGroupBy,
    kinds,
    toggleKind,
  };
}

function snapshotIn(result: SnapshotResult | undefined) {
  return result?.kind === 'snapshot' ? result : undefined;
}

/** The snapshot before, with the sessions of the route that is asked for; nothing while it is being loaded. */
function useBefore({ value, current }: Snapshots['previous'], route: string | undefined) {
  const snapshot = current ? snapshotIn(value) : undefined;
  return useMemo(
    () => snapshot && { ...snapshot, sessions: sessionsOf(snapshot.sessions, route) },
    [snapshot, route],
  );
}

function useToggles<T>(): readonly [ReadonlySet<T>, (value: T) => void] {
  const [set, setSet] = useState<ReadonlySet<T>>(new Set());
  const toggle = useCallback((value: T) => {
    setSet((before) => {
      const next = new Set(before);
      if (!next.delete(value)) next.add(value);
      return next;
    });
  }, []);
  return [set, toggle];
}

/** What the pool's metrics say of an instant and of a window. */
function usePool(metrics: PoolMetrics, timeMs: number, { fromMs, toMs }: Range) {
  return useMemo(
    () => ({
      arithmetic: poolArithmetic(metrics, fromMs, toMs),
      queue: readQueue(metrics, timeMs),
      lent: sampleAt(metrics.used, timeMs),
      max: (sampleAt(metrics.max, timeMs) ?? sampleAfter(metrics.max, timeMs))?.value,
    }),
    [metrics, timeMs, fromMs, toMs],
  );
}

/** The figures in the header, all of the pool's sessions. */
function figuresOf(sessions: readonly Session[], application: string) {
  const pool = application ? sessions.filter((one) => one.application === application) : sessions;
  const counts = countKinds(pool);
  const open = pool.filter(isOpen);
  const oldest = (age: (one: OpenTransaction) => number) =>
    open.reduce<OpenTransaction | undefined>(
      (most, one) => (most && age(most) >= age(one) ? most : one),
      undefined,
    );
  return {
    counts,
    inUse: counts.idleInTransaction + counts.waiting + counts.active,
    oldest: oldest((one) => one.transactionAgeS),
    stillest: oldest((one) => one.stateAgeS ?? 0),
  };
}
