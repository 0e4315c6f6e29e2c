/** Parameters of requests, as the engine reads them. */
import { QueryError } from '../../query/query-error.js';
import { parsePrometheusDuration } from '../go/durations.js';
import { parseFloat64, parseInteger } from '../go/numbers.js';
import { compareTimes, type Direction } from '../logql/evaluate-logs.js';
import { shift } from '../logql/evaluate-range.js';
import { instantOf } from '../push-json.js';
import type { Instant } from '../stream.js';

const HOUR_NS = 3600e9;
const DEFAULT_LIMIT = 100;
const POINTS_MAX = 11_000;

export function badRequest(message: string): QueryError {
  return new QueryError('bad_data', message);
}

/** Seconds up to ten digits or with a point, nanoseconds, or RFC 3339. */
export function timestamp(value: string): Instant {
  if (value.includes('.')) {
    const parsed = parseFloat64(value);
    if (parsed.kind === 'number') return fractionalSeconds(parsed.value);
  }
  if (/^[+-]?\d+$/.test(value)) {
    const number = BigInt(value);
    if (BigInt.asIntN(64, number) !== number) throw invalid(value, 'value out of range');
    return value.length <= 10 ? { ms: Number(number) * 1000, ns: 0 } : instantOf(number);
  }
  const [, seconds, fraction = '', zone] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(value) ?? [];
  const ms = Date.parse(`${seconds}${zone}`);
  if (Number.isNaN(ms)) throw invalid(value, 'invalid syntax');
  const ns = Number(fraction.padEnd(9, '0').slice(0, 9));
  return { ms: ms + Math.floor(ns / 1e6), ns: ns % 1e6 };
}

/** To the millisecond: a float knows no more. */
function fractionalSeconds(seconds: number): Instant {
  const whole = Math.trunc(seconds);
  return { ms: whole * 1000 + Math.round((seconds - whole) * 1000), ns: 0 };
}

function invalid(value: string, reason: string): QueryError {
  return badRequest(`strconv.ParseInt: parsing ${JSON.stringify(value)}: ${reason}`);
}

export function now(): Instant {
  return { ms: Date.now(), ns: 0 };
}

export interface Bounds {
  readonly start: Instant;
  readonly end: Instant;
}

/** `start` and `end`, or `since`; by default the last hour. */
export function bounds(parameters: URLSearchParams): Bounds {
  const since = parameters.get('since') ?? '';
  const parsed = since === '' ? ({ kind: 'duration', ns: HOUR_NS } as const) : parsePrometheusDuration(since);
  if (parsed.kind === 'error') throw badRequest(`could not parse 'since' parameter: ${parsed.message}`);
  const end = named(parameters, 'end') ?? now();
  const last = compareTimes(end, now()) > 0 ? now() : end;
  return { start: named(parameters, 'start') ?? shift(last, -parsed.ns), end };
}

function named(parameters: URLSearchParams, name: string): Instant | undefined {
  const value = parameters.get(name) ?? '';
  if (value === '') return undefined;
  try {
    return timestamp(value);
  } catch (error) {
    throw badRequest(`could not parse '${name}' parameter: ${(error as Error).message}`);
  }
}

/** @param name of the parameter; several are tried in turn */
export function limit(
  parameters: URLSearchParams,
  otherwise = DEFAULT_LIMIT,
  ...names: readonly string[]
): number {
  const value = (names.length > 0 ? names : ['limit'])
    .map((name) => parameters.get(name) ?? '')
    .find((text) => text);
  if (value === undefined) return otherwise;
  const parsed = parseInteger(value);
  if (parsed.kind === 'error') throw badRequest(parsed.message);
  if (parsed.value <= 0) throw badRequest('limit must be a positive value');
  return parsed.value;
}

export function direction(parameters: URLSearchParams): Direction {
  const value = parameters.get('direction') ?? '';
  const lower = value.toLowerCase();
  if (lower !== '' && lower !== 'forward' && lower !== 'backward')
    throw badRequest(`invalid direction '${value}'`);
  return lower === 'forward' ? 'forward' : 'backward';
}

/** Seconds, or a duration. */
function seconds_ns(value: string): number {
  const seconds = parseFloat64(value);
  if (seconds.kind === 'number' && Number.isFinite(seconds.value)) {
    const ns = seconds.value * 1e9;
    if (Math.abs(ns) < 2 ** 63) return Math.trunc(ns);
    throw badRequest(`cannot parse ${JSON.stringify(value)} to a valid duration. It overflows int64`);
  }
  const duration = parsePrometheusDuration(value);
  if (duration.kind === 'duration') return duration.ns;
  throw badRequest(`cannot parse ${JSON.stringify(value)} to a valid duration`);
}

export interface RangeParameters extends Bounds {
  readonly query: string;
  readonly limit: number;
  readonly direction: Direction;
  readonly step_ns: number;
  readonly interval_ns: number;
}

/** All that a range query takes. @throws {QueryError} on the first that is not as it has to be */
export function rangeParameters(parameters: URLSearchParams): RangeParameters {
  const { start, end } = bounds(parameters);
  checkOrder({ start, end });
  const lines = limit(parameters);
  const way = direction(parameters);
  const length_ns = (end.ms - start.ms) * 1e6 + (end.ns - start.ns);
  const step = parameters.get('step') ?? '';
  const step_ns = step === '' ? Math.max(Math.floor(length_ns / 1e9 / 250), 1) * 1e9 : seconds_ns(step);
  if (step_ns <= 0) {
    throw badRequest(
      'zero or negative query resolution step widths are not accepted. Try a positive integer',
    );
  }
  if (Math.floor(length_ns / step_ns) > POINTS_MAX) {
    throw badRequest(
      'exceeded maximum resolution of 11,000 points per time series. Try increasing the value of the step parameter',
    );
  }
  const interval = parameters.get('interval') ?? '';
  const interval_ns = interval === '' ? 0 : seconds_ns(interval);
  if (interval_ns < 0) throw badRequest('interval must be >= 0');
  const query = parameters.get('query') ?? '';
  return { query, start, end, limit: lines, direction: way, step_ns, interval_ns };
}

export function checkOrder({ start, end }: Bounds): void {
  if (compareTimes(end, start) < 0)
    throw badRequest('end timestamp must not be before or equal to start time');
}

/** Of a list of names; empty when there is none. */
export function list(parameters: URLSearchParams, name: string): readonly string[] {
  return (parameters.get(name) ?? '').split(',').filter((each) => each !== '');
}
