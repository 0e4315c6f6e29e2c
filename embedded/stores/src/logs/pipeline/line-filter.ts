/** `|= "text"`, `|~ "expression"`, `|> "pattern"` and their opposites. */
import type { LineFilter } from '../logql/ast.js';
import { containsRegex } from '../regex.js';
import { createIpTest } from './ip.js';
import { createPatternTest } from './pattern.js';

export type LineTest = (line: string) => boolean;

/** @throws {Error} in the engine's words, on an expression, pattern or address that is none */
export function createLineTest({ operator, match, ip, or }: LineFilter): LineTest {
  const kind = operator[1] as '=' | '~' | '>';
  if (ip && or.length === 0) {
    if (kind !== '=') throw new Error('ip: invalid operation');
    return negated(operator, createIpTest(match));
  }
  // Among alternatives the engine takes an address for a text.
  const tests = [match, ...or.map((each) => each.match)].map((text) => createTest(kind, text));
  const [only] = tests;
  const test = tests.length === 1 ? (only as LineTest) : (line: string) => tests.some((each) => each(line));
  return negated(operator, test);
}

function createTest(kind: '=' | '~' | '>', text: string): LineTest {
  if (kind === '=') return text === '' ? () => true : (line) => line.includes(text);
  return kind === '~' ? containsRegex(text) : createPatternTest(text);
}

function negated(operator: string, test: LineTest): LineTest {
  return operator.startsWith('!') ? (line) => !test(line) : test;
}
