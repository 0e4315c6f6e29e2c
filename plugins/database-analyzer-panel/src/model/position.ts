import type { PoolMetrics } from './pool-metrics';
import { clampIndex, instantMs, lastPresent, nearestIndex, type SnapshotGrid } from './snapshot-grid';

/**
 * Where the scrubber is: at the newest instant whose open transactions have ended within the range, at the last
 * instant, or at a time of one's own. The first two follow new snapshots.
 */
export type Position =
  | { readonly kind: 'settled' }
  | { readonly kind: 'last' }
  | { readonly kind: 'at'; readonly timeMs: number };

export const SETTLED: Position = { kind: 'settled' };

/** How far back the longest transaction is looked for. */
const RECENT_MS = 5 * 60_000;
/** What is open for less is gone by the next snapshot or two. */
const SHORT_S = 1;
/** The present is not left behind for the sake of one very long transaction. */
const MOST_OF_RANGE = 0.25;

/**
 * How long before the end of a recording a transaction has to be open for its end, and so its stored trace, to be in
 * it: the longest age measured of late and, as ages are read at intervals, one interval more. Nothing when all were
 * short.
 * @param fallbackMs when no metric tells ages
 */
export function settlingMs(
  { longest, intervalMs = 0 }: Pick<PoolMetrics, 'longest' | 'intervalMs'>,
  grid: SnapshotGrid,
  fallbackMs: number,
): number {
  const endMs = instantMs(grid, grid.count - 1);
  const recent = (longest?.times ?? []).flatMap((timeMs, index) => {
    const value = longest?.values[index];
    return value !== undefined && timeMs > endMs - RECENT_MS && timeMs <= endMs ? [value] : [];
  });
  const longestS = Math.max(0, ...recent);
  const wantedMs = recent.length === 0 ? fallbackMs : longestS < SHORT_S ? 0 : longestS * 1000 + intervalMs;
  return Math.min(wantedMs, MOST_OF_RANGE * (endMs - grid.firstMs));
}

/** The number of the instant at a position; a time that the grid has moved away from is no position any more. */
export function indexAt(grid: SnapshotGrid, position: Position, settleMs: number): number {
  const last = grid.count - 1;
  if (position.kind === 'last') return last;
  const inGrid =
    position.kind === 'at' &&
    position.timeMs <= instantMs(grid, last) &&
    position.timeMs >= grid.firstMs - grid.intervalMs;
  if (inGrid) return nearestIndex(grid, position.timeMs);
  const before = Math.ceil(settleMs / grid.intervalMs);
  return lastPresent(grid, clampIndex(grid, last - before)) ?? last;
}

/** Going to the last instant is to follow it from then on. */
export function positionAt(grid: SnapshotGrid, target: number): Position {
  const index = clampIndex(grid, target);
  return index === grid.count - 1 ? { kind: 'last' } : { kind: 'at', timeMs: instantMs(grid, index) };
}
