/** A push as a protobuf message, compressed by snappy: what Promtail, Alloy and others send. */
import protobuf from 'protobufjs/minimal.js';
import { uncompress } from 'snappyjs';
import { QueryError } from '../query/query-error.js';
import { compareText, type Label, Labels } from './labels.js';
import { parseSelector } from './logql/parse-pipeline.js';
import { TokenReader } from './logql/token-reader.js';
import type { PushedStream } from './push-json.js';
import type { Entry, Instant } from './stream.js';

/** After decompression: as much as the server takes of JSON. */
const BYTES_MAX = 100 * 1024 * 1024;

/** @throws {QueryError} on a body that is none */
export function parsePushProtobuf(body: Uint8Array): readonly PushedStream[] {
  const message = decompress(body);
  try {
    return readMessages(protobuf.Reader.create(message), 1, readStream);
  } catch (error) {
    if (error instanceof QueryError) throw error;
    throw new QueryError('bad_data', `proto: PushRequest: ${(error as Error).message}`);
  }
}

function decompress(body: Uint8Array): Uint8Array {
  const corrupt = new QueryError('bad_data', 'snappy: corrupt input');
  try {
    // It begins with the length of what comes out.
    const length = protobuf.Reader.create(body).uint32();
    if (length > BYTES_MAX) throw new RangeError(`${length} bytes`);
    return uncompress(body);
  } catch {
    throw corrupt;
  }
}

type Reader = protobuf.Reader;

/** The messages of one field; others are passed over. */
function readMessages<T>(reader: Reader, field: number, read: (reader: Reader, end: number) => T): T[] {
  const messages: T[] = [];
  eachField(reader, reader.len, (number) => {
    if (number !== field) return false;
    const end = reader.uint32() + reader.pos;
    messages.push(read(reader, end));
    return true;
  });
  return messages;
}

/** @param take reads the field of a number, or says that it does not know it */
function eachField(reader: Reader, end: number, take: (number: number) => boolean): void {
  if (end > reader.len) throw new RangeError('unexpected EOF');
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (!take(tag >>> 3)) reader.skipType(tag & 7);
  }
}

function readStream(reader: Reader, end: number): PushedStream {
  let labels = '';
  const entries: Entry[] = [];
  eachField(reader, end, (number) => {
    if (number === 1) labels = reader.string();
    else if (number === 2) entries.push(readEntry(reader, reader.uint32() + reader.pos));
    return number === 1 || number === 2;
  });
  return { labels: parseLabels(labels), entries };
}

function readEntry(reader: Reader, end: number): Entry {
  let time: Instant = { ms: 0, ns: 0 };
  let line = '';
  const metadata: Label[] = [];
  eachField(reader, end, (number) => {
    if (number === 1) time = readTime(reader, reader.uint32() + reader.pos);
    else if (number === 2) line = reader.string();
    else if (number === 3) metadata.push(readLabel(reader, reader.uint32() + reader.pos));
    return number <= 3;
  });
  return { time, line, metadata: metadata.sort(([a], [b]) => compareText(a, b)) };
}

function readTime(reader: Reader, end: number): Instant {
  let seconds = 0;
  let nanoseconds = 0;
  eachField(reader, end, (number) => {
    if (number === 1) seconds = Number(reader.int64());
    else if (number === 2) nanoseconds = reader.int32();
    return number <= 2;
  });
  return { ms: seconds * 1000 + Math.floor(nanoseconds / 1e6), ns: nanoseconds % 1e6 };
}

function readLabel(reader: Reader, end: number): Label {
  let name = '';
  let value = '';
  eachField(reader, end, (number) => {
    if (number === 1) name = reader.string();
    else if (number === 2) value = reader.string();
    return number <= 2;
  });
  return [name, value];
}

/** `{a="b", c="d"}`; a label without a value is none. @throws {QueryError} */
export function parseLabels(text: string): Labels {
  return Labels.of(parseLabelsWithEmpty(text).pairs.filter(([, value]) => value !== ''));
}

/** The same with labels whose value is empty. @throws {QueryError} */
export function parseLabelsWithEmpty(text: string): Labels {
  try {
    const matchers = parseSelector(new TokenReader(text.replace(/,\s*\}$/, '}')));
    const other = matchers.find(({ operator }) => operator !== '=');
    if (other) throw new Error(`unexpected "${other.operator}", expected "="`);
    return Labels.of(matchers.map(({ name, value }): Label => [name, value]));
  } catch (error) {
    throw new QueryError('bad_data', `couldn't parse labels: ${(error as Error).message}`);
  }
}
