/** The windows of the figures in words, in the dashboard's time zone. */
import { type DataFrame, dateTimeFormat, type TimeRange } from '@grafana/data';
import type { Timeline } from './components/FiguresTable';
import { NBSP } from './model/format';
import type { Windows } from './model/types';
import type { Range } from './model/windows';

export interface TimelineInput {
  readonly windows: Windows | null;
  readonly timeRange: TimeRange;
  readonly timeZone: string;
  readonly annotations: readonly DataFrame[];
}

const DAY_MS = 86_400_000;

export function timelineOf({ windows, timeRange, timeZone, annotations }: TimelineInput): Timeline {
  const range = { from: timeRange.from.valueOf(), to: timeRange.to.valueOf() };
  const span = spanIn(range, timeZone);
  return {
    range,
    windows,
    marks: marksOf(annotations, range),
    beforeLabel: windows?.before ? span(windows.before) : '',
    nowLabel: windows ? lengthOf(windows.now) : 'now',
    rangeLabel: windows ? span([range.from, range.to]) : '',
  };
}

/** `Figures: last 5 min · compared with 13:42–13:52` */
export function windowsLabelOf(windows: Windows | null, { nowLabel, beforeLabel }: Timeline): string {
  if (windows === null) return '';
  return `Figures: ${nowLabel}${beforeLabel ? ` · compared with ${beforeLabel}` : ''}`;
}

/** A time in the header and in the details; with the date when the range is longer than a day. */
export function clockOf(time: number, range: Range, timeZone: string): string {
  const format = range.to - range.from > DAY_MS ? 'MM-DD HH:mm' : 'HH:mm';
  return dateTimeFormat(time, { format, timeZone });
}

function spanIn(range: Range, timeZone: string): (window: readonly [number, number]) => string {
  return ([from, to]) => `${clockOf(from, range, timeZone)}–${clockOf(to, range, timeZone)}`;
}

function lengthOf([from, to]: readonly [number, number]): string {
  const length_s = Math.round((to - from) / 1000);
  return length_s % 60 === 0 ? `last ${length_s / 60}${NBSP}min` : `last ${length_s}${NBSP}s`;
}

/** Annotations of the dashboard that lie in the range. */
function marksOf(frames: readonly DataFrame[], { from, to }: Range): number[] {
  const times = frames.flatMap((frame) => {
    const field = frame.fields.find((each) => each.name === 'time' || each.type === 'time');
    return field ? Array.from(field.values, Number) : [];
  });
  return [...new Set(times)].filter((time) => time >= from && time <= to);
}
