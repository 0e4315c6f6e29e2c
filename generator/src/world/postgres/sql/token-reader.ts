import { DatabaseError, SQLSTATE } from '../database-error.js';
import { syntaxError, type Token, tokenize } from './tokens.js';

/** Reads a statement's tokens from left to right. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #next = 0;

  /** @throws {DatabaseError} 42601 */
  constructor(text: string) {
    this.#tokens = tokenize(text);
  }

  get current(): Token {
    return this.#tokens[this.#next] as Token;
  }

  take(): Token {
    const token = this.current;
    if (token.kind !== 'end') this.#next++;
    return token;
  }

  /** Whether the next tokens are these words or symbols (in lower case, separated by spaces). */
  isAt(texts: string): boolean {
    return texts.split(' ').every((text, i) => {
      const token = this.#tokens[this.#next + i];
      return (token?.kind === 'word' || token?.kind === 'symbol') && token.text === text;
    });
  }

  /** Takes them when they are next. */
  accept(texts: string): boolean {
    if (!this.isAt(texts)) return false;
    this.#next += texts.split(' ').length;
    return true;
  }

  /** @throws {DatabaseError} 42601 when something else is next */
  expect(texts: string): void {
    if (!this.accept(texts)) throw this.unexpected();
  }

  /** @throws {DatabaseError} 42601 when no name is next */
  name(): string {
    const token = this.take();
    if (token.kind !== 'word' && token.kind !== 'quoted') throw syntaxError(token.raw, token.at);
    return token.text;
  }

  /** One or more of what `read` reads, separated by commas. */
  list<T>(read: () => T): T[] {
    const items = [read()];
    while (this.accept(',')) items.push(read());
    return items;
  }

  inBrackets<T>(read: () => T): T {
    this.expect('(');
    const result = read();
    this.expect(')');
    return result;
  }

  /** @throws {DatabaseError} 42601 when something is left */
  expectEnd(): void {
    this.accept(';');
    if (this.current.kind !== 'end') throw this.unexpected();
  }

  unexpected(): DatabaseError {
    return syntaxError(this.current.raw, this.current.at);
  }

  /** Valid SQL that the simulated server does not go into. */
  unsupported(what: string): DatabaseError {
    const message = `the simulated server does not understand ${what}`;
    return new DatabaseError(SQLSTATE.featureNotSupported, message, {
      position: String(this.current.at + 1),
    });
  }
}
