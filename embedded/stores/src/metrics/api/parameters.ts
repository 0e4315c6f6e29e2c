/** Times, durations and limits as the engine's API takes them. */
import { QueryError } from '../../query/query-error.js';
import { DURATION_MAX_MS, parseDuration } from '../promql/durations.js';

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const RFC3339 = /^\d{4}-(\d\d)-(\d\d)[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;
/** As far as a `Date` reaches. */
const TIME_MAX_MS = 8.64e15;

/** What clients send that mean any time at all: Go's first and last. */
const FIRST_TIME = '-292273086-05-16T16:47:06Z';
const LAST_TIME = '292277025-08-18T07:12:54.999999999Z';

/** @returns undefined when the text is neither seconds nor RFC 3339 */
export function parseTime(text: string): number | undefined {
  if (text === FIRST_TIME) return -TIME_MAX_MS;
  if (text === LAST_TIME) return TIME_MAX_MS;
  if (NUMBER.test(text)) {
    const time_ms = Math.round(Number(text) * 1000);
    return Math.abs(time_ms) <= TIME_MAX_MS ? time_ms : undefined;
  }
  const parts = RFC3339.exec(text);
  if (!parts || Number(parts[2]) > daysIn(text)) return undefined;
  const time_ms = Date.parse(text);
  return Number.isNaN(time_ms) ? undefined : time_ms;
}

function daysIn(text: string): number {
  return new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate();
}

/** @throws {QueryError} when it is given and no time */
export function optionalTime(parameters: URLSearchParams, name: string): number | undefined {
  const text = parameters.get(name) ?? '';
  if (text === '') return undefined;
  const time_ms = parseTime(text);
  if (time_ms !== undefined) return time_ms;
  throw invalid(
    name,
    `Invalid time value for '${name}': cannot parse ${JSON.stringify(text)} to a valid timestamp`,
  );
}

/** @throws {QueryError} when it is missing or no time */
export function requiredTime(parameters: URLSearchParams, name: string): number {
  const text = parameters.get(name) ?? '';
  const time_ms = parseTime(text);
  if (time_ms !== undefined) return time_ms;
  throw invalid(name, `cannot parse ${JSON.stringify(text)} to a valid timestamp`);
}

/** @throws {QueryError} when it is missing or no duration */
export function requiredDuration(parameters: URLSearchParams, name: string): number {
  const text = parameters.get(name) ?? '';
  const duration_ms = NUMBER.test(text) ? Number(text) * 1000 : parseDuration(text);
  if (duration_ms !== undefined && Math.abs(duration_ms) < DURATION_MAX_MS) return duration_ms;
  throw invalid(name, `cannot parse ${JSON.stringify(text)} to a valid duration`);
}

export function optionalDuration(parameters: URLSearchParams, name: string): number | undefined {
  return parameters.get(name) ? requiredDuration(parameters, name) : undefined;
}

/** @returns infinity for none; zero means none too */
export function limitOf(parameters: URLSearchParams): number {
  const text = parameters.get('limit') ?? '';
  if (text === '') return Number.POSITIVE_INFINITY;
  if (!/^\d+$/.test(text)) {
    throw invalid(
      'limit',
      /^-\d+$/.test(text) ? 'limit must be non-negative' : `cannot parse ${JSON.stringify(text)} to a number`,
    );
  }
  return Number(text) || Number.POSITIVE_INFINITY;
}

/** @throws {QueryError} when `limit` of the metadata is given and no number */
export function checkMetadataLimit(parameters: URLSearchParams): void {
  if (/^(?:[+-]?\d+)?$/.test(parameters.get('limit') ?? '')) return;
  throw new QueryError('bad_data', 'limit must be a number');
}

export function invalid(name: string, message: string): QueryError {
  return new QueryError('bad_data', `invalid parameter ${JSON.stringify(name)}: ${message}`);
}

/** The same error, saying of which parameter. */
export function ofParameter<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    throw new QueryError(error.kind, `invalid parameter ${JSON.stringify(name)}: ${error.message}`);
  }
}
