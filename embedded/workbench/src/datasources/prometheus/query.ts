import { rangeUtil, type ScopedVars } from '@grafana/data';
import type { DataQuery } from '@grafana/schema';
import { goDuration, parseDuration } from '../duration';

/** A query as Grafana's dashboards and Explore write it. */
export interface PromQuery extends DataQuery {
  readonly expr: string;
  readonly range?: boolean;
  readonly instant?: boolean;
  readonly exemplar?: boolean;
  readonly format?: 'time_series' | 'table' | 'heatmap';
  readonly legendFormat?: string;
  /** The smallest step: a duration or a variable. */
  readonly interval?: string;
  readonly intervalFactor?: number;
}

export interface RangeMs {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Prometheus refuses more points than this in one series. */
const MAX_POINTS = 11_000;
/** How many points there are when nobody says how wide the panel is. */
const DEFAULT_POINTS = 1500;

interface Resolution {
  readonly intervalMs: number;
  readonly maxDataPoints?: number | undefined;
}

/**
 * The distance of two points of an answer: as many points as there are pixels, no closer than the query's own smallest
 * step (else the request's), and never more than Prometheus gives.
 */
export function stepMs(
  range: RangeMs,
  minStep: string | undefined,
  { intervalMs, maxDataPoints }: Resolution,
): number {
  const smallest = (minStep && parseDuration(minStep)) || intervalMs;
  const length = range.toMs - range.fromMs;
  const wanted = Math.max(rangeUtil.roundInterval(length / (maxDataPoints || DEFAULT_POINTS)), smallest);
  const least = Math.ceil(length / MAX_POINTS);
  return wanted >= least ? wanted : Math.max(least, rangeUtil.roundInterval(least));
}

/** `$__rate_interval`: long enough that at least two samples are in it, wherever it begins. */
export function rateIntervalMs(step: number, scrapeMs: number): number {
  return Math.max(step + scrapeMs, 4 * scrapeMs);
}

/** Both ends moved back to a multiple of the step (in local time), so that refreshing does not move the points. */
export function alignRange({ fromMs, toMs }: RangeMs, step: number, utcOffsetMs: number): RangeMs {
  const align = (ms: number) => Math.floor((ms + utcOffsetMs) / step) * step - utcOffsetMs;
  return { fromMs: align(fromMs), toMs: align(toMs) };
}

/** What `$__interval` and its like stand for in a query. */
export function intervalVariables(step: number, scrapeMs: number, { fromMs, toMs }: RangeMs): ScopedVars {
  const rate = rateIntervalMs(step, scrapeMs);
  const seconds = Math.round((toMs - fromMs) / 1000);
  const both = (value: string | number) => ({ text: String(value), value });
  return {
    __interval: both(goDuration(step)),
    __interval_ms: both(step),
    __rate_interval: both(goDuration(rate)),
    __rate_interval_ms: both(rate),
    __range: both(`${seconds}s`),
    __range_s: both(seconds),
    __range_ms: both(toMs - fromMs),
  };
}

/** What a variable says about itself when it is put into a query. */
interface VariableKind {
  readonly multi?: boolean;
  readonly includeAll?: boolean;
}

/** A variable's value in PromQL: several values become an alternation, and what means something in RE2 is escaped. */
export function quoteVariable(value: unknown, variable: VariableKind): string {
  if (!variable.multi && !variable.includeAll) return escapeString(String(value));
  const values = [value].flat().map((each) => escapeRegex(String(each)));
  return values.length === 1 ? String(values[0]) : `(${values.join('|')})`;
}

function escapeString(text: string): string {
  return text.replace(/[\\']/g, '\\$&');
}

/** Twice: once for the regular expression, once for the string that it stands in. */
function escapeRegex(text: string): string {
  return text.replace(/[\\^$*+?.()|[\]{}']/g, '\\\\$&');
}
