/** Errors of TraceQL's parser, in Tempo's words. */
import { QueryError } from '../../query/query-error.js';
import type { Position } from './tokens.js';

export function parseError(message: string, at?: Position): QueryError {
  return new QueryError(
    'bad_data',
    at && (at.line > 0 || at.column > 0)
      ? `parse error at line ${at.line}, col ${at.column}: ${message}`
      : `parse error : ${message}`,
  );
}
