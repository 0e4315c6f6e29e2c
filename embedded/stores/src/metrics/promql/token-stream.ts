/** Tokens one after the other, and what to say of one that does not belong where it is. */
import type { QueryError } from '../../query/query-error.js';
import { AGGREGATORS } from './ast.js';
import { parseError, quote } from './parse-error.js';
import { type Token, tokenize } from './tokens.js';

const KEYWORDS = new Set('offset by without on ignoring group_left group_right bool'.split(' '));
const OPERATOR_WORDS = new Set(['and', 'or', 'unless', 'atan2']);
const OPERATOR_SYMBOLS = new Set('+ - * / % ^ == != > < >= <= =~ !~'.split(' '));
const AGGREGATOR_WORDS: ReadonlySet<string> = new Set([...AGGREGATORS, 'limitk', 'limit_ratio']);
/** How much of a literal an error shows. */
const SHOWN_CHARACTERS = 10;

const IN_BRACES = new Set(', = != =~ !~ } =='.split(' '));

const UNCLOSED: Readonly<Record<string, string>> = {
  '(': 'unclosed left parenthesis',
  '{': 'unexpected end of input inside braces',
  '[': 'unclosed left bracket',
};

export class TokenStream {
  readonly text: string;
  readonly #tokens: readonly Token[];
  #index = 0;
  /** Brackets that wait for their other half. */
  #open: string[] = [];

  constructor(text: string) {
    this.text = text;
    this.#tokens = tokenize(text);
  }

  /** @throws {QueryError} when the text goes on with something that is no token */
  get next(): Token {
    const token = this.#tokens[this.#index] as Token;
    if (token.kind !== 'error') return token;
    const message = this.#inBraces
      ? token.text.replace('character:', 'character inside braces:')
      : token.text;
    throw parseError(this.text, token.from, message);
  }

  get atEnd(): boolean {
    return this.next.kind === 'end';
  }

  get previous(): Token {
    return this.#tokens[this.#index - 1] as Token;
  }

  /** The one after the next, an error as well. */
  get second(): Token | undefined {
    return this.#tokens[this.#index + 1];
  }

  /** Takes the next token. */
  take(): Token {
    const token = this.next;
    if (token.kind === 'symbol') {
      if (token.text in UNCLOSED) this.#open.push(token.text);
      else if (')}]'.includes(token.text)) this.#open.pop();
    }
    if (token.kind !== 'end') this.#index++;
    return token;
  }

  isSymbol(text: string): boolean {
    return this.next.kind === 'symbol' && this.next.text === text;
  }

  /** Whether the next token is this keyword, in any case. */
  isWord(word: string): boolean {
    return this.next.kind === 'word' && this.next.text.toLowerCase() === word;
  }

  takeSymbol(text: string): boolean {
    if (!this.isSymbol(text)) return false;
    this.take();
    return true;
  }

  takeWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.take();
    return true;
  }

  expectSymbol(text: string, context = '', expected = ''): Token {
    if (!this.isSymbol(text)) throw this.unexpected(context, expected);
    return this.take();
  }

  /** About the next token. */
  unexpected(context = '', expected = ''): QueryError {
    const token = this.next;
    const open = this.#open.at(-1);
    if (token.kind === 'end' && open !== undefined) {
      return parseError(this.text, token.from, UNCLOSED[open] as string);
    }
    const misplaced = token.kind === 'symbol' ? this.#misplaced(token.text) : undefined;
    if (misplaced) return parseError(this.text, token.text === ')' ? token.to : token.from, misplaced);
    const where = context === '' ? '' : ` in ${context}`;
    const instead = expected === '' ? '' : `, expected ${expected}`;
    return parseError(this.text, token.from, `unexpected ${describe(token)}${where}${instead}`);
  }

  get #inBraces(): boolean {
    return this.#open.at(-1) === '{';
  }

  /** What the engine finds before it looks at what could come here. */
  #misplaced(symbol: string): string | undefined {
    if (this.#inBraces) {
      return IN_BRACES.has(symbol) ? undefined : `unexpected character inside braces: '${symbol[0]}'`;
    }
    if (symbol === '}') return "unexpected character: '}'";
    if (symbol === ')' && !this.#open.includes('(')) return "unexpected right parenthesis ')'";
    return symbol === ']' && !this.#open.includes('[') ? "unexpected right bracket ']'" : undefined;
  }
}

export function isAggregatorWord(word: string): boolean {
  return AGGREGATOR_WORDS.has(word.toLowerCase());
}

function describe({ kind, text }: Token): string {
  switch (kind) {
    case 'end':
      return 'end of input';
    case 'word':
      return describeWord(text);
    case 'symbol':
      return OPERATOR_SYMBOLS.has(text) ? `<op:${text}>` : quote(text);
    default: {
      const shown =
        text.length > SHOWN_CHARACTERS ? `${quote(text.slice(0, SHOWN_CHARACTERS))}...` : quote(text);
      return `${kind} ${shown}`;
    }
  }
}

function describeWord(text: string): string {
  const word = text.toLowerCase();
  if (KEYWORDS.has(word)) return `<${text}>`;
  if (OPERATOR_WORDS.has(word)) return `<op:${text}>`;
  if (isAggregatorWord(word)) return `<aggr:${text}>`;
  return `${text.includes(':') ? 'metric identifier' : 'identifier'} ${quote(text)}`;
}
