import { type Context, context, createContextKey } from '@opentelemetry/api';

/** What is known everywhere while one request, or one job, is being served. */
export interface RequestContext {
  /** Answered to the caller as `X-Request-Id`, written in every line about the request. */
  readonly requestId: string;
  /** The route's template, `/api/workflows/:id/status`; for a job its name. Never holds an id. */
  readonly route: string;
  /** Set once a transaction of this request was reported as long-running: one line tells enough. */
  longTransactionReported: boolean;
}

const KEY = createContextKey('request');

export function createRequestContext(requestId: string, route: string): RequestContext {
  return { requestId, route, longTransactionReported: false };
}

/** Returns `parent` with the request in it, to be made active with `context.with`. */
export function withRequest(parent: Context, request: RequestContext): Context {
  return parent.setValue(KEY, request);
}

/** The request being served, or undefined outside of any. */
export function currentRequest(from: Context = context.active()): RequestContext | undefined {
  return from.getValue(KEY) as RequestContext | undefined;
}
