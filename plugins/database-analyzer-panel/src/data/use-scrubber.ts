import { useCallback, useState } from 'react';
import { indexAt, type Position, positionAt, SETTLED } from '../model/position';
import { lastPresent, type SnapshotGrid } from '../model/snapshot-grid';

export interface Scrubber {
  /** The instant chosen. */
  readonly index: number;
  /** The newest instant with a snapshot that is not after it. */
  readonly shownIndex: number | undefined;
  /** Whether nobody has moved it yet, and it keeps away from the end. */
  readonly settled: boolean;
  readonly go: (index: number) => void;
  readonly step: (by: number) => void;
}

/**
 * The chosen instant. Until it is moved it is as far from the end as transactions need to end; moved to the end, it
 * follows the newest snapshot.
 */
export function useScrubber(grid: SnapshotGrid, settleMs: number): Scrubber {
  const [position, setPosition] = useState<Position>(SETTLED);
  const index = indexAt(grid, position, settleMs);
  const go = useCallback((target: number) => setPosition(positionAt(grid, target)), [grid]);
  const step = useCallback(
    (by: number) => setPosition((before) => positionAt(grid, indexAt(grid, before, settleMs) + by)),
    [grid, settleMs],
  );
  const settled = position.kind === 'settled' && index < grid.count - 1;
  return { index, shownIndex: lastPresent(grid, index), settled, go, step };
}
