/** Regular expressions: Go's syntax in linear time, and plain searches where a pattern is only words. */
import { RE2JS } from 're2js';

/** @throws {Error} in Go's words: "error parsing regexp: missing closing ): `(`" */
export function compileRegex(pattern: string, { dotAll = false } = {}): RE2JS {
  return RE2JS.compile(pattern, dotAll ? RE2JS.DOTALL : 0);
}

/** Words between bars, perhaps after `(?i)`: no other character has a meaning. */
const WORDS = /^(\(\?i\))?((?:[^\\^$.*+?()[\]{}]|\\[\\^$.*+?()[\]{}|/-])*)$/;

/** Whether an expression is only words between bars. */
export function isWords(pattern: string): boolean {
  return WORDS.test(pattern);
}

/**
 * Whether a text contains a match. A pattern that is only words needs no machine for it: JavaScript's own search is
 * linear for them, and many times as fast.
 * @throws {Error} in Go's words
 */
export function containsRegex(pattern: string): (text: string) => boolean {
  const regex = compileRegex(pattern);
  const [, insensitive, body] = WORDS.exec(pattern) ?? [];
  if (body === undefined) return (text) => regex.test(text);
  const words = body.split(/(?<!\\)\|/).map((word) => word.replace(/\\(.)/g, '$1'));
  if (words.includes('')) return () => true;
  if (!insensitive) return words.length === 1 ? (text) => text.includes(words[0] as string) : anyOf(words);
  const escaped = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  const folded = new RegExp(escaped.join('|'), 'iu');
  return (text) => folded.test(text);
}

function anyOf(words: readonly string[]): (text: string) => boolean {
  return (text) => words.some((word) => text.includes(word));
}
