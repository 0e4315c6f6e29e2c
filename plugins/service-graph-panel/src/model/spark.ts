/** A line of values in a small box, as an SVG path; gaps stay gaps. */
import type { Values } from './types';
import type { Range } from './windows';

export interface SparkInput {
  readonly times: readonly number[];
  readonly values: Values;
  readonly range: Range;
  /** px */
  readonly width: number;
  /** px */
  readonly height: number;
  /** Must be in sight: a threshold, a maximum. */
  readonly atLeast?: number;
}

export interface Spark {
  readonly path: string;
  readonly x: (time: number) => number;
  readonly y: (value: number) => number;
}

const HEADROOM = 1.08;
const PADDING = 2;

export function sparkOf({ times, values, range, width, height, atLeast = 0 }: SparkInput): Spark {
  const highest = values.reduce<number>((a, b) => Math.max(a, b ?? 0), atLeast) * HEADROOM || 1;
  const length = Math.max(1, range.to - range.from);
  const x = (time: number) => ((time - range.from) / length) * width;
  const y = (value: number) => height - PADDING - (value / highest) * (height - 2 * PADDING - 1);
  let path = '';
  let isDrawing = false;
  for (const [i, time] of times.entries()) {
    const value = values[i];
    if (value === null || value === undefined || time < range.from || time > range.to) {
      isDrawing = false;
      continue;
    }
    // A point alone still shows, as a dot: its line has no length but round ends.
    path += `${isDrawing ? 'L' : 'M'}${x(time).toFixed(1)} ${y(value).toFixed(1)}${isDrawing ? '' : 'h0'}`;
    isDrawing = true;
  }
  return { path, x, y };
}
