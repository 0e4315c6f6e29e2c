import { context, type Span, SpanKind, trace } from '@opentelemetry/api';
import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import { createRequestContext, type RequestContext, withRequest } from './request-context.js';
import { ATTRIBUTE } from './telemetry-names.js';
import { markFailed, remoteParent, type Tracing } from './tracing.js';

/** What every handler below `serverSpan` finds in its context. */
export interface ServiceEnv {
  Variables: {
    request: RequestContext;
    span: Span;
  };
}

const UNMATCHED = 'unmatched';
const REQUEST_ID = /^[\w-]{1,64}$/;

/** Gives each request its SERVER span, as child of the caller's when there is one, and its request context. */
export function serverSpan(tracing: Tracing): MiddlewareHandler<ServiceEnv> {
  return async (c, next) => {
    const { method } = c.req;
    const route = routeOf(c);
    const parent = remoteParent(c.req.header('traceparent'));
    const span = tracing.startSpan(`${method} ${route}`, {
      kind: SpanKind.SERVER,
      attributes: {
        [ATTRIBUTE.httpMethod]: method,
        [ATTRIBUTE.httpRoute]: route,
        [ATTRIBUTE.urlPath]: c.req.path,
      },
      parent,
    });
    const request = createRequestContext(requestId(c), route);
    c.set('request', request);
    c.set('span', span);
    c.header('x-request-id', request.requestId);
    await context.with(trace.setSpan(withRequest(parent, request), span), next);
    span.setAttribute(ATTRIBUTE.httpStatusCode, c.res.status);
    if (c.res.status >= 500) markFailed(span, c.error ?? new Error(`HTTP ${c.res.status}`));
    tracing.endSpan(span);
  };
}

/** The template of the route that will answer; middleware is registered for all methods, routes are not. */
function routeOf(c: Context): string {
  const route = matchedRoutes(c).at(-1);
  return route && route.method !== 'ALL' ? route.path : UNMATCHED;
}

function requestId(c: Context): string {
  const given = c.req.header('x-request-id');
  return given && REQUEST_ID.test(given) ? given : crypto.randomUUID();
}
