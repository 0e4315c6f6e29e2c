/** Bytes of JSON. */
import { QueryError } from '../../query/query-error.js';

export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_LIST = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_LIST = 0x5d;
export const LETTER_N = 0x6e;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;
export const SPACE = 0x20;
const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT = 0x2e;

/** The value of a hexadecimal digit; 255 for anything else. */
export const HEX = new Uint8Array(256).fill(255);
for (let digit = 0; digit < 16; digit++) {
  const text = digit.toString(16);
  HEX[text.charCodeAt(0)] = digit;
  HEX[text.toUpperCase().charCodeAt(0)] = digit;
}

/** Whether the byte can be part of a number, or of true, false and null. */
export function isPlain(byte: number): boolean {
  const letter = byte | 0x20;
  if ((byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x7a)) return true;
  return byte === MINUS || byte === PLUS || byte === POINT;
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
