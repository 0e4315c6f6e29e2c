/** Cuts what stands before the cursor into tokens: enough of LogQL's and TraceQL's grammar to know what can follow. */

export interface Token {
  readonly kind: 'string' | 'name' | 'number' | 'symbol';
  readonly text: string;
  readonly from: number;
  /** A string whose end is still to be written. */
  readonly isOpen: boolean;
}

const TOKENS = /\s+|#[^\n]*|"(?:[^"\\]|\\.)*"?|`[^`]*`?|\.?[A-Za-z_][\w.:-]*|\d[\w.]*|[|!=<>&~]+|./g;

/** The tokens of a text, without spaces and comments. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const { 0: token, index } of text.matchAll(TOKENS)) {
    if (/^(\s|#)/.test(token)) continue;
    tokens.push({ kind: kindOf(token), text: token, from: index, isOpen: isOpenString(token) });
  }
  return tokens;
}

function kindOf(token: string): Token['kind'] {
  if (/^["`]/.test(token)) return 'string';
  if (/^\.?[A-Za-z_]/.test(token)) return 'name';
  return /^\d/.test(token) ? 'number' : 'symbol';
}

function isOpenString(token: string): boolean {
  if (token.startsWith('`')) return token.length === 1 || !token.endsWith('`');
  return token.startsWith('"') && !/^"(?:[^"\\]|\\.)*"$/.test(token);
}

const CLOSERS: Readonly<Record<string, string>> = { '}': '{', ')': '(', ']': '[' };

/** The brackets that are open at the end, outermost first, each by its place among the tokens. */
export function openBrackets(tokens: readonly Token[]): readonly number[] {
  const open: number[] = [];
  tokens.forEach(({ kind, text }, index) => {
    if (kind !== 'symbol') return;
    if (text === '{' || text === '(' || text === '[') open.push(index);
    else if (CLOSERS[text] !== undefined && tokens[open.at(-1) ?? -1]?.text === CLOSERS[text]) open.pop();
  });
  return open;
}

/** What is being typed at the end of a text, and what stands before it. */
export interface Cursor {
  readonly tokens: readonly Token[];
  /** Where the word or string being typed begins; the end of the text when there is none. */
  readonly from: number;
  readonly isString: boolean;
  readonly open: readonly number[];
}

/** Takes the word or string at the end of a text apart from what stands before it. */
export function cursorOf(text: string): Cursor {
  const all = tokensOf(text);
  const last = all.at(-1);
  const touches = last !== undefined && last.from + last.text.length === text.length;
  const isString = last?.isOpen === true;
  const isTyped = isString || (touches && (last.kind === 'name' || last.kind === 'number'));
  const tokens = isTyped ? all.slice(0, -1) : all;
  const from = isTyped && last ? last.from + (isString ? 1 : 0) : text.length;
  return { tokens, from, isString, open: openBrackets(tokens) };
}
