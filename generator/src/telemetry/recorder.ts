/**
 * Everything that is emitted in a run, on its way to the run's files: spans by whole traces, log lines in order, one
 * column of samples for each series. Only what belongs to the window passes.
 */
import type { SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { LogCollector, type LogLine, type LogStream } from './log-collector.js';
import type { Manifest } from './run-files.js';
import { ScrapeStore } from './scrapes.js';
import { SpanCounters } from './service-graph.js';
import { TraceCollector } from './trace-collector.js';

/** Longer than any trace of the app lasts. */
const VERDICTS_KEPT_US = 300e6;

export type Output = 'traces' | 'logs' | 'metrics';

export interface RecorderOptions {
  /** µs since the epoch, whole. */
  readonly nowUs: () => number;
  readonly window: { readonly startUs: number; readonly endUs: number };
  /** Takes pieces of the three files, each file's in order; each piece is gone after the call. */
  readonly write: (output: Output, bytes: Uint8Array) => void;
}

/** One target's answer to a scrape. */
export interface Exposition {
  readonly text: string;
  /** Labels that the scrape sets, e.g. `job="api",instance="api:8080"`. */
  readonly target: string;
}

export class Recorder {
  readonly #options: RecorderOptions;
  readonly #traces: TraceCollector;
  readonly #logs: LogCollector;
  readonly #scrapes = new ScrapeStore((traceId) => this.#traces.verdict(traceId));
  readonly #spanCounters = new SpanCounters();
  #verdictsForgottenUs = 0;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#traces = new TraceCollector({
      inWindow: () => this.#isInWindow(options.nowUs()),
      onTrace: (trace) => this.#spanCounters.add(trace),
      onBytes: (bytes) => options.write('traces', bytes),
    });
    this.#logs = new LogCollector({
      verdict: (traceId) => this.#traces.verdict(traceId),
      onBytes: (bytes) => options.write('logs', bytes),
    });
  }

  /** What a service's tracer sends its spans to. */
  spanProcessor(service: string): SpanProcessor {
    return this.#traces.processor(service);
  }

  addLog(stream: LogStream, line: Omit<LogLine, 'stream' | 'timeUs'>): void {
    const timeUs = this.#options.nowUs();
    if (this.#isInWindow(timeUs)) this.#logs.add({ stream, timeUs, ...line });
  }

  /** Takes one scrape of all targets, now. */
  addScrape(expositions: readonly Exposition[]): void {
    this.#scrapes.begin(this.#options.nowUs() / 1000);
    for (const { text, target } of expositions) this.#scrapes.addExposition(text, target);
    for (const sample of this.#spanCounters.samples()) {
      this.#scrapes.addSample(sample, SPAN_METRIC_HELP[sample.family] ?? '');
    }
  }

  /**
   * Passes on what no longer has to wait; to be called now and then.
   * @throws {Error} when a span outlived its trace's root
   */
  settle(): void {
    this.#traces.checkComplete();
    this.#logs.settle();
    const nowUs = this.#options.nowUs();
    if (nowUs - this.#verdictsForgottenUs < VERDICTS_KEPT_US) return;
    this.#traces.forgetOldVerdicts();
    this.#verdictsForgottenUs = nowUs;
  }

  /** Passes on all that is left of the window. */
  finish(): Manifest['counts'] {
    this.#traces.flush();
    this.#logs.flush();
    this.#scrapes.finish();
    for (const text of this.#scrapes.openMetrics()) {
      this.#options.write('metrics', new TextEncoder().encode(text));
    }
    const { traces, spans } = this.#traces;
    const { series, samples, exemplars } = this.#scrapes;
    return { traces, spans, log_lines: this.#logs.counts, series, samples, exemplars };
  }

  /** The window is open at its start and closed at its end, as a counter's increase between two scrapes is. */
  #isInWindow(timeUs: number): boolean {
    const { startUs, endUs } = this.#options.window;
    return timeUs > startUs && timeUs <= endUs;
  }
}

const SPAN_METRIC_HELP: Readonly<Record<string, string>> = {
  traces_service_graph_request: 'Requests between two nodes, counted by their client spans.',
  traces_service_graph_request_failed: 'Failed requests between two nodes.',
  traces_service_graph_request_client_seconds: 'Time between request and response, seen from the client.',
  traces_service_graph_request_server_seconds: 'Time between request and response, seen from the server.',
  traces_spanmetrics_calls: 'Spans by service, name, kind and status.',
  traces_spanmetrics_latency: 'Duration of spans in seconds.',
};
