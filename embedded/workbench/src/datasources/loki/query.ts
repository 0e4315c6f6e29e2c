import type { ScopedVars } from '@grafana/data';
import type { DataQuery } from '@grafana/schema';
import { goDuration, parseDuration } from '../duration';

/** A query as Grafana's dashboards and Explore write it. */
export interface LokiQuery extends DataQuery {
  readonly expr: string;
  readonly queryType?: 'range' | 'instant';
  readonly maxLines?: number | string;
  readonly legendFormat?: string;
  readonly step?: string;
  readonly direction?: 'backward' | 'forward';
}

/** Loki refuses more points than this in one series. */
const MAX_POINTS = 11_000;

interface Resolution {
  readonly fromMs: number;
  readonly toMs: number;
  readonly intervalMs: number;
}

/** The distance of two points: the query's own step, else the request's, but never more points than Loki gives. */
export function stepMs(step: string | undefined, { fromMs, toMs, intervalMs }: Resolution): number {
  const own = step ? parseDuration(step) : undefined;
  return own ?? Math.max(intervalMs, Math.ceil((toMs - fromMs) / MAX_POINTS));
}

/** What `$__interval`, `$__auto` and their like stand for in a query. */
export function intervalVariables(
  step: number,
  { fromMs, toMs }: Omit<Resolution, 'intervalMs'>,
): ScopedVars {
  const both = (value: string | number) => ({ text: String(value), value });
  const seconds = Math.round((toMs - fromMs) / 1000);
  return {
    __auto: both(goDuration(step)),
    __interval: both(goDuration(step)),
    __interval_ms: both(step),
    __range: both(`${seconds}s`),
    __range_s: both(seconds),
    __range_ms: both(toMs - fromMs),
  };
}

/** Whether a query gives lines: it begins with a stream selector, where a metric query begins with a function. */
export function isLogQuery(expr: string): boolean {
  return /^[\s(]*\{/.test(expr.replace(/^\s*#.*$/gm, ''));
}

interface VariableKind {
  readonly multi?: boolean;
  readonly includeAll?: boolean;
}

/** A variable's value in LogQL: several values become an alternation, and what means something in RE2 is escaped. */
export function quoteVariable(value: unknown, variable: VariableKind): string {
  if (!variable.multi && !variable.includeAll) return String(value).replace(/'/g, "\\'");
  return [value]
    .flat()
    .map((each) => String(each).replace(/[\\^$*+?.()|[\]{}']/g, '\\\\$&'))
    .join('|');
}
