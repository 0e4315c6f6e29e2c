import type { ErrorHandler, NotFoundHandler } from 'hono';
import {
  ApiError,
  DatabaseUnavailableError,
  PoolTimeoutError,
  RecordNotFoundError,
  TransactionTimeoutError,
  UpstreamError,
} from '../../lib/errors.js';
import type { Logger } from '../../lib/logger.js';
import { readableStack } from '../../lib/source-location.js';
import { EVENT } from '../../lib/telemetry-names.js';
import type { ErrorBody } from '../../types/api.js';
import type { ApiEnv } from './auth.js';

const RETRY_AFTER_S = 5;

/** SQLSTATE */
const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';

/** Turns what a handler threw into an answer with a stable code; what is our fault also into a line of the log. */
export function errorHandler(logger: Logger): ErrorHandler<ApiEnv> {
  return (error, c) => {
    const { requestId, route } = c.get('request');
    const answer = answerTo(error, c.req.method);
    if (answer.status >= 500) {
      logger.error(isTimeout(error) ? EVENT.requestTimeout : EVENT.requestFailed, error.message, {
        method: c.req.method,
        route,
        status_code: answer.status,
        request_id: requestId,
        error: error.name,
        stack: readableStack(error),
      });
    }
    if (answer.status === 503) c.header('retry-after', String(RETRY_AFTER_S));
    const { code, message, details } = answer;
    return c.json(
      { error: { code, message, request_id: requestId, details } } satisfies ErrorBody,
      answer.status,
    );
  };
}

export const notFoundHandler: NotFoundHandler<ApiEnv> = (c) => {
  const message = `There is no ${c.req.method} ${c.req.path}`;
  const { requestId } = c.get('request');
  return c.json(
    { error: { code: 'route_not_found', message, request_id: requestId } } satisfies ErrorBody,
    404,
  );
};

/** A read that got no connection has run out of time; a write is told to come again. */
function answerTo(error: Error, method: string): ApiError {
  if (error instanceof ApiError) return error;
  if (isTimeout(error) && (method === 'GET' || method === 'HEAD')) {
    return new ApiError(504, 'request_timeout', 'Request timeout');
  }
  if (error instanceof DatabaseUnavailableError) {
    return new ApiError(503, 'database_unavailable', 'Database unavailable');
  }
  if (error instanceof UpstreamError) {
    return new ApiError(502, 'upstream_unavailable', `${error.service} is not available`);
  }
  if (error instanceof RecordNotFoundError) {
    return new ApiError(404, 'record_not_found', 'Something that this request refers to does not exist');
  }
  switch ((error as { code?: unknown }).code) {
    case UNIQUE_VIOLATION:
      return new ApiError(409, 'already_exists', 'Somebody else created the same at the same time');
    case FOREIGN_KEY_VIOLATION:
      return new ApiError(404, 'record_not_found', 'Something that this request refers to does not exist');
    default:
      return new ApiError(500, 'internal_error', 'Internal error');
  }
}

function isTimeout(error: Error): boolean {
  return error instanceof PoolTimeoutError || error instanceof TransactionTimeoutError;
}
