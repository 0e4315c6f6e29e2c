/** Template functions for times, encodings and logic. */
import { formatTime, type Moment, parseTime } from '../go/time-layout.js';
import { castInteger, ofTexts, type TemplateFunction, time } from './arguments.js';
import { printf } from './printf.js';
import {
  areEqual,
  isLess,
  isTrue,
  LabelSource,
  print,
  TemplateError,
  TimeValue,
  typeName,
  type Value,
} from './values.js';

const ANY = Number.POSITIVE_INFINITY;

export const OTHER_FUNCTIONS: readonly (readonly [string, TemplateFunction])[] = [
  ['urlencode', ofTexts(1, (value = '') => urlEncode(value))],
  ['urlquery', { arguments: [0, ANY], call: (values) => urlEncode(values.map(print).join('')) }],
  ['urldecode', ofTexts(1, (value = '') => urlDecode(value))],
  ['b64enc', ofTexts(1, (value = '') => Buffer.from(value).toString('base64'))],
  ['b64dec', ofTexts(1, (value = '') => Buffer.from(value, 'base64').toString())],
  ['fromJson', ofTexts(1, (value = '') => fromJson(value))],
  ['default', { arguments: [1, 2], call: ([otherwise, given]) => (isTrue(given) ? given : otherwise) }],
  ['date', { arguments: [2], call: ([layout, value]) => formatTime(print(layout), momentOf(value)) }],
  ['toDate', ofTexts(2, (layout = '', value = '') => new TimeValue(parseTime(layout, value) ?? ZERO_TIME))],
  ['now', { arguments: [0], call: () => new TimeValue({ ms: Date.now(), ns: 0 }) }],
  ['unixEpoch', { arguments: [1], call: ([value]) => String(Math.floor(time(value).moment.ms / 1000)) }],
  ['unixEpochMillis', { arguments: [1], call: ([value]) => String(time(value).moment.ms) }],
  ['unixEpochNanos', { arguments: [1], call: ([value]) => nanoseconds(time(value).moment) }],
  ['unixToTime', ofTexts(1, (value = '') => new TimeValue(unixToTime(value)))],
  ['not', { arguments: [1], call: ([value]) => !isTrue(value) }],
  [
    'eq',
    { arguments: [2, ANY], call: ([first, ...others]) => others.some((other) => areEqual(first, other)) },
  ],
  ['ne', { arguments: [2], call: ([a, b]) => !areEqual(a, b) }],
  ['lt', { arguments: [2], call: ([a, b]) => isLess(a, b) }],
  ['le', { arguments: [2], call: ([a, b]) => isLess(a, b) || areEqual(a, b) }],
  ['gt', { arguments: [2], call: ([a, b]) => isLess(b, a) }],
  ['ge', { arguments: [2], call: ([a, b]) => isLess(b, a) || areEqual(a, b) }],
  ['len', { arguments: [1], call: ([value]) => lengthOf(value) }],
  ['index', { arguments: [1, ANY], call: ([value, ...keys]) => keys.reduce(indexOf, value) }],
  ['print', { arguments: [0, ANY], call: printAll }],
  ['println', { arguments: [0, ANY], call: (values) => `${values.map(print).join(' ')}\n` }],
  ['printf', { arguments: [1, ANY], call: ([format, ...values]) => printf(print(format), values) }],
];

/** Of Go, year 1. */
const ZERO_TIME: Moment = { ms: -62_135_596_800_000, ns: 0 };

function momentOf(value: Value): Moment {
  if (value instanceof TimeValue) return value.moment;
  return { ms: castInteger(value) * 1000, ns: 0 };
}

function nanoseconds({ ms, ns }: Moment): string {
  return String(BigInt(ms) * 1_000_000n + BigInt(ns));
}

/** By the length of the number: days, seconds, ms, µs or ns. */
function unixToTime(text: string): Moment {
  const fail = () => new TemplateError(`error calling unixToTime: unable to parse time '${text}'`);
  if (!/^[+-]?\d{1,18}$|^\d{19}$/.test(text)) throw fail();
  const number = BigInt(text);
  const ns_per = { 5: 86_400_000_000_000n, 10: 1_000_000_000n, 13: 1_000_000n, 16: 1000n, 19: 1n }[
    text.length
  ];
  if (ns_per === undefined) throw fail();
  const total = number * ns_per;
  return { ms: Number(total / 1_000_000n), ns: Number(total % 1_000_000n) };
}

/** As Go's `url.QueryEscape`. */
function urlEncode(value: string): string {
  const encoded = encodeURIComponent(value.replace(/\p{Surrogate}/gu, '\ufffd'));
  return encoded
    .replaceAll('%20', '+')
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function urlDecode(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    const [part = value] = /%.{0,2}/.exec(value) ?? [];
    throw new TemplateError(`error calling urldecode: invalid URL escape ${JSON.stringify(part)}`);
  }
}

/** What is no JSON is nothing. */
function fromJson(value: string): Value {
  try {
    return fromNull(JSON.parse(value));
  } catch {
    return undefined;
  }
}

function fromNull(value: unknown): Value {
  if (Array.isArray(value)) return value.map(fromNull);
  if (value === null) return undefined;
  if (typeof value !== 'object') return value as Value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fromNull(inner)]));
}

function lengthOf(value: Value): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (Array.isArray(value)) return value.length;
  if (value instanceof LabelSource) return value.all().size;
  if (typeof value === 'object' && !(value instanceof TimeValue)) return Object.keys(value).length;
  throw new TemplateError(`error calling len: len of type ${typeName(value)}`);
}

function indexOf(value: Value, key: Value): Value {
  if (value instanceof LabelSource) return value.get(String(key)) ?? '';
  if (Array.isArray(value)) {
    if (typeof key === 'number' && key >= 0 && key < value.length) return value[key];
    throw new TemplateError(`error calling index: index out of range: ${print(key)}`);
  }
  if (typeof value === 'string' && typeof key === 'number') {
    const byte = Buffer.from(value)[key];
    if (byte !== undefined) return byte;
    throw new TemplateError(`error calling index: index out of range: ${key}`);
  }
  if (typeof value === 'object' && typeof key === 'string') {
    return Object.hasOwn(value, key) ? (value as Readonly<Record<string, Value>>)[key] : undefined;
  }
  throw new TemplateError(`error calling index: can't index item of type ${typeName(value)}`);
}

/** Spaces go between two of which neither is a text. */
function printAll(values: readonly Value[]): string {
  let text = '';
  for (const [index, value] of values.entries()) {
    const before = values[index - 1];
    if (index > 0 && typeof value !== 'string' && typeof before !== 'string') text += ' ';
    text += print(value);
  }
  return text;
}
