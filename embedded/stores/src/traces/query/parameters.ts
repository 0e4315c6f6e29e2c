/** Parameters of requests, read as Tempo reads them, with its messages. */
import { QueryError } from '../../query/query-error.js';
import { parseGoDuration, parsePrometheusDuration } from '../traceql/durations.js';

const HOUR_NS = 3600e9;
const NS = 1_000_000_000n;

export function bad(message: string): QueryError {
  return new QueryError('bad_data', message);
}

/** An empty parameter is none. */
export function text(parameters: URLSearchParams, name: string): string | undefined {
  return parameters.get(name) || undefined;
}

/** A whole number of 32 bits. */
export function unsigned(parameters: URLSearchParams, name: string): number | undefined {
  const given = text(parameters, name);
  if (given === undefined) return undefined;
  if (!/^\d+$/.test(given))
    throw bad(`invalid ${name}: strconv.ParseUint: parsing ${quote(given)}: invalid syntax`);
  const number = Number(given);
  if (number > 0xffffffff) {
    throw bad(`invalid ${name}: strconv.ParseUint: parsing ${quote(given)}: value out of range`);
  }
  return number;
}

/** As `unsigned`, and leniently: what is no number is not there. */
export function unsignedIf(parameters: URLSearchParams, name: string): number | undefined {
  const given = text(parameters, name);
  return given !== undefined && /^\d+$/.test(given) && Number(given) <= 0xffffffff
    ? Number(given)
    : undefined;
}

export function signed(parameters: URLSearchParams, name: string): number {
  const given = text(parameters, name);
  if (given === undefined) return 0;
  if (!/^[+-]?\d+$/.test(given))
    throw bad(`invalid ${name}: strconv.ParseInt: parsing ${quote(given)}: invalid syntax`);
  return Number(given);
}

export function milliseconds(parameters: URLSearchParams, name: string): number {
  const given = text(parameters, name);
  if (given === undefined) return 0;
  const duration_ns = parseGoDuration(given);
  if (duration_ns === undefined) {
    const missing = /^[+-]?[\d.]+$/.test(given) ? 'missing unit in' : 'invalid';
    throw bad(`invalid ${name}: time: ${missing} duration ${quote(given)}`);
  }
  return Math.trunc(duration_ns / 1e6);
}

const ONE_END = 'error parsing date range: only one of start and end provided: must provide both or neither';

/** Start and end of a search in seconds, both 0 for all time. */
export function searchRange(parameters: URLSearchParams): { readonly start: number; readonly end: number } {
  const given = unsigned(parameters, 'start');
  const end = unsigned(parameters, 'end') ?? 0;
  if (given === undefined && end !== 0) throw bad(ONE_END);
  const start = given ?? 0;
  if ((start !== 0 || end !== 0) && end <= start) {
    throw bad(`http parameter start must be before end. received start=${start} end=${end}`);
  }
  return { start, end };
}

export interface NanoRange {
  readonly start: bigint;
  readonly end: bigint;
}

/** Start and end of a metrics query; an hour back from now by default. */
export function metricsRange(parameters: URLSearchParams, now_ms: number): NanoRange {
  const now = BigInt(Math.floor(now_ms)) * 1_000_000n;
  const sinceText = text(parameters, 'since');
  const since = sinceText === undefined ? HOUR_NS : parsePrometheusDuration(sinceText);
  if (since === undefined)
    throw badTime(`could not parse 'since' parameter: not a valid duration string: ${quote(sinceText)}`);
  const end = timestamp(parameters, 'end') ?? now;
  const start = timestamp(parameters, 'start') ?? (end > now ? now : end) - BigInt(since);
  return { start, end };
}

/** Seconds, or a duration. */
export function step(parameters: URLSearchParams, range: NanoRange): bigint {
  const given = text(parameters, 'step');
  if (given === undefined) return defaultStep(Number(range.end - range.start));
  const seconds = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(given) ? Number(given) : undefined;
  const ns = seconds === undefined ? parseGoDuration(given) : Math.trunc(seconds * 1e9);
  if (ns === undefined) throw badTime(`cannot parse ${quote(given)} to a valid duration`);
  if (Math.abs(ns) >= 2 ** 63) {
    throw badTime(`cannot parse ${quote(given)} to a valid duration. It overflows int64`);
  }
  return BigInt(ns);
}

/** Tags' and values' ranges count only in that both ends are given, or none. */
export function checkTagRange(parameters: URLSearchParams): void {
  const since = text(parameters, 'since');
  if (since !== undefined) {
    if (parsePrometheusDuration(since) !== undefined) return;
    throw bad(
      `error parsing date range: could not parse 'since' parameter: not a valid duration string: ${quote(since)}`,
    );
  }
  const [start, end] = [text(parameters, 'start'), text(parameters, 'end')];
  if ((start === undefined) !== (end === undefined)) {
    throw bad(ONE_END);
  }
  for (const name of ['start', 'end']) {
    try {
      timestamp(parameters, name);
    } catch (error) {
      throw bad(
        `error parsing date range: ${(error as Error).message.replace(/^rpc error: .* desc = /, '')}`,
      );
    }
  }
}

/** Go's way of quoting a text in a message. */
export function quote(given: string | undefined): string {
  return JSON.stringify(given ?? '');
}

function badTime(message: string): QueryError {
  return bad(`rpc error: code = Code(400) desc = ${message}`);
}

/** Seconds up to ten digits, nanoseconds beyond; a decimal point makes seconds; or a date. */
function timestamp(parameters: URLSearchParams, name: string): bigint | undefined {
  const given = text(parameters, name);
  if (given === undefined) return undefined;
  if (/^[+-]?\d+$/.test(given)) return given.length <= 10 ? BigInt(given) * NS : BigInt(given);
  if (/^[+-]?\d*\.\d*$/.test(given) && given !== '.') {
    const seconds = Math.trunc(Number(given));
    return BigInt(seconds) * NS + BigInt(Math.round((Number(given) - seconds) * 1000)) * 1_000_000n;
  }
  const date = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(given) ? Date.parse(given) : Number.NaN;
  if (!Number.isNaN(date)) return BigInt(date) * 1_000_000n;
  throw badTime(
    `could not parse '${name}' parameter: strconv.ParseInt: parsing ${quote(given)}: invalid syntax`,
  );
}

/** About 240 points, on a round grid. */
function defaultStep(range_ns: number): bigint {
  const wanted = range_ns / 240;
  const grids = range_ns < 60e9 ? [50e6] : [HOUR_NS, 300e9, 60e9, 15e9, 5e9, 1e9];
  for (const grid of grids) if (wanted > grid) return BigInt(Math.floor(wanted / grid) * grid);
  return BigInt(grids.at(-1) as number);
}
