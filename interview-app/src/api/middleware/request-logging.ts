import type { MiddlewareHandler } from 'hono';
import type { Logger } from '../../lib/logger.js';
import type { Metrics } from '../../lib/metrics.js';
import { EVENT } from '../../lib/telemetry-names.js';
import type { ApiEnv } from './auth.js';

/** One line and one count for each request, whatever became of it. */
export function requestLogging(logger: Logger, metrics: Metrics): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const startedMs = performance.now();
    await next();
    const durationMs = performance.now() - startedMs;
    const { method, path } = c.req;
    const { route, requestId } = c.get('request');
    const statusCode = c.res.status;
    logger.info(EVENT.requestCompleted, 'Request completed', {
      method,
      route,
      path,
      status_code: statusCode,
      duration_ms: Math.round(durationMs * 1000) / 1000,
      request_id: requestId,
      tenant_id: c.get('principal')?.tenantId,
    });
    metrics.requestFinished({ method, route, statusCode }, durationMs / 1000, c.get('span').spanContext());
  };
}
