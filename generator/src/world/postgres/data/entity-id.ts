/**
 * Ids of the rows that were there before the simulation began. They look like any UUID (version 4), but the number of
 * the row can be read back from one, so that a table of any size needs no memory.
 */
const ODD = 0x9e3779b1;
const ODD_INVERSE = inverse(ODD);
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** The four hexadecimal digits of every 16-bit word, as characters. */
const DIGITS = Buffer.from(
  Array.from({ length: 65_536 }, (_, word) => word.toString(16).padStart(4, '0')).join(''),
);
/** Ids are written here: one string from bytes costs less than joining nine. */
const written = Buffer.from('00000000-0000-0000-0000-000000000000');

const tags = new Map<string, number>();
let lastTable = '';
let lastTag = 0;

/** The id of row `n` (0 to 2^32 - 1) of a table. */
export function entityId(table: string, n: number): string {
  const tag = tagOf(table);
  const scrambled = Math.imul(n ^ tag, ODD);
  const first = (scrambled ^ (scrambled >>> 16)) >>> 0;
  const second = mix(first ^ tag);
  const third = mix(second + 0x7f4a7c15);
  const fourth = mix(third + 0x7f4a7c15);
  write(0, first >>> 16);
  write(4, first);
  write(9, second >>> 16);
  write(14, 0x4000 | (second & 0xfff)); // version
  write(19, 0x8000 | (third & 0x3fff)); // variant
  write(24, third >>> 16);
  write(28, fourth >>> 16);
  write(32, fourth);
  return written.toString('latin1');
}

function write(at: number, word: number): void {
  const from = (word & 0xffff) << 2;
  written[at] = DIGITS[from] as number;
  written[at + 1] = DIGITS[from + 1] as number;
  written[at + 2] = DIGITS[from + 2] as number;
  written[at + 3] = DIGITS[from + 3] as number;
}

/** The number of the row that has this id by `entityId`; undefined for an id of another table or origin. */
export function entityNumber(table: string, id: string): number | undefined {
  const tag = tagOf(table);
  const first = Number.parseInt(id.slice(0, 8), 16);
  if (Number.parseInt(id.slice(9, 13), 16) !== mix(first ^ tag) >>> 16) return undefined;
  const n = (Math.imul(first ^ (first >>> 16), ODD_INVERSE) ^ tag) >>> 0;
  return entityId(table, n) === id ? n : undefined;
}

/** Whether a text is a UUID as PostgreSQL prints it: in lower case. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** Spreads 32 bits over 32 bits; the same on every machine. */
export function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mix(hash);
}

function tagOf(table: string): number {
  if (table === lastTable) return lastTag;
  lastTag = tags.get(table) ?? hashText(table);
  lastTable = table;
  tags.set(table, lastTag);
  return lastTag;
}

/** The number that multiplies with an odd one to 1, modulo 2^32. */
function inverse(odd: number): number {
  let result = odd;
  for (let i = 0; i < 4; i++) result = Math.imul(result, 2 - Math.imul(odd, result));
  return result;
}
