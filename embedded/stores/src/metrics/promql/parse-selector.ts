/** Names and braces of a selector, and what may follow one: `[…]`, `offset`, `@`. */
import { METRIC_NAME } from '../labels.js';
import { type Matcher, type MatchOperator, matcher } from '../matcher.js';
import type { At, Expr, MatrixSelector, Subquery, VectorSelector } from './ast.js';
import { parseError, quote } from './parse-error.js';
import { takeDuration, takeNumber, takeString } from './parse-literals.js';
import { TokenStream } from './token-stream.js';

const OPERATORS: ReadonlySet<string> = new Set(['=', '!=', '=~', '!~']);

/**
 * A selector and nothing else, as parameters `match[]` have it.
 * @throws {QueryError} `bad_data`
 */
export function parseSelectorText(text: string): readonly Matcher[] {
  const tokens = new TokenStream(text);
  if (tokens.next.kind !== 'word' && !tokens.isSymbol('{')) throw tokens.unexpected();
  const { matchers } = parseSelector(tokens);
  if (!tokens.atEnd) throw tokens.unexpected();
  return matchers;
}

/** The next token is a name or the left brace. */
export function parseSelector(tokens: TokenStream): VectorSelector {
  const { from } = tokens.next;
  const name = tokens.next.kind === 'word' ? tokens.take().text : '';
  const matchers = tokens.isSymbol('{') ? parseBraces(tokens) : [];
  if (name !== '') {
    const twice = matchers.find((one) => one.name === METRIC_NAME);
    if (twice) {
      const message = `metric name must not be set twice: ${quote(name)} or ${quote(twice.value)}`;
      throw parseError(tokens.text, from, message);
    }
    matchers.push(matcher(METRIC_NAME, '=', name));
  } else {
    refuseTwoNames(tokens.text, from, matchers);
    if (!matchers.some(({ matches }) => !matches(''))) {
      throw parseError(tokens.text, from, 'vector selector must contain at least one non-empty matcher');
    }
  }
  return { kind: 'selector', name, matchers, offset_ms: 0, span: { from, to: tokens.previous.to } };
}

/** A name in the braces, as in `{"http.requests"}`, is a matcher among the others. */
function refuseTwoNames(text: string, at: number, matchers: readonly Matcher[]): void {
  const [first, second] = matchers.filter((one) => one.name === METRIC_NAME && one.operator === '=');
  if (!first || !second || first.value === second.value) return;
  const message = `metric name must not be set twice: ${quote(first.value)} or ${quote(second.value)}`;
  throw parseError(text, at, message);
}

function parseBraces(tokens: TokenStream): Matcher[] {
  const matchers: Matcher[] = [];
  tokens.take();
  while (!tokens.takeSymbol('}')) {
    matchers.push(parseMatcher(tokens));
    if (tokens.isSymbol('}')) continue;
    if (!tokens.takeSymbol(',')) throw tokens.unexpected('label matching', '"," or "}"');
  }
  return matchers;
}

function parseMatcher(tokens: TokenStream): Matcher {
  const token = tokens.next;
  if (token.kind !== 'word' && token.kind !== 'string') {
    throw tokens.unexpected('label matching', 'identifier or "}"');
  }
  const name = token.kind === 'string' ? takeString(tokens).value : tokens.take().text;
  if (token.kind === 'string' && (tokens.isSymbol(',') || tokens.isSymbol('}'))) {
    return matcher(METRIC_NAME, '=', name);
  }
  if (token.kind === 'word' && name.includes(':')) {
    const at = token.from + name.indexOf(':');
    throw parseError(tokens.text, at, "unexpected character inside braces: ':'");
  }
  const operator = tokens.next;
  if (operator.text === '==' && operator.kind === 'symbol') {
    const message = 'unexpected "=" in label matching, expected string';
    throw parseError(tokens.text, operator.from + 1, message);
  }
  if (operator.kind !== 'symbol' || !OPERATORS.has(operator.text)) {
    throw tokens.unexpected('label matching', 'label matching operator');
  }
  tokens.take();
  if (tokens.next.kind !== 'string') throw tokens.unexpected('label matching', 'string');
  const value = takeString(tokens);
  try {
    return matcher(name, operator.text as MatchOperator, value.value);
  } catch (error) {
    throw parseError(tokens.text, token.from, (error as Error).message);
  }
}

/** The next token is the left bracket. */
export function parseRange(tokens: TokenStream, expr: Expr): MatrixSelector | Subquery {
  const bracket = tokens.take();
  const range_ms = takeDuration(tokens, 'subquery or range selector', 'number, duration, step(), or range()');
  if (range_ms <= 0) throw parseError(tokens.text, bracket.to, 'duration must be greater than 0');
  if (tokens.takeSymbol(':')) {
    const step_ms = tokens.isSymbol(']')
      ? undefined
      : takeDuration(tokens, 'subquery selector', 'number, duration, step(), range(), or "]"');
    if (step_ms !== undefined && step_ms <= 0) {
      throw parseError(tokens.text, tokens.previous.from, 'duration must be greater than 0');
    }
    const { to } = tokens.expectSymbol(']', 'subquery selector', '"]"');
    return { kind: 'subquery', expr, range_ms, step_ms, offset_ms: 0, span: { from: expr.span.from, to } };
  }
  const { to } = tokens.expectSymbol(']', 'subquery or range', '":" or "]"');
  const span = { from: expr.span.from, to };
  if (expr.kind !== 'selector') {
    throw parseError(tokens.text, bracket.from, 'ranges only allowed for vector selectors');
  }
  if (expr.offset_ms !== 0) {
    throw parseError(tokens.text, bracket.from, 'no offset modifiers allowed before range');
  }
  if (expr.at) throw parseError(tokens.text, bracket.from, 'no @ modifiers allowed before range');
  return { kind: 'range', selector: expr, range_ms, span };
}

/** The word `offset` has been taken. */
export function parseOffset(tokens: TokenStream, expr: Expr): Expr {
  const offset_ms = takeDuration(tokens, 'offset', 'number, duration, step(), or range()');
  const shifted = shift(expr, tokens.previous.to, (target) => {
    if (target.offset_ms !== 0) {
      throw parseError(tokens.text, expr.span.from, 'offset may not be set multiple times');
    }
    return { ...target, offset_ms };
  });
  if (shifted) return shifted;
  throw parseError(tokens.text, expr.span.from, mustFollow('offset'));
}

/** The sign `@` has been taken. */
export function parseAt(tokens: TokenStream, expr: Expr): Expr {
  const at = takeAt(tokens);
  const shifted = shift(expr, tokens.previous.to, (target) => {
    if (target.at) {
      throw parseError(tokens.text, expr.span.from, '@ <timestamp> may not be set multiple times');
    }
    return { ...target, at };
  });
  if (shifted) return shifted;
  throw parseError(tokens.text, expr.span.from, mustFollow('@'));
}

function mustFollow(modifier: string): string {
  return `${modifier} modifier must be preceded by an instant vector selector or range vector selector or a subquery`;
}

function takeAt(tokens: TokenStream): At {
  for (const kind of ['start', 'end'] as const) {
    if (!tokens.takeWord(kind)) continue;
    tokens.expectSymbol('(', '@', 'timestamp');
    tokens.expectSymbol(')', '@', 'timestamp');
    return { kind };
  }
  const { from } = tokens.next;
  const negative = tokens.isSymbol('-');
  if (negative || tokens.isSymbol('+')) tokens.take();
  const number = takeNumber(tokens);
  if (number === undefined) throw tokens.unexpected('@', 'timestamp');
  const seconds = negative ? -number.value : number.value;
  if (!(Math.abs(seconds) < 2 ** 63 / 1000)) {
    const message = `timestamp out of bounds for @ modifier: ${seconds.toFixed(6)}`;
    throw parseError(tokens.text, from, message);
  }
  return { kind: 'time', time_ms: Math.round(seconds * 1000) };
}

/** @returns undefined when there is nothing in it that could be shifted */
function shift(
  expr: Expr,
  to: number,
  change: <T extends VectorSelector | Subquery>(target: T) => T,
): Expr | undefined {
  const span = { from: expr.span.from, to };
  if (expr.kind === 'selector' || expr.kind === 'subquery') return { ...change(expr), span };
  if (expr.kind === 'range') return { ...expr, selector: change(expr.selector), span };
  return undefined;
}
