/** JSON as Go writes it: characters that HTML knows are escaped. */
import type { ApiAnswer } from '../../http/api.js';

const ESCAPED: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

export function goJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (char) => ESCAPED[char] as string);
}

export function goAnswer(value: unknown): ApiAnswer {
  return { status: 200, body: goJson(value) };
}

/** What is false, 0, empty or missing is not written at all. */
export function withoutDefaults<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(value).filter(([, one]) => one && !(Array.isArray(one) && one.length === 0)),
  ) as Partial<T>;
}
