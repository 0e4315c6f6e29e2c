/** Answers in the shape of the engine's API. */
import type { ApiAnswer } from '../../http/api.js';
import type { QueryError, QueryErrorKind } from '../../query/query-error.js';

interface Failure {
  readonly status: number;
  readonly errorType: string;
}

const FAILURES: Readonly<Record<QueryErrorKind, Failure>> = {
  bad_data: { status: 400, errorType: 'bad_data' },
  unsupported: { status: 400, errorType: 'bad_data' },
  execution: { status: 422, errorType: 'execution' },
  too_large: { status: 422, errorType: 'execution' },
  timeout: { status: 503, errorType: 'timeout' },
  canceled: { status: 503, errorType: 'canceled' },
  not_found: { status: 404, errorType: 'not_found' },
  read_only: { status: 403, errorType: 'unavailable' },
};

export interface Remarks {
  readonly warnings?: readonly string[];
  readonly infos?: readonly string[];
}

export const TRUNCATED = 'results truncated due to limit';

export function success(data: unknown, remarks: Remarks = {}): ApiAnswer {
  return successText(JSON.stringify(data), remarks);
}

/** @param data as JSON */
export function successText(data: string, { warnings = [], infos = [] }: Remarks = {}): ApiAnswer {
  const beside = [
    warnings.length > 0 ? `,"warnings":${JSON.stringify(warnings)}` : '',
    infos.length > 0 ? `,"infos":${JSON.stringify(infos)}` : '',
  ].join('');
  return { status: 200, body: `{"status":"success","data":${data}${beside}}` };
}

export function failure(error: QueryError): ApiAnswer {
  const { status, errorType } = FAILURES[error.kind];
  return { status, body: JSON.stringify({ status: 'error', errorType, error: error.message }) };
}

/** Of remote write, which is no JSON API. */
export function plainFailure(error: QueryError): ApiAnswer {
  return plain(FAILURES[error.kind].status, `${error.message}\n`);
}

export function plain(status: number, body: string): ApiAnswer {
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body };
}
