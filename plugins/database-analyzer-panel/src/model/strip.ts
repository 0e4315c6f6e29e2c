import type { StateSeries } from './pool-metrics';
import type { Series } from './series';
import { STATE_KINDS, type StateKind } from './session';

/** The strip's plane: a time axis, and one axis of counts for sessions and queue alike. */
export interface StripPlane {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly max: number;
}

export function xOf(plane: StripPlane, timeMs: number): number {
  const share = (timeMs - plane.fromMs) / (plane.toMs - plane.fromMs);
  return plane.left + Math.max(0, Math.min(1, share)) * (plane.right - plane.left);
}

export function yOf(plane: StripPlane, count: number): number {
  return plane.bottom - (Math.min(count, plane.max) / plane.max) * (plane.bottom - plane.top);
}

export function timeAt(plane: StripPlane, x: number): number {
  const share = (x - plane.left) / (plane.right - plane.left);
  return plane.fromMs + Math.max(0, Math.min(1, share)) * (plane.toMs - plane.fromMs);
}

/** The axis' end: the pool's size where that holds everything, else the next round number. */
export function axisMax(
  poolMax: number | undefined,
  states: StateSeries | undefined,
  queue: Series | undefined,
) {
  const stacked = states?.times.map((_, index) =>
    STATE_KINDS.reduce((sum, kind) => sum + (states.counts[kind][index] ?? 0), 0),
  );
  const queued = queue?.values.map((value) => value ?? 0);
  const highest = Math.max(1, ...(stacked ?? []), ...(queued ?? []));
  if (poolMax !== undefined && poolMax >= highest) return poolMax;
  const step = 10 ** Math.floor(Math.log10(highest));
  return Math.ceil(highest / step) * step;
}

/** Runs of samples without a hole: two that are further apart than this many usual distances are not joined. */
const HOLE = 2.5;

function runs(times: readonly number[]): readonly (readonly [first: number, last: number])[] {
  const steps = times.slice(1).map((timeMs, index) => timeMs - (times[index] ?? 0));
  const usual = [...steps].sort((a, b) => a - b)[steps.length >> 1] ?? 0;
  const found: [number, number][] = [];
  times.forEach((_, index) => {
    const run = found.at(-1);
    if (run && (steps[index - 1] ?? 0) <= HOLE * usual) run[1] = index;
    else found.push([index, index]);
  });
  return found;
}

/** SVG paths of the stacked areas. */
export function areaPaths(states: StateSeries, plane: StripPlane): Readonly<Record<StateKind, string>> {
  const paths: Record<StateKind, string> = { idleInTransaction: '', waiting: '', active: '', idle: '' };
  for (const [first, last] of runs(states.times)) {
    const base = new Float64Array(last - first + 1);
    for (const kind of STATE_KINDS) {
      let upper = '';
      let lower = '';
      for (let index = first; index <= last; index++) {
        const x = xOf(plane, states.times[index] ?? 0).toFixed(1);
        const below = base[index - first] ?? 0;
        const above = below + (states.counts[kind][index] ?? 0);
        base[index - first] = above;
        upper += `${upper ? 'L' : 'M'}${x} ${yOf(plane, above).toFixed(1)}`;
        lower = `L${x} ${yOf(plane, below).toFixed(1)}${lower}`;
      }
      paths[kind] += `${upper}${lower}Z`;
    }
  }
  return paths;
}

/** SVG path of a line, broken where samples are missing. */
export function linePath(
  { times, values }: { readonly times: readonly number[]; readonly values: readonly (number | undefined)[] },
  plane: StripPlane,
): string {
  let path = '';
  for (const [first, last] of runs(times)) {
    let pen = 'M';
    for (let index = first; index <= last; index++) {
      const value = values[index];
      if (value !== undefined) {
        path += `${pen}${xOf(plane, times[index] ?? 0).toFixed(1)} ${yOf(plane, value).toFixed(1)}`;
      }
      pen = value === undefined ? 'M' : 'L';
    }
  }
  return path;
}

const MINUTE_MS = 60_000;
const STEPS_MIN = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 10_080];

/** Round times along the axis, at least `spacing` px apart. */
export function timeTicks(plane: StripPlane, spacing: number): readonly number[] {
  const most = Math.max(1, (plane.right - plane.left) / spacing);
  const rangeMs = plane.toMs - plane.fromMs;
  const stepMin = STEPS_MIN.find((step) => rangeMs / (step * MINUTE_MS) <= most) ?? 10_080;
  const stepMs = stepMin * MINUTE_MS;
  const ticks: number[] = [];
  for (let at = Math.ceil(plane.fromMs / stepMs) * stepMs; at <= plane.toMs; at += stepMs) ticks.push(at);
  return ticks;
}
