import { useCallback, useState } from 'react';
import { clampIndex, instantMs, lastPresent, nearestIndex, type SnapshotGrid } from '../model/snapshot-grid';

export interface Scrubber {
  /** The instant chosen. */
  readonly index: number;
  /** The newest instant with a snapshot that is not after it. */
  readonly shownIndex: number | undefined;
  readonly go: (index: number) => void;
  readonly step: (by: number) => void;
}

/** The chosen instant. It follows the newest snapshot until it is moved, and again once it is moved to the end. */
export function useScrubber(grid: SnapshotGrid): Scrubber {
  const [chosenMs, setChosenMs] = useState<number>();
  const index = indexOf(grid, chosenMs);
  const go = useCallback((target: number) => setChosenMs(chosenAt(grid, target)), [grid]);
  const step = useCallback(
    (by: number) => setChosenMs((before) => chosenAt(grid, indexOf(grid, before) + by)),
    [grid],
  );
  return { index, shownIndex: lastPresent(grid, index), go, step };
}

/** Where a chosen time is on the grid; at its end when nothing is chosen or the grid has moved past it. */
function indexOf(grid: SnapshotGrid, chosenMs: number | undefined): number {
  const last = grid.count - 1;
  if (chosenMs === undefined || chosenMs > instantMs(grid, last)) return last;
  return chosenMs < grid.firstMs - grid.intervalMs ? last : nearestIndex(grid, chosenMs);
}

function chosenAt(grid: SnapshotGrid, target: number): number | undefined {
  const index = clampIndex(grid, target);
  return index === grid.count - 1 ? undefined : instantMs(grid, index);
}
