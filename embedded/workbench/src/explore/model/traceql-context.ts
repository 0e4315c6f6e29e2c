/** What can be written at a place in TraceQL. */
import { type Cursor, cursorOf } from './tokens';

export type TraceqlContext = { readonly from: number } & (
  | { readonly kind: 'spanset' | 'field' | 'comparison' | 'logic' | 'operator' | 'function' | 'nothing' }
  | { readonly kind: 'value'; readonly name: string; readonly isQuoted: boolean }
);

const COMPARISON = /^(=|!=|=~|!~|>|>=|<|<=)$/;
const SPANSET_OPERATORS = /^(&&|\|\||>>|>|<<|<|~|!>>|!>|!<<|!<|!~|&>>|&>|&<<|&<|&~)$/;
const TAKES_FIELD = new Set([
  'by',
  'select',
  'avg',
  'min',
  'max',
  'sum',
  'avg_over_time',
  'min_over_time',
  'max_over_time',
  'sum_over_time',
  'quantile_over_time',
  'histogram_over_time',
]);

/** @param before the text before the cursor */
export function traceqlContext(before: string): TraceqlContext {
  const cursor = cursorOf(before);
  return { ...placeOf(cursor), from: cursor.from } as TraceqlContext;
}

type Place =
  | { readonly kind: Exclude<TraceqlContext['kind'], 'value'> }
  | { readonly kind: 'value'; readonly name: string; readonly isQuoted: boolean };

function placeOf({ tokens, isString, open }: Cursor): Place {
  const [last, previous] = [tokens.at(-1), tokens.at(-2)];
  const isInFilter = open.some((index) => tokens[index]?.text === '{');
  const opener = tokens[(open.at(-1) ?? 0) - 1];
  if (last && isInFilter && COMPARISON.test(last.text) && previous?.kind === 'name')
    return { kind: 'value', name: previous.text, isQuoted: isString };
  if (isString) return { kind: 'nothing' };
  if (isInFilter) {
    if (last === undefined || /^(\{|\(|&&|\|\||!)$/.test(last.text)) return { kind: 'field' };
    const isValue = previous !== undefined && COMPARISON.test(previous.text);
    return { kind: isValue || last.kind === 'string' || last.text === ')' ? 'logic' : 'comparison' };
  }
  if (open.length > 0 && opener && TAKES_FIELD.has(opener.text))
    return { kind: last?.text === '(' || last?.text === ',' ? 'field' : 'nothing' };
  if (last === undefined || last.text === '(' || SPANSET_OPERATORS.test(last.text))
    return { kind: 'spanset' };
  if (last.text === '|') return { kind: 'function' };
  return { kind: last.text === '}' || last.text === ')' ? 'operator' : 'nothing' };
}
