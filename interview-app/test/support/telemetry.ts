import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { MESSAGE } from 'triple-beam';
import Transport from 'winston-transport';
import type { Outside } from '../../src/lib/outside.js';

export interface LogLine {
  readonly event: string;
  readonly level: string;
  readonly message: string;
  readonly service: string;
  readonly trace_id?: string;
  readonly span_id?: string;
  readonly [field: string]: unknown;
}

/** Keeps what services report instead of sending it anywhere. */
export class TelemetryRecorder {
  /** Spans that have ended, in that order. */
  readonly spans: ReadableSpan[] = [];
  readonly lines: LogLine[] = [];

  /** The same outside, except that its telemetry ends here. */
  recording(outside: Outside): Outside {
    return {
      ...outside,
      spanProcessors: () => [keepIn(this.spans)],
      logTransports: () => [new LineTransport(this.lines)],
    };
  }

  /** All spans of a trace. */
  traceOf(traceId: string): readonly ReadableSpan[] {
    return this.spans.filter((span) => span.spanContext().traceId === traceId);
  }

  linesOf(event: string): readonly LogLine[] {
    return this.lines.filter((line) => line.event === event);
  }
}

function keepIn(spans: ReadableSpan[]): SpanProcessor {
  return {
    onStart: () => undefined,
    onEnd: (span) => spans.push(span),
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
  };
}

class LineTransport extends Transport {
  readonly #lines: LogLine[];

  constructor(lines: LogLine[]) {
    super();
    this.#lines = lines;
  }

  override log(info: { readonly [MESSAGE]: string }, next: () => void): void {
    this.#lines.push(JSON.parse(info[MESSAGE]));
    next();
  }
}

export function serviceOf(span: ReadableSpan): unknown {
  return span.resource.attributes['service.name'];
}

/** When a span began and ended, in whole nanoseconds. */
export function timesOf({ startTime, endTime }: ReadableSpan): readonly [start: bigint, end: bigint] {
  const [start, end] = [startTime, endTime].map(([s, ns]) => BigInt(s) * 1_000_000_000n + BigInt(ns));
  return [start ?? 0n, end ?? 0n];
}

/** The spans of a trace that have `parent` as their parent, in the order in which they began. */
export function childrenOf(trace: readonly ReadableSpan[], parent: ReadableSpan): readonly ReadableSpan[] {
  const { spanId } = parent.spanContext();
  return trace
    .filter((span) => span.parentSpanContext?.spanId === spanId)
    .sort((a, b) => (timesOf(a)[0] < timesOf(b)[0] ? -1 : 1));
}
