/** Which of the points of a range query make up "now" and "before". */
import type { Compare } from './options';
import type { Windows } from './types';

export interface Range {
  /** ms */
  readonly from: number;
  /** ms */
  readonly to: number;
}

export interface WindowsInput {
  /** Times of all points, ms, ascending. */
  readonly times: readonly number[];
  readonly range: Range;
  /** What one point covers (the query's `[5m]`), s. */
  readonly pointCovers_s: number;
  readonly figuresOver_s: number;
  readonly compare: Compare;
  readonly compareOver_s: number;
}

const STALE_STEPS = 3;
const STALE_MIN_MS = 60_000;

/** @returns `null` without points */
export function windowsOf(input: WindowsInput): Windows | null {
  const { times, range, pointCovers_s } = input;
  const first = times[0];
  const last = times.at(-1);
  if (first === undefined || last === undefined) return null;
  const length_ms = Math.max(input.figuresOver_s, pointCovers_s) * 1000;
  const now = [last - length_ms, last] as const;
  const step_ms = (times[1] ?? first) - first;
  return {
    now,
    before: times.length > 1 ? comparedWith(input, now, Math.max(range.from, first)) : null,
    last,
    stale: step_ms > 0 && range.to - last > Math.max(STALE_STEPS * step_ms, STALE_MIN_MS),
  };
}

function comparedWith(
  { compare, compareOver_s, range }: WindowsInput,
  now: readonly [number, number],
  start: number,
): readonly [number, number] | null {
  if (compare === 'off') return null;
  const length_ms = now[1] - now[0];
  const before =
    compare === 'start'
      ? ([start, start + compareOver_s * 1000] as const)
      : ([now[0] - length_ms, now[0]] as const);
  return before[1] <= now[0] && before[0] >= range.from ? before : null;
}

/**
 * Indexes of the points that lie wholly within a window: a point at t covers (t - pointCovers_s, t]. The point at the
 * window's end always counts, however much it covers.
 */
export function pointsWithin(
  times: readonly number[],
  [from, to]: readonly [number, number],
  pointCovers_s: number,
): number[] {
  const earliest = Math.min(from + pointCovers_s * 1000, to);
  const found: number[] = [];
  for (const [i, time] of times.entries()) if (time >= earliest && time <= to) found.push(i);
  return found;
}
