import { type Frame, fieldOfType, numberAt } from './frames';

/**
 * The instants at which snapshots were taken: number 0 at `firstMs`, one each `intervalMs`. An instant stands for the
 * interval that ends with it; its snapshot was taken somewhere in there.
 */
export interface SnapshotGrid {
  readonly firstMs: number;
  readonly intervalMs: number;
  readonly count: number;
  /** Numbers of the instants without a snapshot; `undefined` when the range was too long to look at each. */
  readonly missing: ReadonlySet<number> | undefined;
}

/** Stores answer at most 11,000 steps; a longer range is counted in coarser ones. */
const MAX_STEPS = 5000;

/** How far apart the counts of lines should be, so that a range of `rangeMs` can be asked for: whole intervals. */
export function countStepMs(rangeMs: number, intervalMs: number): number {
  return intervalMs * Math.max(1, Math.ceil(rangeMs / intervalMs / MAX_STEPS));
}

/**
 * @param frames counts of snapshot lines, one value each `stepMs`, none where there was no line
 * @returns `undefined` when there is no line at all
 */
export function gridFromCounts(
  frames: readonly Frame[],
  { intervalMs, stepMs }: { readonly intervalMs: number; readonly stepMs: number },
): SnapshotGrid | undefined {
  const times = new Set<number>();
  for (const frame of frames) {
    const time = fieldOfType(frame, 'time');
    const value = fieldOfType(frame, 'number');
    for (let i = 0; i < frame.length; i++) {
      const timeMs = numberAt(time, i);
      if (timeMs !== undefined && (numberAt(value, i) ?? 0) > 0) times.add(timeMs);
    }
  }
  if (times.size === 0) return undefined;
  const newestMs = Math.max(...times);
  const oldestMs = Math.min(...times);
  const firstMs = oldestMs - (stepMs - intervalMs);
  const count = Math.round((newestMs - firstMs) / intervalMs) + 1;
  if (stepMs > intervalMs) return { firstMs, intervalMs, count, missing: undefined };
  const present = new Set([...times].map((timeMs) => Math.round((timeMs - firstMs) / intervalMs)));
  const missing = new Set<number>();
  for (let index = 0; index < count; index++) if (!present.has(index)) missing.add(index);
  return { firstMs, intervalMs, count, missing };
}

export function instantMs(grid: SnapshotGrid, index: number): number {
  return grid.firstMs + index * grid.intervalMs;
}

/** The number of the instant nearest to a time, within the grid. */
export function nearestIndex(grid: SnapshotGrid, timeMs: number): number {
  return clampIndex(grid, Math.round((timeMs - grid.firstMs) / grid.intervalMs));
}

export function clampIndex(grid: SnapshotGrid, index: number): number {
  return Math.max(0, Math.min(grid.count - 1, index));
}

/** The newest instant with a snapshot that is not after `index`; `undefined` when there is none. */
export function lastPresent(grid: SnapshotGrid, index: number): number | undefined {
  let at = index;
  while (at >= 0 && grid.missing?.has(at)) at--;
  return at < 0 ? undefined : at;
}

/** Snapshots taken in `(fromMs, toMs]`. */
export function presentWithin(grid: SnapshotGrid, fromMs: number, toMs: number): number {
  const first = Math.max(0, Math.floor((fromMs - grid.firstMs) / grid.intervalMs) + 1);
  const last = Math.min(grid.count - 1, Math.floor((toMs - grid.firstMs) / grid.intervalMs));
  let present = 0;
  for (let index = first; index <= last; index++) if (!grid.missing?.has(index)) present++;
  return present;
}

/** Runs of missing instants, first and last number of each. */
export function holes(grid: SnapshotGrid): readonly (readonly [first: number, last: number])[] {
  const runs: [number, number][] = [];
  for (const index of [...(grid.missing ?? [])].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && run[1] === index - 1) run[1] = index;
    else runs.push([index, index]);
  }
  return runs;
}
