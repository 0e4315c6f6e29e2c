/**
 * Gathers spans until their trace is finished (its root has ended), then passes the whole trace on. What is still open
 * when the window ends is never passed on: neither its spans nor its log lines are part of the run.
 */
import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { BatchBuffer } from './batch-buffer.js';
import { getOrMake } from './maps.js';
import { encodeSpan, endOfResource, spansOfResource } from './otlp-json.js';
import type { ServiceSpan } from './service-graph.js';

const SPANS_PER_LINE = 1_000;
const BUFFER_BYTES = 256 * 1024;

export type Verdict = 'open' | 'exported' | 'dropped';

export interface TraceCollectorOptions {
  /** Whether a trace whose root ended now belongs to the window. */
  readonly inWindow: () => boolean;
  /** Sees each exported trace once, whole. */
  readonly onTrace: (trace: readonly ServiceSpan[]) => void;
  /** Takes the pieces of `traces.jsonl`, in order; each is gone after the call. */
  readonly onBytes: (bytes: Uint8Array) => void;
}

export class TraceCollector {
  traces = 0;
  spans = 0;
  readonly #options: TraceCollectorOptions;
  readonly #open = new Map<string, ServiceSpan[]>();
  #finished = new Map<string, Verdict>();
  #late: string | undefined;
  #finishedBefore = new Map<string, Verdict>();
  readonly #parts = new Map<string, BatchBuffer>();
  /** Those of the line that is being written, in the order of their first spans. */
  readonly #line: BatchBuffer[] = [];
  #spansOfLine = 0;

  constructor(options: TraceCollectorOptions) {
    this.#options = options;
  }

  /** A span processor for one service's tracer: keeps nothing back and waits for nothing. */
  processor(service: string): SpanProcessor {
    return {
      onStart: () => {},
      onEnd: (span) => this.#add(service, span),
      forceFlush: async () => {},
      shutdown: async () => {},
    };
  }

  /** What became of a trace; a trace never heard of is open. */
  verdict(traceId: string): Verdict {
    return this.#finished.get(traceId) ?? this.#finishedBefore.get(traceId) ?? 'open';
  }

  /** @throws {Error} when a span came after its trace was passed on, and so could not be part of it */
  checkComplete(): void {
    if (this.#late !== undefined) throw new Error(this.#late);
  }

  /** Forgets what was decided before the last call: to be called at intervals longer than any trace lasts. */
  forgetOldVerdicts(): void {
    this.#finishedBefore = this.#finished;
    this.#finished = new Map();
  }

  /** Writes the last, incomplete line. */
  flush(): void {
    if (this.#spansOfLine > 0) this.#writeLine();
  }

  #add(service: string, span: ReadableSpan): void {
    const { traceId } = span.spanContext();
    if (this.#finished.has(traceId)) {
      // Not thrown here, where the app would take it for an error of its own.
      this.#late ??= `span "${span.name}" of ${service} ended after the root of its trace ${traceId}`;
      return;
    }
    const trace = getOrMake(this.#open, traceId, () => []);
    trace.push({ service, span });
    if (span.parentSpanContext === undefined) this.#finish(traceId, trace);
  }

  #finish(traceId: string, trace: readonly ServiceSpan[]): void {
    this.#open.delete(traceId);
    const exported = this.#options.inWindow();
    this.#finished.set(traceId, exported ? 'exported' : 'dropped');
    if (!exported) return;
    this.traces++;
    this.spans += trace.length;
    this.#options.onTrace(trace);
    for (const { service, span } of trace) this.#write(service, span);
    this.#spansOfLine += trace.length;
    if (this.#spansOfLine >= SPANS_PER_LINE) this.#writeLine();
  }

  /** Encoded at once: texts that wait for the line's end would live long enough to be a burden. */
  #write(service: string, span: ReadableSpan): void {
    const part = getOrMake(this.#parts, service, () => new BatchBuffer(BUFFER_BYTES));
    if (part.length > 0) {
      part.write(`,${encodeSpan(span)}`);
      return;
    }
    const { resource, instrumentationScope } = span;
    part.write(this.#line.length === 0 ? '{"resourceSpans":[' : ',');
    part.write(spansOfResource(resource.attributes as Attributes, instrumentationScope));
    part.write(encodeSpan(span));
    this.#line.push(part);
  }

  #writeLine(): void {
    const last = this.#line.at(-1);
    for (const part of this.#line) {
      part.write(part === last ? `${endOfResource}]}\n` : endOfResource);
      this.#options.onBytes(part.take());
    }
    this.#line.length = 0;
    this.#spansOfLine = 0;
  }
}
