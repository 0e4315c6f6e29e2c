import { Hono } from 'hono';
import { ApiError, DatabaseUnavailableError } from '../lib/errors.js';
import type { Logger } from '../lib/logger.js';
import { type ServiceEnv, serverSpan } from '../lib/server-span.js';
import { readableStack } from '../lib/source-location.js';
import { EVENT } from '../lib/telemetry-names.js';
import type { Tracing } from '../lib/tracing.js';
import type { ErrorBody } from '../types/api.js';

/** With what one of the worker's services reports about itself. */
export interface Telemetry {
  readonly tracing: Tracing;
  readonly logger: Logger;
}

export type ServiceApp = Hono<ServiceEnv>;

/** The HTTP interface of one service, still without routes: each request a span, each failure an `ErrorBody`. */
export function createServiceApp({ tracing, logger }: Telemetry): ServiceApp {
  const app: ServiceApp = new Hono();
  app.use(serverSpan(tracing));
  app.onError((error, c) => {
    const answer = answerTo(error);
    if (answer.status === 500)
      logger.error(EVENT.requestFailed, 'Request failed', { stack: readableStack(error) });
    const { code, message, details } = answer;
    const body: ErrorBody = { error: { code, message, request_id: c.get('request').requestId, details } };
    return c.json(body, answer.status);
  });
  return app;
}

function answerTo(error: Error): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof DatabaseUnavailableError) {
    return new ApiError(503, 'database_unavailable', 'Database unavailable');
  }
  return new ApiError(500, 'internal_error', 'Something went wrong');
}
