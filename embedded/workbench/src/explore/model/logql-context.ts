/** What can be written at a place in LogQL. */
import { type Cursor, cursorOf } from './tokens';

export type LogqlContext = { readonly from: number } & (
  | {
      readonly kind: 'expression' | 'label' | 'matcher' | 'pipe' | 'stage' | 'field' | 'duration' | 'nothing';
    }
  | { readonly kind: 'label-value' | 'field-value'; readonly name: string; readonly isQuoted: boolean }
);

const GROUPING = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right']);
const TAKES_FIELD = new Set(['unwrap', 'drop', 'keep', 'label_format']);
const COMPARISON = /^(=|==|!=|=~|!~|>|>=|<|<=)$/;
const LINE_FILTER = /^(\|=|\|~|!=|!~|\|>|!>)$/;
const BINARY = /^([-+*/%^]|[=!<>]=?|and|or|unless)$/;

/** @param before the text before the cursor */
export function logqlContext(before: string): LogqlContext {
  const cursor = cursorOf(before);
  const context = placeOf(cursor);
  return { ...context, from: cursor.from } as LogqlContext;
}

type Place =
  | { readonly kind: Exclude<LogqlContext['kind'], 'label-value' | 'field-value'> }
  | { readonly kind: 'label-value' | 'field-value'; readonly name: string; readonly isQuoted: boolean };

function placeOf({ tokens, isString, open }: Cursor): Place {
  const [last, previous, before] = [tokens.at(-1), tokens.at(-2), tokens.at(-3)];
  const bracket = tokens[open.at(-1) ?? -1];
  const opener = tokens[(open.at(-1) ?? 0) - 1];
  const isCompared = last !== undefined && COMPARISON.test(last.text) && previous?.kind === 'name';
  if (bracket?.text === '{') {
    if (isCompared) return { kind: 'label-value', name: previous.text, isQuoted: isString };
    if (isString) return { kind: 'nothing' };
    if (last?.text === '{' || last?.text === ',') return { kind: 'label' };
    return { kind: last?.kind === 'name' ? 'matcher' : 'nothing' };
  }
  const isStage = before === undefined || /^(\||and|or|,)$/.test(before.text);
  if (isCompared && isStage && before !== undefined)
    return { kind: 'field-value', name: previous.text, isQuoted: isString };
  if (isString) return { kind: 'nothing' };
  if (bracket?.text === '[') return { kind: 'duration' };
  if (bracket?.text === '(' && opener && GROUPING.has(opener.text)) return { kind: 'field' };
  if (last === undefined || last.text === '(' || (last.text === ',' && bracket?.text === '('))
    return { kind: 'expression' };
  if (last.text === '|') return { kind: 'stage' };
  if (TAKES_FIELD.has(last.text)) return { kind: 'field' };
  if (LINE_FILTER.test(last.text) && previous?.kind !== 'symbol') return { kind: 'nothing' };
  if (
    last.text === '}' ||
    last.kind === 'string' ||
    ['json', 'logfmt', 'unpack', 'decolorize'].includes(last.text)
  )
    return { kind: 'pipe' };
  return { kind: BINARY.test(last.text) ? 'expression' : 'nothing' };
}

/** The first stream selector of a query, if it is complete: what fields are asked for. */
export function selectorIn(text: string): string | undefined {
  return /\{(?:"(?:[^"\\]|\\.)*"|`[^`]*`|[^}"`])*\}/.exec(text)?.[0];
}
