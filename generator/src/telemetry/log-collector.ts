/**
 * Holds log lines back, in the order of their times, until it is known whether their trace is part of the run, then
 * writes them as OTLP/JSON: one export request for each slice of time, one resource in it for each stream.
 */
import type { Attributes } from '@opentelemetry/api';
import { BatchBuffer } from './batch-buffer.js';
import { getOrMake } from './maps.js';
import { endOfResource, recordsOfResource } from './otlp-json.js';
import type { Verdict } from './trace-collector.js';

const RECORDS_PER_REQUEST = 1_000;
const BUFFER_BYTES = 256 * 1024;

/** OpenTelemetry's severity numbers for winston's levels. */
const SEVERITY: Readonly<Record<string, number>> = { debug: 5, info: 9, warn: 13, error: 17 };

export type LogCategory = 'app' | 'session_snapshot';

/** What tells one log stream from another. */
export interface LogStream {
  /** What the manifest counts its lines under. */
  readonly category: LogCategory;
  /** The name of the instrumentation scope. */
  readonly name: string;
  readonly resource: Attributes;
}

export interface LogLine {
  readonly stream: LogStream;
  /** µs since the epoch. */
  readonly timeUs: number;
  readonly level?: string;
  readonly text: string;
  readonly traceId?: string | undefined;
  readonly spanId?: string | undefined;
}

export interface LogCollectorOptions {
  readonly verdict: (traceId: string) => Verdict;
  /** Takes the pieces of `logs.jsonl`, in order; each is gone after the call. */
  readonly onBytes: (bytes: Uint8Array) => void;
}

export class LogCollector {
  /** Lines written. */
  readonly counts: Record<LogCategory, number> = { app: 0, session_snapshot: 0 };
  readonly #options: LogCollectorOptions;
  #waiting: LogLine[] = [];
  #head = 0;
  readonly #parts = new Map<LogStream, BatchBuffer>();
  /** Those of the request that is being written, in the order of their first lines. */
  readonly #request: BatchBuffer[] = [];
  #records = 0;

  constructor(options: LogCollectorOptions) {
    this.#options = options;
  }

  add(line: LogLine): void {
    this.#waiting.push(line);
  }

  /** Whether lines still wait for a trace to finish. */
  get isWaiting(): boolean {
    return this.#head < this.#waiting.length;
  }

  /** Passes on the oldest lines, up to the first whose trace is still open. */
  settle(): void {
    for (; this.#head < this.#waiting.length; this.#head++) {
      const line = this.#waiting[this.#head] as LogLine;
      const verdict = line.traceId === undefined ? 'exported' : this.#options.verdict(line.traceId);
      if (verdict === 'open') break;
      if (verdict === 'exported') this.#write(line);
    }
    this.#waiting = this.#waiting.slice(this.#head);
    this.#head = 0;
  }

  /** Passes on all that is left, without the lines of traces that never finished. */
  flush(): void {
    const left = this.#waiting;
    this.#waiting = [];
    for (const line of left) {
      if (line.traceId === undefined || this.#options.verdict(line.traceId) === 'exported') this.#write(line);
    }
    if (this.#records > 0) this.#writeRequest();
  }

  #write(line: LogLine): void {
    const { stream } = line;
    const part = getOrMake(this.#parts, stream, () => new BatchBuffer(BUFFER_BYTES));
    if (part.length > 0) {
      part.write(`,${encodeRecord(line)}`);
    } else {
      part.write(this.#request.length === 0 ? '{"resourceLogs":[' : ',');
      part.write(recordsOfResource(stream.resource, stream.name));
      part.write(encodeRecord(line));
      this.#request.push(part);
    }
    this.counts[stream.category]++;
    if (++this.#records >= RECORDS_PER_REQUEST) this.#writeRequest();
  }

  #writeRequest(): void {
    const last = this.#request.at(-1);
    for (const part of this.#request) {
      part.write(part === last ? `${endOfResource}]}\n` : endOfResource);
      this.#options.onBytes(part.take());
    }
    this.#request.length = 0;
    this.#records = 0;
  }
}

function encodeRecord({ timeUs, level, text, traceId, spanId }: LogLine): string {
  const time = `${timeUs}000`;
  const severity =
    level === undefined ? '' : `"severityNumber":${SEVERITY[level] ?? 0},"severityText":"${level}",`;
  const context = traceId === undefined ? '' : `,"traceId":"${traceId}","spanId":"${spanId}"`;
  return (
    `{"timeUnixNano":"${time}","observedTimeUnixNano":"${time}",${severity}` +
    `"body":{"stringValue":${JSON.stringify(text)}}${context}}`
  );
}
