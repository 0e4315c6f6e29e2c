/** What is wrong with a query's text, in the engine's words. */
import { QueryError } from '../../query/query-error.js';

/** @param message for example "syntax error: unexpected $end" */
export function parseErrorAt(
  message: string,
  { line, column }: { line: number; column: number },
): QueryError {
  return new QueryError('bad_data', `parse error at line ${line}, col ${column}: ${message}`);
}

/** Of what has no place in the text: an operation that does not go with its argument. */
export function parseError(message: string): QueryError {
  return new QueryError('bad_data', `parse error : ${message}`);
}

/** Of one stage of a pipeline. @param stage as it was written */
export function stageError(stage: string, message: string): QueryError {
  return parseError(`stage '${stage}' : ${message}`);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
