import { dateTime, rangeUtil, type TimeRange } from '@grafana/data';
import type { ExploreState } from './url-state';

/** An incident's window. */
export interface Window {
  readonly start: string;
  readonly end: string;
}

/**
 * The time that an address means; the incident's window when it says none, or none that can be read.
 * @param range `now-1h`, milliseconds as text, or dates
 */
export function toTimeRange(range: ExploreState['range'], window: Window): TimeRange {
  const whole = { from: dateTime(window.start), to: dateTime(window.end) };
  if (!range) return { ...whole, raw: whole };
  const raw = { from: moment(range.from), to: moment(range.to) };
  const read = rangeUtil.convertRawToRange(raw as TimeRange['raw'], 'browser');
  return read.from.isValid() && read.to.isValid() && read.from.isBefore(read.to)
    ? read
    : { ...whole, raw: whole };
}

function moment(text: string) {
  return /now/.test(text) ? text : dateTime(/^\d+$/.test(text) ? Number(text) : text);
}

/** A range as addresses write it: relative as it is, else milliseconds. */
export function fromTimeRange(range: TimeRange): { readonly from: string; readonly to: string } {
  const written = (raw: TimeRange['raw']['from'], read: TimeRange['from']) =>
    typeof raw === 'string' && raw.includes('now') ? raw : String(read.valueOf());
  return { from: written(range.raw.from, range.from), to: written(range.raw.to, range.to) };
}

/** The same length of time, later or earlier by half of it. */
export function moved(range: TimeRange, direction: -1 | 1): TimeRange {
  const half = (direction * (range.to.valueOf() - range.from.valueOf())) / 2;
  return absolute(range.from.valueOf() + half, range.to.valueOf() + half);
}

/** Twice the time around the same middle. */
export function zoomedOut(range: TimeRange): TimeRange {
  const half = (range.to.valueOf() - range.from.valueOf()) / 2;
  return absolute(range.from.valueOf() - half, range.to.valueOf() + half);
}

export function absolute(fromMs: number, toMs: number): TimeRange {
  const [from, to] = [dateTime(Math.floor(fromMs)), dateTime(Math.ceil(toMs))];
  return { from, to, raw: { from, to } };
}
