import { DatabaseError, SQLSTATE } from '../database-error.js';

export type TokenKind = 'word' | 'quoted' | 'number' | 'string' | 'parameter' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** A word in lower case, a string without its quotes, the number of a parameter. */
  readonly text: string;
  /** As it was written. */
  readonly raw: string;
  /** Where it starts, counted from 0. */
  readonly at: number;
}

const TOKEN =
  /\s+|--[^\n]*|(?<word>[A-Za-z_][A-Za-z0-9_]*)|"(?<quoted>(?:[^"]|"")+)"|(?<number>\d+(?:\.\d+)?)|'(?<string>(?:[^']|'')*)'|\$(?<parameter>\d+)|(?<symbol>::|<>|!=|<=|>=|\|\||[-+*/%(),.;=<>[\]])/y;

/** @throws {DatabaseError} 42601 at the first character that starts no token */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw syntaxError(text.charAt(at), at);
    const token = tokenOf(match[0], match.groups ?? {}, at);
    if (token !== undefined) tokens.push(token);
  }
  tokens.push({ kind: 'end', text: '', raw: '', at: text.length });
  return tokens;
}

type Groups = Readonly<Record<string, string | undefined>>;

function tokenOf(raw: string, groups: Groups, at: number): Token | undefined {
  const token = (kind: TokenKind, text: string): Token => ({ kind, text, raw, at });
  if (groups.word !== undefined) return token('word', groups.word.toLowerCase());
  if (groups.quoted !== undefined) return token('quoted', groups.quoted.replaceAll('""', '"'));
  if (groups.number !== undefined) return token('number', groups.number);
  if (groups.string !== undefined) return token('string', groups.string.replaceAll("''", "'"));
  if (groups.parameter !== undefined) return token('parameter', groups.parameter);
  if (groups.symbol !== undefined) return token('symbol', groups.symbol);
  return undefined;
}

export function syntaxError(near: string, at: number): DatabaseError {
  const where = near === '' ? 'at end of input' : `at or near "${near}"`;
  return new DatabaseError(SQLSTATE.syntaxError, `syntax error ${where}`, { position: String(at + 1) });
}
