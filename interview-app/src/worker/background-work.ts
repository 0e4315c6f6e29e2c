import { ROOT_CONTEXT, type SpanContext, type SpanKind } from '@opentelemetry/api';
import { createRequestContext, withRequest } from '../lib/request-context.js';
import type { Tracing } from '../lib/tracing.js';

export interface BackgroundWork {
  /** Of few values: it names the trace, and stands where a request has its route. */
  readonly name: string;
  readonly kind: SpanKind;
  /** The span that asked for the work, if it is known: the work's trace is linked to it, not part of it. */
  readonly cause?: SpanContext | undefined;
}

/** Runs `work` in a trace of its own, whatever trace is active now. */
export function inBackground<T>(
  tracing: Tracing,
  { name, kind, cause }: BackgroundWork,
  work: () => Promise<T>,
): Promise<T> {
  const parent = withRequest(ROOT_CONTEXT, createRequestContext(crypto.randomUUID(), name));
  return tracing.inSpan(name, { kind, parent }, (span) => {
    if (cause) span.addLink({ context: cause });
    return work();
  });
}
