import { ROOT_CONTEXT, type SpanContext, type SpanKind } from '@opentelemetry/api';
import { createRequestContext, withRequest } from '../lib/request-context.js';
import { markFailed, type Tracing } from '../lib/tracing.js';

export interface BackgroundWork {
  /** Of few values: it names the trace, and stands where a request has its route. */
  readonly name: string;
  readonly kind: SpanKind;
  /** The span that asked for the work, if it is known: the work's trace is linked to it, not part of it. */
  readonly cause?: SpanContext | undefined;
}

/**
 * Runs `work` in a trace of its own, whatever trace is active now.
 * @param onError takes what `work` throws, still in that trace, which is marked as failed
 */
export function inBackground(
  tracing: Tracing,
  { name, kind, cause }: BackgroundWork,
  work: () => Promise<void>,
  onError: (error: unknown) => void | Promise<void>,
): Promise<void> {
  const parent = withRequest(ROOT_CONTEXT, createRequestContext(crypto.randomUUID(), name));
  return tracing.inSpan(name, { kind, parent }, async (span) => {
    if (cause) span.addLink({ context: cause });
    try {
      await work();
    } catch (error) {
      markFailed(span, error);
      await onError(error);
    }
  });
}
