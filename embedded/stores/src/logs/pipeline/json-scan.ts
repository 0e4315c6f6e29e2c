/**
 * Members of a JSON object, found as the engine's jsonparser finds them: quickly, and with little regard for the rules.
 * What follows the object is not looked at, numbers may be anything that begins like one.
 */

export type JsonType = 'string' | 'number' | 'boolean' | 'null' | 'object' | 'array';

/**
 * @param start and `end` of the value: a string's without its quotes
 * @param escaped whether a string has escapes
 * @returns true to stop
 */
export type OnMember = (
  key: string,
  type: JsonType,
  value: { readonly start: number; readonly end: number; readonly escaped: boolean },
) => boolean;

const MALFORMED = {
  json: 'Malformed JSON error',
  string: `Value is string, but can't find closing '"' symbol`,
  array: "Value is array, but can't find closing ']' symbol",
  object: "Value looks like object, but can't find closing '}' symbol",
  unknown: 'Unknown value type',
} as const;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Calls back for each member until it is told to stop.
 * @param start where the object begins, or space before it
 * @returns what is wrong with the text as far as it was read, or undefined
 */
export function eachMember(text: string, start: number, onMember: OnMember): string | undefined {
  let at = skipSpace(text, start);
  if (text[at] !== '{') return MALFORMED.object;
  at = skipSpace(text, at + 1);
  if (at >= text.length) return MALFORMED.json;
  if (text[at] === '}') return undefined;
  for (;;) {
    if (text[at] === '}') return undefined;
    if (text[at] !== '"') return MALFORMED.object;
    const keyEnd = stringEnd(text, at + 1);
    if (keyEnd < 0) return MALFORMED.json;
    const key = text.slice(at + 1, keyEnd);
    at = skipSpace(text, keyEnd + 1);
    if (text[at] !== ':') return MALFORMED.json;
    at = skipSpace(text, at + 1);
    const value = readValue(text, at);
    if (typeof value === 'string') return value;
    if (onMember(key.includes('\\') ? (unescapeJson(key) ?? '') : key, value.type, value)) return undefined;
    at = skipSpace(text, value.next);
    if (at >= text.length) return MALFORMED.array;
    if (text[at] === '}') return undefined;
    if (text[at] !== ',') return MALFORMED.object;
    at = skipSpace(text, at + 1);
    if (at >= text.length) return MALFORMED.object;
  }
}

/** Values of an array, with their index for a key. */
export function eachElement(text: string, start: number, onElement: OnMember): string | undefined {
  let at = skipSpace(text, start + 1);
  if (text[at] === ']') return undefined;
  for (let index = 0; ; index++) {
    const value = readValue(text, at);
    if (typeof value === 'string') return value;
    if (onElement(String(index), value.type, value)) return undefined;
    at = skipSpace(text, value.next);
    if (text[at] === ']') return undefined;
    if (text[at] !== ',') return MALFORMED.array;
    at = skipSpace(text, at + 1);
  }
}

export interface JsonValue {
  readonly type: JsonType;
  readonly start: number;
  readonly end: number;
  readonly escaped: boolean;
  /** Behind the value. */
  readonly next: number;
}

function readValue(text: string, at: number): JsonValue | string {
  const first = text.charCodeAt(at);
  if (first === QUOTE) {
    const end = stringEnd(text, at + 1);
    if (end < 0) return MALFORMED.string;
    const backslash = text.indexOf('\\', at);
    return { type: 'string', start: at + 1, end, escaped: backslash >= 0 && backslash < end, next: end + 1 };
  }
  if (text[at] === '{' || text[at] === '[') {
    const type = text[at] === '{' ? 'object' : 'array';
    const next = blockEnd(text, at);
    return next < 0 ? MALFORMED[type] : { type, start: at, end: next, escaped: false, next };
  }
  const end = tokenEnd(text, at);
  const type = scalarType(text, at, end);
  if (Number.isNaN(first)) return MALFORMED.json;
  return type ? { type, start: at, end, escaped: false, next: end } : MALFORMED.unknown;
}

function scalarType(text: string, at: number, end: number): JsonType | undefined {
  const first = text.charCodeAt(at);
  if ((first >= 0x30 && first <= 0x39) || first === 0x2d) return 'number';
  const token = text.slice(at, end);
  if (token === 'true' || token === 'false') return 'boolean';
  return token === 'null' ? 'null' : undefined;
}

function skipSpace(text: string, at: number): number {
  for (let index = at; ; index++) {
    const code = text.charCodeAt(index);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return index;
  }
}

function tokenEnd(text: string, at: number): number {
  for (let index = at; index < text.length; index++) {
    const code = text.charCodeAt(index);
    // Comma, } and ], or space.
    if (code === 0x2c || code === 0x7d || code === 0x5d || code === 0x20) return index;
    if (code === 0x0a || code === 0x0d || code === 0x09) return index;
  }
  return text.length;
}

/** The closing quote, or -1. */
function stringEnd(text: string, at: number): number {
  for (let end = text.indexOf('"', at); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (end - backslashes > at && text.charCodeAt(end - backslashes - 1) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  return -1;
}

/** Behind the bracket that closes the one at `at`, or -1. */
function blockEnd(text: string, at: number): number {
  const open = text.charCodeAt(at);
  const close = open + 2;
  let level = 0;
  for (let index = at; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) {
      index = stringEnd(text, index + 1);
      if (index < 0) return -1;
    } else if (code === open) level++;
    else if (code === close && --level === 0) return index + 1;
  }
  return -1;
}

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** @returns undefined when an escape is none */
export function unescapeJson(text: string): string | undefined {
  let isValid = true;
  const result = text.replace(/\\(?:u([0-9a-fA-F]{4})|(.?))/gs, (_, unicode?: string, simple?: string) => {
    if (unicode !== undefined) return String.fromCharCode(Number.parseInt(unicode, 16));
    if (simple === undefined || !'"\\/bfnrt'.includes(simple) || simple === '') isValid = false;
    return ESCAPES[simple ?? ''] ?? simple ?? '';
  });
  return isValid ? result : undefined;
}

/** A string's text as a label's value. */
export function textOf(
  text: string,
  { start, end, escaped }: { start: number; end: number; escaped: boolean },
): string {
  const raw = text.slice(start, end);
  const value = escaped ? (unescapeJson(raw) ?? '').replace(/\p{Surrogate}/gu, ' ') : raw;
  // The replacement character is no valid part of a label.
  return value.includes('\ufffd') ? value.replaceAll('\ufffd', ' ') : value;
}
