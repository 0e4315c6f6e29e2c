/** Steps through tokens, and says what else would have been right. */
import { tokenize } from './lexer.js';
import { parseError, parseErrorAt } from './parse-error.js';
import type { Token } from './tokens.js';

/** The engine refuses longer ones too. */
const LONGEST = 131_072;
/** Of parentheses within each other. */
const DEEPEST = 100;
/** Chains are trees too, whose evaluation recurses. */
const OPERATORS_MAX = 1000;

export class TokenReader {
  readonly #tokens: readonly Token[];
  readonly #isEmpty: boolean;
  #at = 0;
  #depth = 0;
  #operators = 0;

  /** @throws {QueryError} on text that is no token */
  constructor(text: string) {
    if (text.length >= LONGEST) throw parseError(`input size too long (${text.length} > ${LONGEST})`);
    this.#tokens = tokenize(text);
    this.#isEmpty = text === '';
  }

  get token(): Token {
    return this.#tokens[this.#at] as Token;
  }

  /** The type of the next token, or of one after it. */
  type(ahead = 0): string {
    const index = Math.min(this.#at + ahead, this.#tokens.length - 1);
    return (this.#tokens[index] as Token).type;
  }

  advance(): Token {
    const { token } = this;
    if (token.type !== '$end') this.#at++;
    return token;
  }

  /** Takes the next token if it is of one of the types. */
  accept(...types: readonly string[]): Token | undefined {
    return types.includes(this.type()) ? this.advance() : undefined;
  }

  /** @throws {QueryError} naming the types, in the order given, when the next token is of none */
  expect(...types: readonly string[]): Token {
    return this.accept(...types) ?? this.fail(...types);
  }

  /** @param expected more than four are not listed, as in the engine */
  fail(...expected: readonly string[]): never {
    const { token } = this;
    // As in the engine, nothing has no place.
    if (this.#isEmpty) throw parseError('syntax error: unexpected $end');
    const list = expected.length > 0 && expected.length <= 4 ? `, expecting ${expected.join(' or ')}` : '';
    throw parseErrorAt(`syntax error: unexpected ${token.type}${list}`, token);
  }

  /** Parses something that can hold itself. @throws {QueryError} when it is too deep within itself */
  nested<T>(parse: () => T): T {
    if (++this.#depth > DEEPEST) throw parseError(`parentheses within more than ${DEEPEST} others`);
    const result = parse();
    this.#depth--;
    return result;
  }

  /** Counts operators of chains. @throws {QueryError} when there are too many in the query */
  operator(): Token {
    if (++this.#operators > OPERATORS_MAX)
      throw parseError(`more than ${OPERATORS_MAX} operators in one query`);
    return this.advance();
  }
}
