/** The JSON of a push: `{"streams": [{"stream": {...}, "values": [["ns", "line", {...}], ...]}, ...]}`. */
import { QueryError } from '../query/query-error.js';
import { compareText, type Label, Labels } from './labels.js';
import type { Entry, Instant } from './stream.js';

export interface PushedStream {
  readonly labels: Labels;
  readonly entries: readonly Entry[];
}

/** @throws {QueryError} naming what is not as it has to be */
export function parsePushJson(body: Uint8Array): readonly PushedStream[] {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
  if (text.trim() === '') throw new QueryError('bad_data', 'EOF');
  const push = record(parseJson(text), 'the body');
  const streams = push.streams ?? [];
  return array(streams, 'streams').map((stream, index) =>
    readStream(record(stream, `streams[${index}]`), index),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new QueryError('bad_data', `loghttp.PushRequest: ${(error as Error).message}`);
  }
}

function readStream(stream: Readonly<Record<string, unknown>>, index: number): PushedStream {
  const labels: Label[] = [];
  for (const [name, value] of Object.entries(record(stream.stream ?? {}, `streams[${index}].stream`))) {
    if (typeof value === 'object') throw wrong(`streams[${index}].stream.${name}`, 'a text');
    labels.push([name, String(value)]);
  }
  const values = array(stream.values ?? [], `streams[${index}].values`);
  return { labels: Labels.of(labels), entries: values.map((value) => readEntry(value, index)) };
}

const NO_METADATA: readonly Label[] = [];

function readEntry(value: unknown, index: number): Entry {
  const [time, line = '', metadata] = array(value, `streams[${index}].values[]`);
  if (typeof line !== 'string') throw wrong('a line', 'a text');
  return {
    time: readTime(time),
    line,
    metadata: metadata === undefined ? NO_METADATA : readMetadata(metadata),
  };
}

function readTime(value: unknown): Instant {
  if (typeof value !== 'string' || !/^-?\d{1,19}$/.test(value)) {
    throw wrong(`the time ${JSON.stringify(value)}`, 'a text with nanoseconds since 1970');
  }
  // The usual case without big numbers.
  if (value.length > 6 && value[0] !== '-') {
    return { ms: Number(value.slice(0, -6)), ns: Number(value.slice(-6)) };
  }
  return instantOf(BigInt(value));
}

export function instantOf(time_ns: bigint): Instant {
  const ns = Number(BigInt.asUintN(64, ((time_ns % 1_000_000n) + 1_000_000n) % 1_000_000n));
  return { ms: Number((time_ns - BigInt(ns)) / 1_000_000n), ns };
}

function readMetadata(value: unknown): readonly Label[] {
  const labels: Label[] = [];
  const entries = Object.entries(record(value, 'structured metadata'));
  for (const [name, text] of entries) {
    if (typeof text !== 'string') throw wrong(`structured metadata ${name}`, 'a text');
    labels.push([name, text]);
  }
  return labels.length < 2 ? labels : labels.sort(([a], [b]) => compareText(a, b));
}

function record(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(what, 'an object');
  return value as Readonly<Record<string, unknown>>;
}

function array(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw wrong(what, 'an array');
  return value;
}

function wrong(what: string, expected: string): QueryError {
  return new QueryError('bad_data', `loghttp.PushRequest.Streams: ${what} has to be ${expected}`);
}
