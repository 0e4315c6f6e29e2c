/** From a query's text to its tokens. */
import { quote } from './parse-error.js';

export type TokenKind =
  /** Names, label names and keywords: which of them it is only the parser knows. */
  | 'word'
  | 'number'
  | 'duration'
  | 'string'
  | 'symbol'
  | 'end'
  /** What no token starts with, or a literal that does not end: `text` is the message. */
  | 'error';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const SPACE = /(?:[ \t\r\n]|#[^\n]*)*/y;
const WORD = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
/** Digits run into letters: `1e3`, `0x1f`, `5m`, and mistakes such as `5x`. */
const NUMERIC = /(?:\d|\.\d)(?:[eE][+-]?\d[\w.]*|[\w.])*/y;
const DURATION = /^(?:\d+(?:ms|[ywdhms]))+$/;
const HEX = /^0[xX][0-9a-fA-F]+$/;
const DECIMAL = /^(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?$/;
const SYMBOL = /==|!=|=~|!~|>=|<=|[-+*/%^=<>(){}[\],:@]/y;

/** The last token is the only one of kind `end` or `error`. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    at = match(SPACE, text, at) ?? at;
    if (at === text.length) break;
    const token = readToken(text, at);
    tokens.push(token);
    if (token.kind === 'error') return tokens;
    at = token.to;
  }
  tokens.push({ kind: 'end', text: '', from: at, to: at });
  return tokens;
}

function readToken(text: string, from: number): Token {
  const letter = text[from] as string;
  const token = (kind: TokenKind, to: number): Token => ({ kind, text: text.slice(from, to), from, to });
  const error = (message: string): Token => ({ kind: 'error', text: message, from, to: text.length });
  if (letter === '"' || letter === "'" || letter === '`') {
    const end = endOfString(text, from);
    if (end !== undefined) return token('string', end);
    return error(`unterminated ${letter === '`' ? 'raw' : 'quoted'} string`);
  }
  const numberEnd = match(NUMERIC, text, from);
  if (numberEnd !== undefined) {
    const literal = text.slice(from, numberEnd);
    if (DURATION.test(literal)) return token('duration', numberEnd);
    if (HEX.test(literal) || DECIMAL.test(literal)) return token('number', numberEnd);
    return error(`bad number or duration syntax: ${quote(literal)}`);
  }
  // A colon starts a name too, but in brackets it stands alone.
  const name = letter === ':' && /[a-zA-Z_]/.test(text[from + 1] ?? '');
  const symbolEnd = name ? undefined : match(SYMBOL, text, from);
  if (symbolEnd !== undefined) return token('symbol', symbolEnd);
  const wordEnd = match(WORD, text, from);
  if (wordEnd !== undefined) return token('word', wordEnd);
  if (letter === '!') return error(`unexpected character after '!': ${quoteCharacter(text[from + 1])}`);
  return error(`unexpected character: ${quoteCharacter(letter)}`);
}

/** @returns undefined when it does not end */
function endOfString(text: string, from: number): number | undefined {
  const quoteMark = text[from] as string;
  for (let at = from + 1; at < text.length; at++) {
    const letter = text[at];
    if (letter === quoteMark) return at + 1;
    if (quoteMark === '`') continue;
    if (letter === '\n') return undefined;
    if (letter === '\\') at++;
  }
  return undefined;
}

function quoteCharacter(letter: string | undefined): string {
  return letter === undefined ? 'end of input' : `'${letter}'`;
}

function match(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
