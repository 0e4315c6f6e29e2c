import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
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
  readonly #exporter = new InMemorySpanExporter();
  readonly lines: LogLine[] = [];

  get spans(): readonly ReadableSpan[] {
    return this.#exporter.getFinishedSpans();
  }

  /** The same outside, except that its telemetry ends here. */
  recording(outside: Outside): Outside {
    return {
      ...outside,
      spanProcessors: () => [new SimpleSpanProcessor(this.#exporter)],
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
