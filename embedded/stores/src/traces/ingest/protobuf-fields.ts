/** Walking protobuf messages field by field. */
import type protobuf from 'protobufjs/minimal.js';
import { QueryError } from '../../query/query-error.js';

type Reader = protobuf.Reader;

/** Reads the length before a message. @returns where it ends */
export function endOf(reader: Reader): number {
  const length = reader.uint32();
  const end = reader.pos + length;
  if (end > reader.len) throw new RangeError(`a message of ${length} bytes ends after the request`);
  return end;
}

/** Walks the fields up to `end`. @param take reads the field's value, or returns false to have it skipped */
export function eachField(reader: Reader, end: number, take: (field: number) => boolean): void {
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (!take(tag >>> 3)) reader.skipType(tag & 7);
  }
  if (reader.pos !== end) throw new RangeError('a field ends after its message');
}

/** Walks the messages in one field, skipping all others; each by `take`, which reads it up to its end. */
export async function eachMessage(
  reader: Reader,
  field: number,
  take: (end: number) => Promise<void>,
  end = reader.len,
): Promise<void> {
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (tag >>> 3 === field) await take(endOf(reader));
    else reader.skipType(tag & 7);
  }
  if (reader.pos !== end) throw new RangeError('a field ends after its message');
}

/** Words of an id, from the most significant on; of an empty one there are none. */
export function readId(reader: Reader, bytes: 8 | 16): readonly number[] {
  const id = reader.bytes();
  if (id.length === 0) return [];
  if (id.length !== bytes)
    throw new QueryError('bad_data', `invalid length for ${bytes === 16 ? 'Trace' : 'Span'}ID`);
  const view = new DataView(id.buffer, id.byteOffset, id.byteLength);
  return Array.from({ length: bytes / 4 }, (_, word) => view.getUint32(word * 4));
}

/** Nanoseconds of the epoch as seconds and nanoseconds. */
export function readTime(reader: Reader): readonly [seconds: number, nanos: number] {
  const long = reader.fixed64() as number | { readonly low: number; readonly high: number };
  const time =
    typeof long === 'number' ? BigInt(long) : (BigInt(long.high >>> 0) << 32n) | BigInt(long.low >>> 0);
  const seconds = time / 1_000_000_000n;
  if (seconds > 0xffffffffn) throw new QueryError('bad_data', 'a time before the year 2106 is expected');
  return [Number(seconds), Number(time % 1_000_000_000n)];
}
