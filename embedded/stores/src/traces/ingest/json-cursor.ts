/**
 * A cursor on a JSON text in bytes. Whoever holds it walks: `enter` an object or list, for each member take its key and
 * then exactly one value, ask `more`. What is skipped is not validated beyond its end.
 */
import { QueryError } from '../../query/query-error.js';
import {
  BACKSLASH,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  isPlain,
  LETTER_N,
  OPEN_LIST,
  OPEN_OBJECT,
  parseJson,
  QUOTE,
  SPACE,
} from './json-bytes.js';
import type { Vocabulary } from './vocabulary.js';

export class JsonCursor {
  protected readonly bytes: Uint8Array;
  protected next = 0;
  /** What has to close the objects and lists that the cursor is in. */
  readonly #closers: number[] = [];

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Where the next value begins: `at(position)` comes back to it. */
  position(): number {
    this.token();
    return this.next;
  }

  /** Goes to a position that was told before. */
  at(position: number): void {
    this.next = position;
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
    const token = this.token();
    if (token !== COMMA && token !== this.#closers.pop()) throw this.error('a comma or an end');
    this.next++;
    return token === COMMA;
  }

  /** A member's key, as its number in a vocabulary. */
  key(keys: Vocabulary): number {
    const key = this.piece(keys);
    if (this.token() !== COLON) throw this.error('a colon');
    this.next++;
    return key;
  }

  /** Any string or object, quotes and braces included, as its number in a vocabulary. */
  piece(vocabulary: Vocabulary): number {
    const first = this.token();
    const bytes = this.bytes;
    const length = vocabulary.predict(bytes, this.next);
    if (length > 0) {
      this.next += length;
      return vocabulary.value;
    }
    if (first !== QUOTE && first !== OPEN_OBJECT) throw this.error('a string or an object');
    const from = this.next;
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
      this.next = at + 1;
      return vocabulary.read(bytes, from, at + 1, hash);
    }
    throw this.error('an end');
  }

  /** Any value, parsed. */
  json(): unknown {
    const from = this.position();
    this.skip();
    return parseJson(this.bytes, from, this.next);
  }

  /** Any value. */
  skip(): void {
    const bytes = this.bytes;
    const token = this.token();
    if (token !== QUOTE && token !== OPEN_OBJECT && token !== OPEN_LIST) {
      this.#skipPlain();
      return;
    }
    let depth = 0;
    for (; this.next < bytes.length; this.next++) {
      const byte = bytes[this.next];
      if (byte === QUOTE) this.#skipToQuote();
      else if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth++;
      else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) depth--;
      if (depth === 0) {
        this.next++;
        return;
      }
    }
    throw this.error('an end');
  }

  error(expected: string): QueryError {
    const { length } = this.bytes;
    return new QueryError(
      'bad_data',
      `${expected} is expected at byte ${Math.min(this.next, length)} of ${length}`,
    );
  }

  #enter(open: number, close: number, name: string): boolean {
    const token = this.token();
    if (token === LETTER_N) {
      this.#skipPlain();
      return false;
    }
    if (token !== open) throw this.error(name);
    this.next++;
    if (this.token() !== close) {
      this.#closers.push(close);
      return true;
    }
    this.next++;
    return false;
  }

  /** The byte at the cursor, after white space; 0 at the end. */
  protected token(): number {
    const bytes = this.bytes;
    while ((bytes[this.next] as number) <= SPACE) this.next++;
    return bytes[this.next] ?? 0;
  }

  #skipToQuote(): void {
    const bytes = this.bytes;
    for (this.next++; bytes[this.next] !== QUOTE; this.next++) {
      if (this.next >= bytes.length) throw this.error("a string's end");
      if (bytes[this.next] === BACKSLASH) this.next++;
    }
  }

  /** A number, or true, false, null. */
  #skipPlain(): void {
    const from = this.next;
    for (let byte = this.bytes[from] ?? 0; isPlain(byte); byte = this.bytes[++this.next] ?? 0);
    if (this.next === from) throw this.error('a value');
    parseJson(this.bytes, from, this.next);
  }
}
