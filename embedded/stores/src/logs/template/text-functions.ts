/** Template functions on texts. Lengths and places are bytes, as in Go, except in alignLeft and alignRight. */

import type { RE2JS } from 're2js';
import { expand, replaceAll } from '../go/expand.js';
import { compileRegex } from '../regex.js';
import { integer, ofTexts, type TemplateFunction, text } from './arguments.js';
import { TemplateError } from './values.js';

const LONGEST = 1_000_000;

export const TEXT_FUNCTIONS: readonly (readonly [string, TemplateFunction])[] = [
  ['ToLower', ofTexts(1, (value = '') => inCase(value, 'lower'))],
  ['lower', ofTexts(1, (value = '') => inCase(value, 'lower'))],
  ['ToUpper', ofTexts(1, (value = '') => inCase(value, 'upper'))],
  ['upper', ofTexts(1, (value = '') => inCase(value, 'upper'))],
  [
    'title',
    ofTexts(1, (value = '') => value.replace(/(?<![\p{L}\p{N}_'])\p{L}/gu, (letter) => letter.toUpperCase())),
  ],
  ['Trim', ofTexts(2, (value = '', cutset = '') => trimSet(value, cutset, 'both'))],
  ['trimAll', ofTexts(2, (cutset = '', value = '') => trimSet(value, cutset, 'both'))],
  ['TrimLeft', ofTexts(2, (value = '', cutset = '') => trimSet(value, cutset, 'left'))],
  ['TrimRight', ofTexts(2, (value = '', cutset = '') => trimSet(value, cutset, 'right'))],
  ['TrimPrefix', ofTexts(2, (value = '', prefix = '') => trimPrefix(value, prefix))],
  ['trimPrefix', ofTexts(2, (prefix = '', value = '') => trimPrefix(value, prefix))],
  ['TrimSuffix', ofTexts(2, (value = '', suffix = '') => trimSuffix(value, suffix))],
  ['trimSuffix', ofTexts(2, (suffix = '', value = '') => trimSuffix(value, suffix))],
  ['TrimSpace', ofTexts(1, (value = '') => value.trim())],
  ['trim', ofTexts(1, (value = '') => value.trim())],
  ['contains', ofTexts(2, (part = '', value = '') => value.includes(part))],
  ['hasPrefix', ofTexts(2, (prefix = '', value = '') => value.startsWith(prefix))],
  ['hasSuffix', ofTexts(2, (suffix = '', value = '') => value.endsWith(suffix))],
  ['replace', ofTexts(3, (from = '', to = '', value = '') => value.replaceAll(from, () => to))],
  ['regexReplaceAll', ofTexts(3, (pattern = '', value = '', to = '') => replaceWith(pattern, value, to))],
  [
    'regexReplaceAllLiteral',
    ofTexts(3, (pattern = '', value = '', to = '') => replaceLiteral(pattern, value, to)),
  ],
  ['count', ofTexts(2, (pattern = '', value = '') => countMatches(regex(pattern), value))],
  [
    'Replace',
    {
      arguments: [4],
      call: ([value, from, to, count]) => replaceSome(text(value), [text(from), text(to)], integer(count)),
    },
  ],
  ['trunc', { arguments: [2], call: ([count, value]) => truncate(integer(count), text(value)) }],
  [
    'substr',
    { arguments: [3], call: ([start, end, value]) => substring(integer(start), integer(end), text(value)) },
  ],
  ['repeat', { arguments: [2], call: ([count, value]) => repeat(text(value), integer(count)) }],
  ['indent', { arguments: [2], call: ([count, value]) => indent(integer(count), text(value)) }],
  ['nindent', { arguments: [2], call: ([count, value]) => `\n${indent(integer(count), text(value))}` }],
  ['alignLeft', { arguments: [2], call: ([count, value]) => align(integer(count), text(value), 'left') }],
  ['alignRight', { arguments: [2], call: ([count, value]) => align(integer(count), text(value), 'right') }],
];

/** Letter by letter, as in Go: one that would become several stays as it is. */
function inCase(value: string, letterCase: 'upper' | 'lower'): string {
  const change = (letter: string) => (letterCase === 'upper' ? letter.toUpperCase() : letter.toLowerCase());
  return value.replace(/\P{ASCII}|[a-zA-Z]+/gu, (part) => {
    const changed = change(part);
    return changed.length === part.length ? changed : part;
  });
}

function trimSet(value: string, cutset: string, side: 'left' | 'right' | 'both'): string {
  const characters = [...value];
  const isCut = (character: string | undefined) => character !== undefined && cutset.includes(character);
  if (side !== 'right') while (isCut(characters[0])) characters.shift();
  if (side !== 'left') while (isCut(characters.at(-1))) characters.pop();
  return characters.join('');
}

function trimPrefix(value: string, prefix: string): string {
  return value.startsWith(prefix) ? value.slice(prefix.length) : value;
}

function trimSuffix(value: string, suffix: string): string {
  return suffix !== '' && value.endsWith(suffix) ? value.slice(0, -suffix.length) : value;
}

function replaceSome(value: string, [from, to]: readonly [string, string], count: number): string {
  let left = count < 0 ? Number.POSITIVE_INFINITY : count;
  return value.replaceAll(from, (found) => (left-- > 0 ? to : found));
}

const compiled = new Map<string, RE2JS>();
const COMPILED_MAX = 200;

/** @throws {TemplateError} on an expression that is none */
function regex(pattern: string): RE2JS {
  const known = compiled.get(pattern);
  if (known) return known;
  try {
    const made = compileRegex(pattern);
    if (compiled.size >= COMPILED_MAX) compiled.clear();
    compiled.set(pattern, made);
    return made;
  } catch (error) {
    throw new TemplateError(`error calling regexReplaceAll: ${(error as Error).message}`);
  }
}

function replaceWith(pattern: string, value: string, replacement: string): string {
  return replaceAll(regex(pattern), value, (matcher, groups) => expand(replacement, matcher, groups));
}

function replaceLiteral(pattern: string, value: string, replacement: string): string {
  return replaceAll(regex(pattern), value, () => replacement);
}

function countMatches(expression: RE2JS, value: string): number {
  const matcher = expression.matcher(value);
  let count = 0;
  while (matcher.find()) count++;
  return count;
}

function byteSlice(value: string, start: number, end?: number): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: of ASCII, which is what most texts are.
  if (/^[\x00-\x7f]*$/.test(value)) return value.slice(start, end);
  return Buffer.from(value).subarray(start, end).toString();
}

function truncate(count: number, value: string): string {
  const length = Buffer.byteLength(value);
  if (count < 0) return length + count > 0 ? byteSlice(value, length + count) : value;
  return length > count ? byteSlice(value, 0, count) : value;
}

function substring(start: number, end: number, value: string): string {
  const length = Buffer.byteLength(value);
  const isOpen = start >= 0 && (end < 0 || end > length);
  const [from, to] = [Math.max(start, 0), isOpen ? length : end];
  if (from > to || to > length) throw new TemplateError('error calling substr: slice bounds out of range');
  return byteSlice(value, from, to);
}

function repeat(value: string, count: number): string {
  if (count < 0 || count * value.length > LONGEST)
    throw new TemplateError('error calling repeat: count out of range');
  return value.repeat(count);
}

function indent(count: number, value: string): string {
  const pad = repeat(' ', count);
  return pad + value.replaceAll('\n', `\n${pad}`);
}

function align(count: number, value: string, side: 'left' | 'right'): string {
  const characters = [...value];
  const { length } = characters;
  if (count < 0 || count === length) return value;
  if (count > length) {
    const pad = repeat(' ', count - length);
    return side === 'left' ? value + pad : pad + value;
  }
  return (side === 'left' ? characters.slice(0, count) : characters.slice(length - count)).join('');
}
