/** What stands beside an operator: `bool`, `on (…)`, `group_left (…)`, `by (…)`. */
import type { Binary, Matching } from './ast.js';
import { parseError, quote } from './parse-error.js';
import { takeString } from './parse-literals.js';
import type { TokenStream } from './token-stream.js';

const PLAIN: Matching = { cardinality: 'one-to-one', on: false, labels: [], include: [] };

/** Of a binary operator, which has been taken. */
export function parseModifiers(tokens: TokenStream): Pick<Binary, 'bool' | 'matching'> {
  const bool = tokens.takeWord('bool');
  let matching = PLAIN;
  const on = tokens.isWord('on');
  if (on || tokens.isWord('ignoring')) {
    tokens.take();
    matching = { ...matching, on, labels: parseLabelList(tokens) };
    const left = tokens.isWord('group_left');
    if (left || tokens.isWord('group_right')) {
      tokens.take();
      const include = tokens.isSymbol('(') ? parseLabelList(tokens) : [];
      matching = { ...matching, cardinality: left ? 'many-to-one' : 'one-to-many', include };
    }
  }
  const fill = ['fill', 'fill_left', 'fill_right'].some((word) => tokens.isWord(word));
  if (fill && tokens.second?.text === '(') {
    const message = 'binop fill modifiers are experimental and not enabled';
    throw parseError(tokens.text, tokens.next.from, message, 'unsupported');
  }
  return { bool, matching };
}

export interface Grouping {
  readonly without: boolean;
  readonly labels: readonly string[];
}

/** @returns undefined when the next token starts none */
export function parseGrouping(tokens: TokenStream): Grouping | undefined {
  const without = tokens.isWord('without');
  if (!without && !tokens.isWord('by')) return undefined;
  tokens.take();
  return { without, labels: parseLabelList(tokens) };
}

function parseLabelList(tokens: TokenStream): readonly string[] {
  const labels: string[] = [];
  tokens.expectSymbol('(', 'grouping opts', '"("');
  while (!tokens.takeSymbol(')')) {
    const { kind, text, from } = tokens.next;
    if (kind !== 'word' && kind !== 'string') throw tokens.unexpected('grouping opts', 'label');
    if (kind === 'word' && text.includes(':')) {
      throw parseError(tokens.text, from, `invalid label name for grouping: ${quote(text)}`);
    }
    labels.push(kind === 'string' ? takeString(tokens).value : tokens.take().text);
    if (tokens.isSymbol(')')) continue;
    if (!tokens.takeSymbol(',')) throw tokens.unexpected('grouping opts', '"," or ")"');
  }
  return labels;
}
