/**
 * Reads JSON in which most is of no interest, in place: what nobody asks for is skipped instead of being made an
 * object. For the spans of a run that is twice as fast as `JSON.parse`, with a tenth of its garbage.
 */

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const SPACE = 0x20;
const MOST_NAMES = 100_000;

/**
 * Strings that come again and again, as numbers: equal strings have equal numbers, found without making a string.
 * Tables are shared by all scanners of one kind of file.
 */
export class NameTable {
  readonly #mask = 0xfff;
  readonly #heads = new Int32Array(this.#mask + 1).fill(-1);
  readonly #next: number[] = [];
  readonly #hashes: number[] = [];
  readonly #bytes: Uint8Array[] = [];
  readonly #texts: string[] = [];

  /** The number of a string given as text, for comparisons. */
  of(text: string): number {
    const bytes = Buffer.from(JSON.stringify(text)).subarray(1, -1);
    let hash = 0;
    for (const byte of bytes) hash = (Math.imul(hash, 31) + byte) | 0;
    return this.find(bytes, 0, bytes.length, hash);
  }

  /** In bytes, as it is written. */
  length(name: number): number {
    return (this.#bytes[name] as Uint8Array).length;
  }

  text(name: number): string {
    return this.#texts[name] as string;
  }

  /** Whether a string of this name stands here, quotes excluded. */
  standsAt(name: number, bytes: Uint8Array, from: number): boolean {
    const expected = this.#bytes[name] as Uint8Array;
    for (let i = 0; i < expected.length; i++) if (expected[i] !== bytes[from + i]) return false;
    return bytes[from + expected.length] === QUOTE;
  }

  /** @throws {Error} when there are so many different strings that these are no names */
  find(bytes: Uint8Array, from: number, to: number, hash: number): number {
    for (let name = this.#heads[hash & this.#mask] as number; name >= 0; name = this.#next[name] as number) {
      if (this.#hashes[name] === hash && isEqual(this.#bytes[name] as Uint8Array, bytes, from, to))
        return name;
    }
    const name = this.#texts.length;
    if (name === MOST_NAMES) throw new Error(`more than ${MOST_NAMES} different names in one file`);
    this.#texts.push(decode(bytes, from, to));
    this.#bytes.push(Uint8Array.prototype.slice.call(bytes, from, to));
    this.#hashes.push(hash);
    this.#next.push(this.#heads[hash & this.#mask] as number);
    this.#heads[hash & this.#mask] = name;
    return name;
  }
}

function isEqual(name: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (name.length !== to - from) return false;
  for (let i = 0; i < name.length; i++) if (name[i] !== bytes[from + i]) return false;
  return true;
}

function decode(bytes: Uint8Array, from: number, to: number): string {
  return JSON.parse(`"${Buffer.from(bytes.subarray(from, to)).toString('utf8')}"`) as string;
}

/**
 * A cursor on a JSON text. Whoever holds it walks: `enter` an object or list, for each member take its `key` and then
 * exactly one value, ask `more`. Values that are skipped are not validated beyond their ends.
 */
export class JsonScanner {
  readonly #bytes: Buffer;
  readonly #names: NameTable;
  #at = 0;
  /** Where the last string begins and ends, quotes excluded. */
  #from = 0;
  #to = 0;

  constructor(bytes: Buffer, names: NameTable) {
    this.#bytes = bytes;
    this.#names = names;
  }

  /** Goes into the object or list at the cursor. @returns whether anything is in it; if not, it is left already */
  enter(): boolean {
    const open = this.#token();
    if (open !== OPEN_OBJECT && open !== OPEN_LIST) throw this.#error('an object or a list');
    this.#at++;
    const first = this.#token();
    if (first !== CLOSE_OBJECT && first !== CLOSE_LIST) return true;
    this.#at++;
    return false;
  }

  /** Whether another member follows the value just taken; if not, the object or list is left. */
  more(): boolean {
    const token = this.#token();
    if (token !== COMMA && token !== CLOSE_OBJECT && token !== CLOSE_LIST)
      throw this.#error('a comma or an end');
    this.#at++;
    return token === COMMA;
  }

  /** Leaves the object or list that the cursor is in, skipping what is left of it. */
  leave(): void {
    this.#skipUntilClosed(1);
  }

  /** Walks an object: the members of this key by `take`, which takes their values, all others skipped. */
  eachMember(key: number, take: () => void): void {
    if (!this.enter()) return;
    do {
      if (this.key(key) === key) take();
      else this.skip();
    } while (this.more());
  }

  /** Walks a list: each value by `take`. */
  eachItem(take: () => void): void {
    if (!this.enter()) return;
    do take();
    while (this.more());
  }

  /** A member's key, as its number in the name table. @param likely the one that is tried first, which is faster */
  key(likely: number): number {
    let name = likely;
    if (this.#token() === QUOTE && this.#names.standsAt(likely, this.#bytes, this.#at + 1)) {
      this.#at += this.#names.length(likely) + 2;
    } else {
      name = this.name();
    }
    if (this.#token() !== COLON) throw this.#error('a colon');
    this.#at++;
    return name;
  }

  /** A string of few different values, as its number in the name table. */
  name(): number {
    if (this.#token() !== QUOTE) throw this.#error('a string');
    const bytes = this.#bytes;
    const end = bytes.length;
    const from = this.#at + 1;
    let hash = 0;
    let at = from;
    for (; at < end; at++) {
      const byte = bytes[at] as number;
      if (byte === QUOTE) break;
      hash = (Math.imul(hash, 31) + byte) | 0;
      if (byte === BACKSLASH) hash = (Math.imul(hash, 31) + (bytes[++at] as number)) | 0;
    }
    if (at >= end) throw this.#error("a string's end");
    this.#at = at + 1;
    return this.#names.find(bytes, from, at, hash);
  }

  /** A string of many different values, which has to be plain ASCII without escapes: an id. */
  id(): string {
    this.#skipString();
    return this.#bytes.toString('latin1', this.#from, this.#to);
  }

  /** A string of decimal digits as a number, without its last `dropped` digits. */
  digits(dropped: number): number {
    this.#skipString();
    let number = 0;
    for (let at = this.#from; at < this.#to - dropped; at++) number = number * 10 + this.#digit(at);
    return number;
  }

  /** A whole number from 0 on. */
  number(): number {
    this.#token();
    let number = this.#digit(this.#at++);
    for (let byte = this.#bytes[this.#at]; byte !== undefined && byte >= 0x30 && byte <= 0x39; ) {
      number = number * 10 + byte - 0x30;
      byte = this.#bytes[++this.#at];
    }
    return number;
  }

  /** Any scalar as text: strings as their number in the name table, others as they are written. */
  scalar(): string {
    if (this.#token() === QUOTE) return this.#names.text(this.name());
    const from = this.#at;
    this.skip();
    return this.#bytes.toString('latin1', from, this.#at);
  }

  /** Any value. */
  skip(): void {
    const token = this.#token();
    if (token === QUOTE) this.#skipString();
    else if (token === OPEN_OBJECT || token === OPEN_LIST) this.#skipUntilClosed(0);
    else this.#skipPlain();
  }

  /** The byte at the cursor, after white space. */
  #token(): number {
    while ((this.#bytes[this.#at] as number) <= SPACE) this.#at++;
    return this.#bytes[this.#at] as number;
  }

  #skipString(): void {
    if (this.#token() !== QUOTE) throw this.#error('a string');
    this.#from = this.#at + 1;
    this.#to = this.#endOfString(this.#from);
    this.#at = this.#to + 1;
  }

  #endOfString(from: number): number {
    const bytes = this.#bytes;
    const end = bytes.length;
    for (let at = from; at < end; at++) {
      const byte = bytes[at];
      if (byte === QUOTE) return at;
      if (byte === BACKSLASH) at++;
    }
    throw this.#error("a string's end");
  }

  /** @param from how deep the cursor is in what is to be closed */
  #skipUntilClosed(from: number): void {
    const bytes = this.#bytes;
    const end = bytes.length;
    let depth = from;
    for (let at = this.#at; at < end; at++) {
      const byte = bytes[at];
      if (byte === QUOTE) at = this.#endOfString(at + 1);
      else if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth++;
      else if ((byte === CLOSE_OBJECT || byte === CLOSE_LIST) && --depth === 0) {
        this.#at = at + 1;
        return;
      }
    }
    throw this.#error('an end');
  }

  /** A number, or true, false, null. */
  #skipPlain(): void {
    const from = this.#at;
    for (let byte = this.#bytes[from]; byte !== undefined && byte > SPACE; byte = this.#bytes[++this.#at]) {
      if (byte === COMMA || byte === CLOSE_OBJECT || byte === CLOSE_LIST) break;
    }
    if (this.#at === from) throw this.#error('a value');
  }

  #digit(at: number): number {
    const digit = (this.#bytes[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) throw this.#error('a digit');
    return digit;
  }

  #error(expected: string): SyntaxError {
    return new SyntaxError(`${expected} is expected at byte ${this.#at}`);
  }
}
