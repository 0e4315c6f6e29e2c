/** A cursor on JSON that knows OTLP's ids, times and enumerations. */
import { HEX, QUOTE } from './json-bytes.js';
import { JsonCursor } from './json-cursor.js';

export class OtlpCursor extends JsonCursor {
  /** Of the time that was read last. */
  seconds = 0;
  nanos = 0;
  /** Of the id that was read last, from the most significant on; shorter ids fill the last ones. */
  readonly words = new Uint32Array(4);

  /** A string of hexadecimal digits, into `words`. @returns whether it is not all zeros; an empty one is */
  id(bytes: 8 | 16): boolean {
    if (this.token() !== QUOTE) throw this.error('an id');
    this.words.fill(0);
    const from = this.next + 1;
    if (this.bytes[from] === QUOTE) {
      this.next = from + 1;
      return false;
    }
    if (this.bytes[from + bytes * 2] !== QUOTE) throw this.error(`an id of ${bytes * 2} hexadecimal digits`);
    let any = 0;
    for (let word = 0; word < bytes / 4; word++) {
      const value = this.#hexWord(from + word * 8);
      this.words[4 - bytes / 4 + word] = value;
      any |= value;
    }
    this.next = from + bytes * 2 + 1;
    return any !== 0;
  }

  /** Nanoseconds of the epoch, as a number or as a string of digits, into `seconds` and `nanos`. */
  time(): void {
    const quoted = this.token() === QUOTE;
    const from = quoted ? this.next + 1 : this.next;
    const bytes = this.bytes;
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
    this.next = quoted ? to + 1 : to;
  }

  /** A whole number, or the name of one. */
  enumeration(names: (name: string) => number | undefined): number {
    const token = this.token();
    if (token >= 0x30 && token <= 0x39) {
      let number = 0;
      for (let byte = token; byte >= 0x30 && byte <= 0x39; byte = this.bytes[++this.next] ?? 0) {
        number = number * 10 + byte - 0x30;
      }
      return number;
    }
    const value = this.json();
    const known = typeof value === 'string' ? names(value) : undefined;
    if (known === undefined) throw this.error('a known number or name');
    return known;
  }

  #hexWord(from: number): number {
    const bytes = this.bytes;
    let word = 0;
    for (let at = from; at < from + 8; at++) {
      const digit = HEX[bytes[at] as number] as number;
      if (digit > 15) throw this.error('a hexadecimal digit');
      word = (word << 4) | digit;
    }
    return word >>> 0;
  }
}
