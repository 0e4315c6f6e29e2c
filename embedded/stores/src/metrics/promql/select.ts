/** From selectors to series. */
import { firstAfter, type Series } from '../series.js';
import type { MatrixSelector, Shift, VectorSelector } from './ast.js';
import type { Context } from './context.js';
import { type Grid, type Matrix, type Vector, type VectorSeries, type Window, windowEnd } from './value.js';

/** @param give the sample's value, or its time in seconds */
export async function selectInstants(
  selector: VectorSelector,
  grid: Grid,
  context: Context,
  give: 'value' | 'time' = 'value',
): Promise<Vector> {
  const shift = resolveShift(selector, context);
  const first_ms = windowEnd(shift, grid, 0) - context.lookback_ms;
  const last_ms = windowEnd(shift, grid, grid.count - 1);
  const series: VectorSeries[] = [];
  for (const stored of context.source.select(selector.matchers)) {
    const { times } = stored.samples;
    const newest = firstAfter(times, last_ms) - 1;
    if (newest < 0 || !isYounger(times[newest] as number, first_ms, context)) continue;
    const out = context.newSeries(stored.labels, false, grid);
    const found = fill(out, stored, { shift, grid, context, give });
    if (found) series.push(out);
    await context.worked(grid.count);
  }
  return { kind: 'vector', series };
}

interface Filling {
  readonly shift: Omit<Window, 'range_ms'>;
  readonly grid: Grid;
  readonly context: Context;
  readonly give: 'value' | 'time';
}

/** The newest sample of each step, unless it is too old or a staleness marker came after it. */
function fill({ values, present }: VectorSeries, stored: Series, filling: Filling): boolean {
  const { shift, grid, context, give } = filling;
  const { samples, staleTimes } = stored;
  const { times } = samples;
  let next = firstAfter(times, windowEnd(shift, grid, 0));
  let found = false;
  for (let step = 0; step < grid.count; step++) {
    const end_ms = windowEnd(shift, grid, step);
    while (next < times.length && (times[next] as number) <= end_ms) next++;
    const time_ms = times[next - 1];
    if (time_ms === undefined || !isYounger(time_ms, end_ms - context.lookback_ms, context)) continue;
    if (staleTimes.length > 0 && endedBetween(staleTimes, time_ms, end_ms)) continue;
    values[step] = give === 'time' ? time_ms / 1000 : (samples.values[next - 1] as number);
    present[step] = 1;
    found = true;
  }
  return found;
}

function isYounger(time_ms: number, limit_ms: number, { semantics }: Context): boolean {
  return semantics.leftOpen ? time_ms > limit_ms : time_ms >= limit_ms;
}

function endedBetween(staleTimes: readonly number[], after_ms: number, to_ms: number): boolean {
  const index = firstAfter(staleTimes, to_ms) - 1;
  return index >= 0 && (staleTimes[index] as number) > after_ms;
}

/** The columns of the store themselves: nothing is copied. */
export async function selectRanges(expr: MatrixSelector, grid: Grid, context: Context): Promise<Matrix> {
  const window = { ...resolveShift(expr.selector, context), range_ms: expr.range_ms };
  const first_ms = windowEnd(window, grid, 0) - expr.range_ms;
  const last_ms = windowEnd(window, grid, grid.count - 1);
  const found = context.source.select(expr.selector.matchers);
  await context.worked(found.length);
  return {
    kind: 'matrix',
    window,
    series: found
      .filter((series) => series.overlaps(first_ms, last_ms))
      .map(({ labels, samples }) => ({ labels, dropName: false, ...samples })),
  };
}

/** `@ start()` and `@ end()` are those of the whole query. */
export function resolveShift({ offset_ms, at }: Shift, context: Context): Omit<Window, 'range_ms'> {
  switch (at?.kind) {
    case undefined:
      return { offset_ms, at_ms: undefined };
    case 'start':
      return { offset_ms, at_ms: context.start_ms };
    case 'end':
      return { offset_ms, at_ms: context.end_ms };
    case 'time':
      return { offset_ms, at_ms: at.time_ms };
  }
}
