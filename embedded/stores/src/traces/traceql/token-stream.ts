/** Tokens for a parser of recursive descent, and errors as Tempo's parser words them. */
import { tokenize } from './lexer.js';
import { parseError } from './parse-error.js';
import type { Token } from './tokens.js';

/** Deeper ones are refused: each level is one of the parser's own calls, and of all that walk the tree later. */
const MOST_DEPTH = 100;
/** Operators in a row nest too: on the left. */
const MOST_OPERATORS = 1000;

export class TokenStream {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;
  #operators = 0;

  constructor(text: string) {
    this.#tokens = tokenize(text);
  }

  /** The next token, which stays the next one. */
  peek(): Token {
    const token = this.#tokens[this.#at] as Token;
    if (token.kind === 'invalid') throw token.error;
    return token;
  }

  take(): Token {
    const token = this.peek();
    if (token.kind !== 'eof') this.#at++;
    return token;
  }

  /** The next sign or word; an empty text for anything else. */
  sign(): string {
    const token = this.peek();
    return token.kind === 'sign' ? token.text : '';
  }

  /** Takes the sign if it is the next one. */
  takeIf(sign: string): boolean {
    if (this.sign() !== sign) return false;
    this.take();
    return true;
  }

  /** Takes a sign or word that is known to be next. */
  operator(): string {
    const sign = this.sign();
    if (++this.#operators > MOST_OPERATORS) {
      throw parseError(`the query has more than ${MOST_OPERATORS} operators`, this.peek().at);
    }
    this.take();
    return sign;
  }

  expect(sign: string, expecting = ''): void {
    if (!this.takeIf(sign)) throw this.unexpected(expecting);
  }

  /** @param expecting what could stand here, when that is little */
  unexpected(expecting = ''): Error {
    const token = this.peek();
    const what = expecting ? `, expecting ${expecting}` : '';
    return parseError(`syntax error: unexpected ${describe(token)}${what}`, token.at);
  }

  /** Parses something nested. @throws {QueryError} `bad_data` when it is nested too deeply */
  nested<T>(parse: () => T): T {
    if (++this.#depth > MOST_DEPTH) {
      throw parseError(`the query is nested more than ${MOST_DEPTH} levels deep`, this.peek().at);
    }
    const parsed = parse();
    this.#depth--;
    return parsed;
  }
}

function describe(token: Token): string {
  if (token.kind === 'sign') return token.text;
  return token.kind === 'eof' ? '$end' : token.kind.toUpperCase();
}
