import { useCallback, useState } from 'react';
import { clampIndex, instantMs, lastPresent, nearestIndex, type SnapshotGrid } from '../model/snapshot-grid';

export interface Scrubber {
  /** The instant chosen. */
  readonly index: number;
  /** The newest instant with a snapshot that is not after it. */
  readonly shownIndex: number | undefined;
  readonly go: (index: number) => void;
}

/** The chosen instant. It follows the newest snapshot until it is moved, and again once it is moved to the end. */
export function useScrubber(grid: SnapshotGrid): Scrubber {
  const [chosenMs, setChosenMs] = useState<number>();
  const lastMs = instantMs(grid, grid.count - 1);
  const outside = chosenMs === undefined || chosenMs > lastMs || chosenMs < grid.firstMs - grid.intervalMs;
  const index = outside ? grid.count - 1 : nearestIndex(grid, chosenMs);
  const go = useCallback(
    (target: number) => {
      const to = clampIndex(grid, target);
      setChosenMs(to === grid.count - 1 ? undefined : instantMs(grid, to));
    },
    [grid],
  );
  return { index, shownIndex: lastPresent(grid, index), go };
}
