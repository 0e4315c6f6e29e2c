import { useEffect, useMemo } from 'react';
import type { SnapshotResult } from '../model/snapshot';
import { instantMs, lastPresent, type SnapshotGrid } from '../model/snapshot-grid';
import { afterRest } from './after-rest';
import { LruCache } from './lru-cache';
import { loadSnapshot, type SnapshotSource } from './sources';
import { type Loaded, useLoaded } from './use-loaded';

const CACHED_SNAPSHOTS = 200;
/** While the scrubber moves over snapshots that are not here yet, nothing is asked for. */
const SETTLED_MS = 150;
const PREFETCH_AFTER_MS = 250;
const NEIGHBOURS = [1, -1, 2, -2];

export interface Snapshots {
  readonly loaded: Loaded<SnapshotResult>;
  /** The one before it, which tells what has ended since. */
  readonly previous: Loaded<SnapshotResult>;
}

/** The snapshot of an instant and the one before, and more of those beside it beforehand, for the next step. */
export function useSnapshot(
  source: SnapshotSource,
  grid: SnapshotGrid,
  index: number | undefined,
  movement: unknown,
): Snapshots {
  const { datasourceUid, selector, intervalMs } = source;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another source is another cache
  const cache = useMemo(
    () => new LruCache<SnapshotResult>(CACHED_SNAPSHOTS),
    [datasourceUid, selector, intervalMs],
  );
  const previousIndex = index === undefined ? undefined : lastPresent(grid, index - 1);
  const loaded = useOne({ source, grid, cache, index, movement });
  const previous = useOne({
    source,
    grid,
    cache,
    index: loaded.current ? previousIndex : undefined,
    movement,
  });

  const ready = loaded.current && (previous.current || previousIndex === undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a movement begins the wait anew
  useEffect(() => {
    if (!ready || index === undefined) return undefined;
    const controller = new AbortController();
    const fetchNeighbours = async () => {
      for (const step of NEIGHBOURS) {
        const neighbour = index + step;
        const key = String(instantMs(grid, neighbour));
        const wanted = neighbour >= 0 && neighbour < grid.count && !grid.missing?.has(neighbour);
        if (!wanted || cache.has(key)) continue;
        cache.set(key, await loadSnapshot(source, instantMs(grid, neighbour), controller.signal));
      }
    };
    // A neighbour that cannot be had is asked for again, and its error shown, when it is gone to.
    const callOff = afterRest(PREFETCH_AFTER_MS, () => void fetchNeighbours().catch(() => undefined));
    return () => {
      callOff();
      controller.abort();
    };
  }, [ready, cache, grid, index, source, movement]);

  return { loaded, previous };
}

interface OneSnapshot {
  readonly source: SnapshotSource;
  readonly grid: SnapshotGrid;
  readonly cache: LruCache<SnapshotResult>;
  readonly index: number | undefined;
  readonly movement: unknown;
}

function useOne({ source, grid, cache, index, movement }: OneSnapshot): Loaded<SnapshotResult> {
  const atMs = index === undefined ? undefined : instantMs(grid, index);
  return useLoaded({
    key: atMs === undefined ? undefined : String(atMs),
    load: (signal) => loadSnapshot(source, atMs ?? 0, signal),
    cache,
    delayMs: SETTLED_MS,
    movement,
  });
}
