/** Functions of times in seconds, in UTC. */
import { Labels } from '../labels.js';
import type { Invocation } from './call.js';
import { mergeSameLabels } from './merge.js';
import { timeOf, type Vector } from './value.js';

type OfDate = (date: Date) => number;

export const DATES: ReadonlyMap<string, OfDate> = new Map<string, OfDate>([
  ['minute', (date) => date.getUTCMinutes()],
  ['hour', (date) => date.getUTCHours()],
  ['day_of_week', (date) => date.getUTCDay()],
  ['day_of_month', (date) => date.getUTCDate()],
  ['day_of_year', dayOfYear],
  ['days_in_month', (date) => new Date(utc(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()],
  ['month', (date) => date.getUTCMonth() + 1],
  ['year', (date) => date.getUTCFullYear()],
]);

function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - utc(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;
}

/** `Date.UTC`, for which the years 0 to 99 are of the last century. */
function utc(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month, day);
}

/** Of the time of evaluation when there is no argument. */
export function ofDates(apply: OfDate, { args, grid, context }: Invocation): Vector {
  const [vector] = args as readonly Vector[];
  if (!vector) {
    const now = context.newSeries(Labels.EMPTY, false, grid);
    now.present.fill(1);
    for (let step = 0; step < grid.count; step++) now.values[step] = apply(new Date(timeOf(grid, step)));
    return { kind: 'vector', series: [now] };
  }
  const series = vector.series.map((one) => {
    const values = one.values.map((seconds) => apply(new Date(Math.trunc(seconds) * 1000)));
    return { labels: context.withoutName(one.labels), dropName: true, values, present: one.present };
  });
  return { kind: 'vector', series: mergeSameLabels(series) };
}
