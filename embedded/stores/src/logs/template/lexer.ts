/** Template text to pieces: text between actions, and the tokens within them. */
import { unquote } from '../go/strings.js';

export type TemplateToken =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'open' | 'close'; readonly text: string }
  | { readonly kind: 'space'; readonly text: string }
  | { readonly kind: 'string'; readonly text: string; readonly value: string }
  | { readonly kind: 'number'; readonly text: string; readonly value: number }
  | { readonly kind: 'field' | 'variable' | 'word' | 'symbol'; readonly text: string };

/** What is wrong with a template; the message has no place in it. */
export class TemplateSyntaxError extends Error {}

const PATTERNS: readonly (readonly [TemplateToken['kind'], RegExp])[] = [
  ['space', /\s+/y],
  ['string', /"(?:[^"\\\n]|\\.)*"|`[^`]*`/y],
  ['number', /[+-]?(?:0[xX][0-9a-fA-F]+|\d[\d_]*\.?\d*(?:[eE][+-]?\d+)?|\.\d+)/y],
  ['field', /\.[\p{L}_][\p{L}\p{Nd}_]*/uy],
  ['variable', /\$[\p{L}\p{Nd}_]*/uy],
  ['word', /[\p{L}_][\p{L}\p{Nd}_]*/uy],
  ['symbol', /:=|[=|().,]/y],
];

/** @throws {TemplateSyntaxError} in the engine's words */
export function lexTemplate(template: string): readonly TemplateToken[] {
  const tokens: TemplateToken[] = [];
  let at = 0;
  let trims = false;
  while (at < template.length) {
    const open = template.indexOf('{{', at);
    let text = template.slice(at, open < 0 ? undefined : open);
    const trimsBefore = open >= 0 && /^\{\{-\s/.test(template.slice(open, open + 4));
    if (trims) text = text.trimStart();
    if (trimsBefore) text = text.trimEnd();
    if (text !== '') tokens.push({ kind: 'text', text });
    if (open < 0) break;
    const start = open + (trimsBefore ? 3 : 2);
    const end = lexAction(template, start, tokens);
    at = end.next;
    trims = end.trims;
  }
  return tokens;
}

const COMMENT = /\s*\/\*.*?\*\/\s*(-)?\}\}/sy;
const CLOSE = /(?:\s-)?\}\}/y;

interface End {
  readonly next: number;
  readonly trims: boolean;
}

function lexAction(template: string, start: number, tokens: TemplateToken[]): End {
  COMMENT.lastIndex = start;
  const comment = COMMENT.exec(template);
  if (comment) return { next: COMMENT.lastIndex, trims: comment[1] !== undefined };
  tokens.push({ kind: 'open', text: '{{' });
  let at = start;
  while (at < template.length) {
    CLOSE.lastIndex = at;
    const close = CLOSE.exec(template);
    if (close) {
      tokens.push({ kind: 'close', text: '}}' });
      return { next: at + close[0].length, trims: close[0].length > 2 };
    }
    const token = tokenAt(template, at);
    tokens.push(token);
    at += token.text.length;
  }
  throw new TemplateSyntaxError('unclosed action');
}

function tokenAt(template: string, at: number): TemplateToken {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const [text] = pattern.exec(template) ?? [];
    if (text === undefined) continue;
    if (kind === 'number') return { kind, text, value: Number(text.replaceAll('_', '')) };
    if (kind !== 'string') return { kind, text } as TemplateToken;
    const value = unquote(text);
    if (value === undefined) throw new TemplateSyntaxError('invalid syntax');
    return { kind, text, value };
  }
  if (template[at] === '"') throw new TemplateSyntaxError('unterminated quoted string');
  if (template[at] === '`') throw new TemplateSyntaxError('unterminated raw quoted string');
  const code = (template.codePointAt(at) as number).toString(16).toUpperCase().padStart(4, '0');
  throw new TemplateSyntaxError(`unrecognized character in action: U+${code} '${template[at]}'`);
}
