/** What a selector asks of one label. */
import { RE2JS } from 're2js';
import { QueryError } from '../query/query-error.js';

export type MatchOperator = '=' | '!=' | '=~' | '!~';

export interface Matcher {
  readonly name: string;
  readonly operator: MatchOperator;
  readonly value: string;
  /** Whether a label of this value is meant; empty stands for no label. */
  readonly matches: (value: string) => boolean;
}

/** @throws {QueryError} when the regular expression is none */
export function matcher(name: string, operator: MatchOperator, value: string): Matcher {
  return { name, operator, value, matches: predicate(operator, value) };
}

function predicate(operator: MatchOperator, value: string): (text: string) => boolean {
  switch (operator) {
    case '=':
      return (text) => text === value;
    case '!=':
      return (text) => text !== value;
    case '=~':
      return anchored(value);
    case '!~': {
      const matches = anchored(value);
      return (text) => !matches(text);
    }
  }
}

/** Anchored at both ends, and the dot matches a line break too, as in Prometheus 3. */
function anchored(pattern: string): (text: string) => boolean {
  if (pattern === '.*') return () => true;
  if (pattern === '.+') return (text) => text !== '';
  const regex = compileRegex(pattern);
  return (text) => regex.testExact(text);
}

/** @throws {QueryError} in the words of Go's package regexp */
export function compileRegex(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern, RE2JS.DOTALL);
  } catch {
    throw new QueryError('bad_data', regexMessage(pattern));
  }
}

/** The engine compiles the pattern with anchors around it, and its message shows them. */
function regexMessage(pattern: string): string {
  try {
    RE2JS.compile(`^(?s:${pattern})$`);
    return `error parsing regexp: ${pattern}`;
  } catch (error) {
    return (error as Error).message;
  }
}
