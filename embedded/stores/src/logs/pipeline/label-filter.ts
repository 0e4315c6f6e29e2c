/** Conditions on labels. One that can't be compared is an error of the line, and does not drop it. */
import { parseBytes } from '../go/bytes.js';
import { parseGoDuration } from '../go/durations.js';
import { parseFloat64 } from '../go/numbers.js';
import { holds } from '../logql/arithmetic.js';
import type { LabelComparison, LabelFilter } from '../logql/ast.js';
import { type Matcher, remembered } from '../matcher.js';
import { compileRegex, containsRegex, isWords } from '../regex.js';
import { createIpTest } from './ip.js';
import { PIPELINE_ERROR, type StageFunction } from './stage.js';

/** @throws {Error} on an address that is none */
export function createLabelFilter(filter: LabelFilter): StageFunction {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const [left, right] = [createLabelFilter(filter.left), createLabelFilter(filter.right)];
      // As in the engine, the right side of an "and" is looked at even so: it may set an error.
      if (filter.kind === 'or') return (state) => left(state) || right(state);
      return (state) => {
        const passes = left(state);
        return right(state) && passes;
      };
    }
    case 'string': {
      const { name } = filter.matcher;
      const matches = createTextTest(filter.matcher);
      if (name === '__error__') return (state) => matches(state.error);
      return (state) => matches(state.get(name) ?? '');
    }
    case 'ip':
      return createIpFilter(filter);
    default:
      return createComparison(filter);
  }
}

/** A filter on texts alone, of labels wherever they come from. */
export function createLabelTest(filter: LabelFilter): (read: (name: string) => string) => boolean {
  if ('left' in filter) {
    const [left, right] = [createLabelTest(filter.left), createLabelTest(filter.right)];
    return filter.kind === 'and' ? (read) => left(read) && right(read) : (read) => left(read) || right(read);
  }
  if (filter.kind !== 'string') return () => true;
  const { name } = filter.matcher;
  const matches = createTextTest(filter.matcher);
  return (read) => matches(read(name));
}

/**
 * Unlike in a stream selector, `.` is no newline, and in the engine a text beside `.*` may be anywhere in the value:
 * `a.*` lets "ba" pass.
 */
function createTextTest({ operator, value, matches }: Matcher): (text: string) => boolean {
  if (operator === '=' || operator === '!=') return matches;
  const test = remembered(createRegexTest(value));
  return operator === '=~' ? test : (text) => !test(text);
}

function createRegexTest(pattern: string): (text: string) => boolean {
  if (pattern === '.*' || pattern === '') return () => true;
  if (pattern === '.+') return (text) => text !== '';
  const [, flags = '', before, word = '', behind] = /^(\(\?i\))?(\.\*)?(.*?)(\.\*)?$/s.exec(pattern) ?? [];
  const isBesideAnything = before !== undefined || behind !== undefined;
  if (isBesideAnything && word !== '' && !word.includes('|') && isWords(word))
    return containsRegex(flags + word);
  const regex = compileRegex(pattern);
  return (text) => regex.testExact(text);
}

/** Names of labels in a filter. */
export function namesIn(filter: LabelFilter): readonly string[] {
  if ('left' in filter) return [...namesIn(filter.left), ...namesIn(filter.right)];
  return filter.kind === 'string' ? [filter.matcher.name] : [filter.label];
}

function createIpFilter({
  label,
  negated,
  pattern,
}: Extract<LabelFilter, { readonly kind: 'ip' }>): StageFunction {
  const test = createIpTest(pattern);
  return (state) => {
    if (state.error !== '') return true;
    const value = state.get(label);
    return value !== undefined && test(value) !== negated;
  };
}

type Read = { readonly value: number } | { readonly problem: string };

const REMEMBERED = 10_000;

function createComparison({ kind, label, operator, value: limit }: LabelComparison): StageFunction {
  const known = new Map<string, Read>();
  return (state) => {
    const text = state.get(label);
    if (text === undefined) return false;
    let read = known.get(text);
    if (!read) {
      read = READERS[kind](text);
      if (known.size < REMEMBERED) known.set(text, read);
    }
    if ('value' in read) return holds(operator, read.value, limit);
    // One that is there already tells more.
    if (state.error === '') state.setError(PIPELINE_ERROR.labelFilter, read.problem);
    return true;
  };
}

const READERS: Readonly<Record<LabelComparison['kind'], (text: string) => Read>> = {
  number: (text) => {
    const parsed = parseFloat64(text);
    return parsed.kind === 'error' ? { problem: parsed.message } : { value: parsed.value };
  },
  duration: (text) => {
    const parsed = parseGoDuration(text);
    return parsed.kind === 'error' ? { problem: parsed.message } : { value: parsed.ns };
  },
  bytes: (text) => {
    const parsed = parseBytes(text);
    return parsed.kind === 'error' ? { problem: parsed.message } : { value: parsed.bytes };
  },
};
