/** Numbers, durations and strings where the parser meets them. */
import type { NumberLiteral, StringLiteral } from './ast.js';
import { DURATION_MAX_MS, parseDuration } from './durations.js';
import { parseError } from './parse-error.js';
import type { TokenStream } from './token-stream.js';
import type { Token } from './tokens.js';
import { unquote } from './unquote.js';

/** @returns undefined when the next token is no number */
export function takeNumber(tokens: TokenStream): NumberLiteral | undefined {
  const value = numberOf(tokens.text, tokens.next);
  if (value === undefined) return undefined;
  const { from, to } = tokens.take();
  const duration = tokens.previous.kind === 'duration';
  return { kind: 'number', value, duration, span: { from, to } };
}

/** A duration stands for its seconds, as in Prometheus 3. */
function numberOf(query: string, { kind, text, from }: Token): number | undefined {
  switch (kind) {
    case 'word':
      if (text.toLowerCase() === 'inf') return Number.POSITIVE_INFINITY;
      return text.toLowerCase() === 'nan' ? Number.NaN : undefined;
    case 'number':
      return Number(text.replaceAll('_', ''));
    case 'duration': {
      const duration_ms = parseDuration(text);
      if (duration_ms === undefined) throw parseError(query, from, `not a valid duration string: "${text}"`);
      if (!Number.isFinite(duration_ms)) throw parseError(query, from, 'duration out of range');
      return duration_ms / 1000;
    }
    default:
      return undefined;
  }
}

/**
 * A duration, or a number of seconds.
 * @returns milliseconds
 * @throws {QueryError} when there is none, or it needs feature flags of the real engine
 */
export function takeDuration(tokens: TokenStream, context: string, expected: string): number {
  const { from } = tokens.next;
  const negative = tokens.isSymbol('-');
  if (negative || tokens.isSymbol('+')) tokens.take();
  const number = takeNumber(tokens);
  if (number === undefined) {
    if (tokens.isSymbol('(') || tokens.next.kind === 'word') throw durationExpression(tokens, from);
    throw tokens.unexpected(context, expected);
  }
  if ('+-*/%^'.includes(tokens.next.text) && tokens.next.kind === 'symbol' && context !== 'offset') {
    throw durationExpression(tokens, from);
  }
  const duration_ms = Math.round(number.value * 1000);
  if (!(duration_ms < DURATION_MAX_MS)) throw parseError(tokens.text, from, 'duration out of range');
  return negative ? -duration_ms : duration_ms;
}

function durationExpression(tokens: TokenStream, at: number) {
  return parseError(tokens.text, at, 'experimental duration expression is not enabled', 'unsupported');
}

export function takeString(tokens: TokenStream): StringLiteral {
  const { text, from, to } = tokens.take();
  const result = unquote(text);
  if (result.kind === 'error') throw parseError(tokens.text, from + result.at, result.message);
  return { kind: 'string', value: result.value, span: { from, to } };
}
