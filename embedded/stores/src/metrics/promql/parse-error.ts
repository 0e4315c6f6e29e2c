/** Errors of a query's text, in the engine's words: `1:5: parse error: …`. */
import { QueryError, type QueryErrorKind } from '../../query/query-error.js';

/** @param at index in the text */
export function parseError(
  text: string,
  at: number,
  message: string,
  kind: QueryErrorKind = 'bad_data',
): QueryError {
  return new QueryError(kind, `${position(text, at)}: parse error: ${message}`);
}

/** Line and column, from 1; columns count bytes. */
export function position(text: string, at: number): string {
  const before = text.slice(0, at);
  const lineAt = before.lastIndexOf('\n') + 1;
  const line = before.split('\n').length;
  return `${line}:${Buffer.byteLength(before.slice(lineAt)) + 1}`;
}

/** As Go's `%q`. */
export function quote(text: string): string {
  return JSON.stringify(text);
}
