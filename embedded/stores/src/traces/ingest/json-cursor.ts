/**
 * A cursor on a JSON text in bytes. Whoever holds it walks: `enter` an object or list, for each member take its key and
 * then exactly one value, ask `more`. What is skipped is not validated beyond its end.
 */
import { QueryError } from '../../query/query-error.js';
import type { Vocabulary } from './vocabulary.js';

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const LETTER_N = 0x6e;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const SPACE = 0x20;

/** The value of a hexadecimal digit; 255 for anything else. */
const HEX = new Uint8Array(256).fill(255);
for (let digit = 0; digit < 16; digit++) {
  const text = digit.toString(16);
  HEX[text.charCodeAt(0)] = digit;
  HEX[text.toUpperCase().charCodeAt(0)] = digit;
}

export class JsonCursor {
  readonly #bytes: Uint8Array;
  #at = 0;
  /** Of the time that was read last. */
  seconds = 0;
  nanos = 0;
  /** Of the id that was read last, from the most significant on; shorter ids fill the last ones. */
  readonly words = new Uint32Array(4);

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Where the next value begins: `at(position)` comes back to it. */
  position(): number {
    this.#token();
    return this.#at;
  }

  /** Goes to a position that was told before. */
  at(position: number): void {
    this.#at = position;
  }

  /** Goes into the object at the cursor. @returns whether anything is in it; `null` is an empty one */
  enterObject(): boolean {
    return this.#enter(OPEN_OBJECT, CLOSE_OBJECT, '{');
  }

  /** As `enterObject`, for a list. */
  enterList(): boolean {
    return this.#enter(OPEN_LIST, CLOSE_LIST, '[');
  }

  /** Whether another member or item follows; if not, the object or list is left. */
  more(): boolean {
    const token = this.#token();
    if (token !== COMMA && token !== CLOSE_OBJECT && token !== CLOSE_LIST)
      throw this.error('a comma or an end');
    this.#at++;
    return token === COMMA;
  }

  /** A member's key, as its number in a vocabulary. */
  key(keys: Vocabulary): number {
    const key = this.piece(keys);
    if (this.#token() !== COLON) throw this.error('a colon');
    this.#at++;
    return key;
  }

  /** Any string or object, quotes and braces included, as its number in a vocabulary. */
  piece(vocabulary: Vocabulary): number {
    const first = this.#token();
    const bytes = this.#bytes;
    const length = vocabulary.predict(bytes, this.#at);
    if (length > 0) {
      this.#at += length;
      return vocabulary.value;
    }
    if (first !== QUOTE && first !== OPEN_OBJECT) throw this.error('a string or an object');
    const from = this.#at;
    let depth = 0;
    let hash = 0;
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at] as number;
      hash = (Math.imul(hash, 31) + byte) | 0;
      if (byte === QUOTE) {
        for (at++; ; at++) {
          const inner = bytes[at];
          if (inner === undefined) throw this.error("a string's end");
          hash = (Math.imul(hash, 31) + inner) | 0;
          if (inner === QUOTE) break;
          if (inner === BACKSLASH) hash = (Math.imul(hash, 31) + (bytes[++at] ?? 0)) | 0;
        }
      } else if (byte === OPEN_OBJECT) depth++;
      else if (byte === CLOSE_OBJECT) depth--;
      else continue;
      if (depth > 0) continue;
      this.#at = at + 1;
      return vocabulary.read(bytes, from, at + 1, hash);
    }
    throw this.error('an end');
  }

  /** Any value, parsed. */
  json(): unknown {
    const from = this.position();
    this.skip();
    return parseJson(this.#bytes, from, this.#at);
  }

  /** A string of hexadecimal digits, into `words`. @returns whether it is not all zeros; an empty one is */
  id(bytes: 8 | 16): boolean {
    if (this.#token() !== QUOTE) throw this.error('an id');
    this.words.fill(0);
    const from = this.#at + 1;
    if (this.#bytes[from] === QUOTE) {
      this.#at = from + 1;
      return false;
    }
    if (this.#bytes[from + bytes * 2] !== QUOTE) throw this.error(`an id of ${bytes * 2} hexadecimal digits`);
    let any = 0;
    for (let word = 0; word < bytes / 4; word++) {
      const value = this.#hexWord(from + word * 8);
      this.words[4 - bytes / 4 + word] = value;
      any |= value;
    }
    this.#at = from + bytes * 2 + 1;
    return any !== 0;
  }

  /** Nanoseconds of the epoch, as a number or as a string of digits, into `seconds` and `nanos`. */
  time(): void {
    const quoted = this.#token() === QUOTE;
    const from = quoted ? this.#at + 1 : this.#at;
    const bytes = this.#bytes;
    let to = from;
    while (((bytes[to] as number) - 0x30) >>> 0 <= 9) to++;
    if (to === from || to - from > 19 || (quoted && bytes[to] !== QUOTE)) throw this.error('nanoseconds');
    const point = Math.max(from, to - 9);
    let seconds = 0;
    for (let at = from; at < point; at++) seconds = seconds * 10 + (bytes[at] as number) - 0x30;
    let nanos = 0;
    for (let at = point; at < to; at++) nanos = nanos * 10 + (bytes[at] as number) - 0x30;
    if (seconds > 0xffffffff) throw this.error('a time before the year 2106');
    this.seconds = seconds;
    this.nanos = nanos;
    this.#at = quoted ? to + 1 : to;
  }

  /** A whole number, or the name of one. */
  enumeration(names: (name: string) => number | undefined): number {
    const token = this.#token();
    if (token >= 0x30 && token <= 0x39) {
      let number = 0;
      for (let byte = token; byte >= 0x30 && byte <= 0x39; byte = this.#bytes[++this.#at] ?? 0) {
        number = number * 10 + byte - 0x30;
      }
      return number;
    }
    const value = this.json();
    const known = typeof value === 'string' ? names(value) : undefined;
    if (known === undefined) throw this.error('a known number or name');
    return known;
  }

  /** Any value. */
  skip(): void {
    const bytes = this.#bytes;
    const token = this.#token();
    if (token !== QUOTE && token !== OPEN_OBJECT && token !== OPEN_LIST) {
      this.#skipPlain();
      return;
    }
    let depth = 0;
    for (; this.#at < bytes.length; this.#at++) {
      const byte = bytes[this.#at];
      if (byte === QUOTE) this.#skipToQuote();
      else if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth++;
      else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) depth--;
      if (depth === 0) {
        this.#at++;
        return;
      }
    }
    throw this.error('an end');
  }

  error(expected: string): QueryError {
    const { length } = this.#bytes;
    return new QueryError(
      'bad_data',
      `${expected} is expected at byte ${Math.min(this.#at, length)} of ${length}`,
    );
  }

  #enter(open: number, close: number, name: string): boolean {
    const token = this.#token();
    if (token === LETTER_N) {
      this.#skipPlain();
      return false;
    }
    if (token !== open) throw this.error(name);
    this.#at++;
    if (this.#token() !== close) return true;
    this.#at++;
    return false;
  }

  #token(): number {
    const bytes = this.#bytes;
    while ((bytes[this.#at] as number) <= SPACE) this.#at++;
    return bytes[this.#at] ?? 0;
  }

  #skipToQuote(): void {
    const bytes = this.#bytes;
    for (this.#at++; bytes[this.#at] !== QUOTE; this.#at++) {
      if (this.#at >= bytes.length) throw this.error("a string's end");
      if (bytes[this.#at] === BACKSLASH) this.#at++;
    }
  }

  /** A number, or true, false, null. */
  #skipPlain(): void {
    const from = this.#at;
    for (let byte = this.#bytes[from] ?? 0; isPlain(byte); byte = this.#bytes[++this.#at] ?? 0);
    if (this.#at === from) throw this.error('a value');
    parseJson(this.#bytes, from, this.#at);
  }

  #hexWord(from: number): number {
    const bytes = this.#bytes;
    let word = 0;
    for (let at = from; at < from + 8; at++) {
      const digit = HEX[bytes[at] as number] as number;
      if (digit > 15) throw this.error('a hexadecimal digit');
      word = (word << 4) | digit;
    }
    return word >>> 0;
  }
}

function isPlain(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (byte | 0x20) >= 0x61 ||
    byte === MINUS ||
    byte === 0x2b ||
    byte === 0x2e
  );
}

/** @throws {QueryError} `bad_data` for what is no JSON */
export function parseJson(bytes: Uint8Array, from: number, to: number): unknown {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new QueryError('bad_data', `no JSON at byte ${from}: ${text.slice(0, 40)}`, { cause: error });
  }
}
