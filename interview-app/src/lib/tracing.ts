import {
  type Attributes,
  type Context,
  context,
  type HrTime,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { ATTRIBUTE } from './telemetry-names.js';

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

export interface SpanOptions {
  readonly kind?: SpanKind;
  readonly attributes?: Attributes;
  /** The context that holds the parent span; the active one by default. */
  readonly parent?: Context;
}

/**
 * Spans of one service. Start and end are given explicitly, in whole microseconds of one clock, because the SDK cuts
 * a start (but not an end) to milliseconds, which lets children stick out of their parents.
 */
export class Tracing {
  readonly #provider: BasicTracerProvider;
  readonly #tracer: Tracer;
  readonly #originMs = performance.timeOrigin;

  constructor(options: {
    readonly serviceName: string;
    readonly serviceVersion: string;
    readonly spanProcessors: readonly SpanProcessor[];
  }) {
    // The one global thing: the manager is the same for everybody in the process, later calls change nothing.
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    this.#provider = new BasicTracerProvider({
      resource: resourceFromAttributes({
        [ATTRIBUTE.serviceName]: options.serviceName,
        [ATTRIBUTE.serviceVersion]: options.serviceVersion,
      }),
      spanProcessors: [...options.spanProcessors],
    });
    this.#tracer = this.#provider.getTracer('interview-app', options.serviceVersion);
  }

  startSpan(name: string, { kind = SpanKind.INTERNAL, attributes, parent }: SpanOptions = {}): Span {
    return this.#tracer.startSpan(name, { kind, attributes, startTime: this.#now() }, parent);
  }

  endSpan(span: Span): void {
    span.end(this.#now());
  }

  /** Runs `work` inside a span of its own, which is active meanwhile and ends with it, in error when it throws. */
  async inSpan<T>(name: string, options: SpanOptions, work: (span: Span) => Promise<T>): Promise<T> {
    const parent = options.parent ?? context.active();
    const span = this.startSpan(name, { ...options, parent });
    try {
      return await context.with(trace.setSpan(parent, span), work, undefined, span);
    } catch (error) {
      markFailed(span, error);
      throw error;
    } finally {
      this.endSpan(span);
    }
  }

  /** Sends what is still buffered and stops. */
  async shutdown(): Promise<void> {
    await this.#provider.shutdown();
  }

  #now(): HrTime {
    const us = Math.round((this.#originMs + performance.now()) * 1000);
    const seconds = Math.floor(us / 1e6);
    return [seconds, (us - seconds * 1e6) * 1000];
  }
}

/** Marks a span as failed, with the kind of error as an attribute of few values. */
export function markFailed(span: Span, error: unknown): void {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  span.setAttribute(ATTRIBUTE.errorType, name);
  span.setStatus({ code: SpanStatusCode.ERROR, message });
}

/** The W3C `traceparent` of a span, for a header or a statement's comment. */
export function traceparentOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-0${traceFlags & 1}`;
}

/** The caller's span as a parent, from a `traceparent` header; a root without one, or with one that makes no sense. */
export function remoteParent(traceparent: string | undefined): Context {
  const match = traceparent && TRACEPARENT.exec(traceparent);
  if (!match) return ROOT_CONTEXT;
  const [, traceId = '', spanId = '', flags = ''] = match;
  const spanContext = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return trace.setSpanContext(ROOT_CONTEXT, spanContext);
}
