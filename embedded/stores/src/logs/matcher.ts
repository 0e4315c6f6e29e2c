/** Conditions on the value of one label, in a selector or a filter. */
import { quote } from './go/strings.js';
import { compileRegex } from './regex.js';

export type MatchOperator = '=' | '!=' | '=~' | '!~';

export interface Matcher {
  readonly name: string;
  readonly operator: MatchOperator;
  readonly value: string;
  /** @param value empty for a label that is not there */
  readonly matches: (value: string) => boolean;
}

/** Values repeat: most labels have few. */
const REMEMBERED = 10_000;

/**
 * Regular expressions have to match the whole value.
 * @throws {Error} on a regular expression that is none, in Go's words
 */
export function createMatcher(name: string, operator: MatchOperator, value: string): Matcher {
  return { name, operator, value, matches: condition(operator, value) };
}

function condition(operator: MatchOperator, value: string): (value: string) => boolean {
  if (operator === '=') return (other) => other === value;
  if (operator === '!=') return (other) => other !== value;
  // Alone first: the error is to show what was written.
  compileRegex(value);
  const regex = compileRegex(value, { dotAll: true });
  const matches = remembered((other) => regex.testExact(other));
  return operator === '=~' ? matches : (other) => !matches(other);
}

/** Answers for values that were asked for before, up to a number of them. */
export function remembered(matches: (value: string) => boolean): (value: string) => boolean {
  const known = new Map<string, boolean>();
  return (value) => {
    const found = known.get(value);
    if (found !== undefined) return found;
    const answer = matches(value);
    if (known.size < REMEMBERED) known.set(value, answer);
    return answer;
  };
}

export function formatMatcher({ name, operator, value }: Matcher): string {
  return `${name}${operator}${quote(value)}`;
}
