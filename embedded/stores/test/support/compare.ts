/** Whether two answers are the same, and where they are not. */
import type { Answer, Json } from './normalise.js';

/** Relative: engines add up in different orders. */
const TOLERANCE = 1e-9;
const NUMERAL = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/;

export interface Difference {
  /** Such as `$.data.result[3].values[0][1]`. */
  readonly place: string;
  readonly expected: Json | undefined;
  readonly found: Json | undefined;
}

/** The first difference, or undefined. */
export function firstDifference(expected: Answer, found: Answer): Difference | undefined {
  if (expected.status !== found.status) {
    return { place: 'status', expected: expected.status, found: found.status };
  }
  return differ(expected.content, found.content, '$');
}

function differ(expected: Json | undefined, found: Json | undefined, place: string): Difference | undefined {
  if (Array.isArray(expected) && Array.isArray(found)) {
    for (let i = 0; i < Math.max(expected.length, found.length); i++) {
      const difference = differ(expected[i], found[i], `${place}[${i}]`);
      if (difference) return difference;
    }
    return undefined;
  }
  if (isObject(expected) && isObject(found)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(found)]);
    for (const name of [...names].sort()) {
      const difference = differ(expected[name], found[name], `${place}.${name}`);
      if (difference) return difference;
    }
    return undefined;
  }
  return isSame(expected, found) ? undefined : { place, expected, found };
}

function isObject(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Numbers may be written as text; where they are equal, they have to be written alike. */
function isSame(expected: Json | undefined, found: Json | undefined): boolean {
  if (expected === found) return true;
  if (typeof expected !== typeof found) return false;
  if (typeof expected === 'number' && typeof found === 'number') return isClose(expected, found);
  if (typeof expected !== 'string' || typeof found !== 'string') return false;
  if (!NUMERAL.test(expected) || !NUMERAL.test(found)) return false;
  // Whole numbers may be ids or times, of which all digits count.
  if (!expected.includes('.') && !found.includes('.')) return false;
  const [a, b] = [Number(expected), Number(found)];
  return a !== b && isClose(a, b);
}

function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}

export function describe({ place, expected, found }: Difference): string {
  return `at ${place}\n      expected ${short(expected)}\n      found    ${short(found)}`;
}

const SHOWN = 300;

function short(value: Json | undefined): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
