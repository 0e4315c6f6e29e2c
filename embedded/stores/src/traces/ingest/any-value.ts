/** `AnyValue` of OTLP in its JSON form -> a value. */
import { QueryError } from '../../query/query-error.js';
import type { AnyValue, ElementKind, Value } from '../value.js';

const MOST_DEPTH = 64;

/** @throws {QueryError} `bad_data` for what is no `AnyValue` */
export function fromAnyValue(given: unknown, depth = 0): Value {
  if (depth > MOST_DEPTH) throw new QueryError('bad_data', 'attribute values are nested too deeply');
  if (given === undefined || given === null) return { kind: 'opaque', any: {} };
  if (typeof given !== 'object' || Array.isArray(given))
    throw new QueryError('bad_data', 'a value has to be an object');
  const any = given as Record<string, unknown>;
  for (const [name, value] of Object.entries(any)) {
    if (value === null) continue;
    switch (name) {
      case 'stringValue':
      case 'string_value':
        if (typeof value !== 'string') throw new QueryError('bad_data', 'stringValue has to be a string');
        return { kind: 'string', value };
      case 'intValue':
      case 'int_value':
        return intValue(value);
      case 'boolValue':
      case 'bool_value':
        if (typeof value !== 'boolean') throw new QueryError('bad_data', 'boolValue has to be true or false');
        return { kind: 'bool', value };
      case 'doubleValue':
      case 'double_value':
        return { kind: 'float', value: double(value) };
      case 'arrayValue':
      case 'array_value':
        return list(value, depth);
      case 'kvlistValue':
      case 'kvlist_value':
        return { kind: 'opaque', any: { kvlistValue: { values: pairs(value, depth) } } };
      case 'bytesValue':
      case 'bytes_value':
        return { kind: 'opaque', any: { [camel(name)]: value } };
    }
  }
  return { kind: 'opaque', any: {} };
}

/** A 64-bit number in JSON is a number or, beyond what a double holds, its digits. */
export function intValue(given: unknown): Value {
  const text = String(given);
  if (!/^-?\d{1,19}$/.test(text))
    throw new QueryError('bad_data', `intValue has to be a whole number, not ${text}`);
  const value = Number(text);
  return Number.isSafeInteger(value) ? { kind: 'int', value } : { kind: 'int', value, text };
}

/** A list of like things can be asked for; any other is only kept. */
export function listValue(values: readonly Value[]): Value {
  const kind = values[0]?.kind;
  if (isElement(kind) && values.every((one) => one.kind === kind)) return { kind: 'list', of: kind, values };
  return { kind: 'opaque', any: { arrayValue: values.length > 0 ? { values: values.map(opaque) } : {} } };
}

function pairs(given: unknown, depth: number): readonly AnyValue[] {
  const values = (given as { values?: unknown } | undefined)?.values ?? [];
  if (!Array.isArray(values)) throw new QueryError('bad_data', 'kvlistValue has to have a list of values');
  return values.map((one: { readonly key?: unknown; readonly value?: unknown } | null) => ({
    key: String(one?.key ?? ''),
    value: opaque(fromAnyValue(one?.value, depth + 1)),
  }));
}

function list(given: unknown, depth: number): Value {
  const values = (given as { values?: unknown } | undefined)?.values ?? [];
  if (!Array.isArray(values)) throw new QueryError('bad_data', 'arrayValue has to have a list of values');
  return listValue(values.map((one) => fromAnyValue(one, depth + 1)));
}

/** Back to `AnyValue`. */
export function opaque(value: Value): AnyValue {
  switch (value.kind) {
    case 'string':
      return { stringValue: value.value };
    case 'int':
      return { intValue: value.text ?? String(value.value) };
    case 'float':
      return { doubleValue: value.value };
    case 'bool':
      return { boolValue: value.value };
    case 'list':
      return { arrayValue: { values: value.values.map(opaque) } };
    case 'opaque':
      return value.any;
    default:
      return {};
  }
}

function isElement(kind: string | undefined): kind is ElementKind {
  return kind === 'string' || kind === 'int' || kind === 'float' || kind === 'bool';
}

function double(given: unknown): number {
  if (typeof given === 'number') return given;
  const special = {
    NaN: Number.NaN,
    Infinity: Number.POSITIVE_INFINITY,
    '-Infinity': Number.NEGATIVE_INFINITY,
  };
  const known = special[String(given) as keyof typeof special] ?? (given === '' ? undefined : Number(given));
  if (known === undefined || (Number.isNaN(known) && given !== 'NaN')) {
    throw new QueryError('bad_data', `doubleValue has to be a number, not ${String(given)}`);
  }
  return known;
}

function camel(name: string): string {
  return name.replace(/_v/, 'V');
}
