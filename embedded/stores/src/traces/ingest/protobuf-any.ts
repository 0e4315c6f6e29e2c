/** `KeyValue` and `AnyValue` of OTLP in protobuf -> a value. */
import protobuf from 'protobufjs/minimal.js';
import { QueryError } from '../../query/query-error.js';
import type { Value } from '../value.js';
import { intValue, listValue, opaque } from './any-value.js';
import { eachField, endOf } from './protobuf-fields.js';

type Reader = protobuf.Reader;

const MOST_DEPTH = 64;

export function readKeyValue(reader: Reader, depth = 0): { key: string; value: Value } {
  let key = '';
  let value: Value = { kind: 'opaque', any: {} };
  eachField(reader, reader.len, (field) => {
    if (field === 1) key = reader.string();
    else if (field === 2) value = readAny(reader, endOf(reader), depth);
    else return false;
    return true;
  });
  return { key, value };
}

function readAny(reader: Reader, end: number, depth: number): Value {
  if (depth > MOST_DEPTH) throw new QueryError('bad_data', 'attribute values are nested too deeply');
  let value: Value = { kind: 'opaque', any: {} };
  eachField(reader, end, (field) => {
    if (field === 1) value = { kind: 'string', value: reader.string() };
    else if (field === 2) value = { kind: 'bool', value: reader.bool() };
    else if (field === 3) value = ofInt64(reader);
    else if (field === 4) value = { kind: 'float', value: reader.double() };
    else if (field === 5) value = listValue(readList(reader, (inner) => readAny(reader, inner, depth + 1)));
    else if (field === 6)
      value = { kind: 'opaque', any: { kvlistValue: { values: readMap(reader, depth + 1) } } };
    else if (field === 7) {
      value = { kind: 'opaque', any: { bytesValue: Buffer.from(reader.bytes()).toString('base64') } };
    } else return false;
    return true;
  });
  return value;
}

function readList<T>(reader: Reader, read: (end: number) => T): readonly T[] {
  const list: T[] = [];
  eachField(reader, endOf(reader), (field) => {
    if (field !== 1) return false;
    list.push(read(endOf(reader)));
    return true;
  });
  return list;
}

function readMap(reader: Reader, depth: number): readonly object[] {
  return readList(reader, (end) => {
    const { key, value } = readKeyValue(protobuf.Reader.create(reader.buf.subarray(reader.pos, end)), depth);
    reader.pos = end;
    return { key, value: opaque(value) };
  });
}

function ofInt64(reader: Reader): Value {
  const long = reader.int64() as number | { readonly low: number; readonly high: number };
  if (typeof long === 'number') return intValue(String(long));
  return intValue(String((BigInt(long.high) << 32n) | BigInt(long.low >>> 0)));
}
