/** Conditions on labels within a pipeline: `status >= 500 and (app="api" or duration > 1s)`. */
import { createMatcher, type Matcher, type MatchOperator } from '../matcher.js';
import type { CompareOperator, LabelFilter } from './ast.js';
import { messageOf, parseError } from './parse-error.js';
import { parseNumber } from './parse-number.js';
import type { TokenReader } from './token-reader.js';

export const MATCH_OPERATORS = ['=', '=~', '!~', '!='] as const;
const COMPARISONS = new Set(['=', '!=', '==', '>', '>=', '<', '<=']);

const BINDING: Readonly<Record<string, number>> = { or: 1, and: 2 };

/**
 * @param binding of the operator to the left: the filter ends before one that binds no closer. A comma, or nothing
 *   between two filters, takes all that follows to its right whatever stands before it, as in the engine's grammar.
 */
export function parseLabelFilter(reader: TokenReader, binding = 0): LabelFilter {
  let left = parseOne(reader);
  for (;;) {
    const type = reader.type();
    const own = BINDING[type];
    if (own !== undefined) {
      if (own <= binding) return left;
      reader.operator();
      expectFilter(reader);
      left = { kind: type as 'and' | 'or', left, right: parseLabelFilter(reader, own) };
    } else if (type === ',' || startsFilter(type)) {
      if (type === ',') {
        reader.operator();
        expectFilter(reader);
      }
      left = { kind: 'and', left, right: reader.nested(() => parseLabelFilter(reader)) };
    } else return left;
  }
}

/** A condition as in a stream selector. @throws {QueryError} also on a regular expression that is none */
export function parseMatcher(reader: TokenReader): Matcher {
  const { text } = reader.expect('IDENTIFIER');
  const operator = reader.expect(...MATCH_OPERATORS).type as MatchOperator;
  return matcherOf(text, operator, reader.expect('STRING').text);
}

function matcherOf(label: string, operator: MatchOperator, value: string): Matcher {
  try {
    return createMatcher(label, operator, value);
  } catch (error) {
    throw parseError(messageOf(error));
  }
}

function startsFilter(type: string): boolean {
  return type === 'IDENTIFIER' || type === '(';
}

function expectFilter(reader: TokenReader): void {
  if (!startsFilter(reader.type())) reader.fail('IDENTIFIER', '(');
}

function parseOne(reader: TokenReader): LabelFilter {
  if (reader.accept('(')) {
    const filter = reader.nested(() => {
      expectFilter(reader);
      return parseLabelFilter(reader);
    });
    if (reader.type() !== ')') reader.fail();
    reader.advance();
    return filter;
  }
  const label = reader.expect('IDENTIFIER').text;
  const operator = reader.type();
  if (operator === '=~' || operator === '!~') {
    reader.advance();
    return { kind: 'string', matcher: matcherOf(label, operator, reader.expect('STRING').text) };
  }
  if (!COMPARISONS.has(operator)) reader.fail();
  reader.advance();
  return parseComparison(reader, label, operator as CompareOperator | '=');
}

function parseComparison(reader: TokenReader, label: string, operator: CompareOperator | '='): LabelFilter {
  const compare = operator === '=' ? '==' : operator;
  if (operator === '=' || operator === '!=') {
    const string = reader.accept('STRING');
    if (string) return { kind: 'string', matcher: matcherOf(label, operator, string.text) };
    if (reader.accept('ip')) {
      reader.expect('(');
      const pattern = reader.expect('STRING').text;
      reader.expect(')');
      return { kind: 'ip', label, negated: operator === '!=', pattern };
    }
  }
  const duration = reader.accept('DURATION');
  if (duration) return { kind: 'duration', label, operator: compare, value: duration.number };
  const bytes = reader.accept('BYTES');
  if (bytes) return { kind: 'bytes', label, operator: compare, value: bytes.number };
  return { kind: 'number', label, operator: compare, value: parseNumber(reader) };
}
