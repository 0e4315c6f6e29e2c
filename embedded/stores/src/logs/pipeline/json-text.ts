/** Texts of JSON strings. */
import type { JsonValue } from './json-scan.js';

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** @returns undefined when an escape is none */
export function unescapeJson(text: string): string | undefined {
  let isValid = true;
  const result = text.replace(/\\(?:u([0-9a-fA-F]{4})|(.?))/gs, (_, unicode?: string, simple = '') => {
    if (unicode !== undefined) return String.fromCharCode(Number.parseInt(unicode, 16));
    if (simple === '' || !'"\\/bfnrt'.includes(simple)) isValid = false;
    return ESCAPES[simple] ?? simple;
  });
  return isValid ? result : undefined;
}

/** A string's text as a label's value. */
export function textOf(text: string, { start, end, escaped }: JsonValue): string {
  const raw = text.slice(start, end);
  const value = escaped ? (unescapeJson(raw) ?? '').replace(/\p{Surrogate}/gu, ' ') : raw;
  // The replacement character is no valid part of a label.
  return value.includes('\ufffd') ? value.replaceAll('\ufffd', ' ') : value;
}
