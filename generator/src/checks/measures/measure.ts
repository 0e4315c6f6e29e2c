import type { Measuring } from '../../scenario/measuring.js';
import type { MetricStore } from '../reading/metric-store.js';
import type { AppLine, SessionLine } from '../reading/read-logs.js';
import type { RunWindow } from '../reading/run-window.js';
import type { Span, Trace } from '../reading/trace.js';

/** What came out of measuring: one number (`low` = `high`), or a range of which all has to be accepted. */
export interface Measured {
  readonly low: number;
  readonly high: number;
  /** Something worth knowing beside it, in a few words. */
  readonly note?: string;
}

/**
 * Is shown a run once: all traces, then all log lines, then asked with the metrics at hand. Keeps what it needs and
 * no more, since a run holds half a million spans.
 */
export interface Observer {
  /** Names of the samples that it asks the store for. */
  readonly metrics?: readonly string[];
  /** @param request the API's root SERVER span, when the trace is a request to it */
  trace?(trace: Trace, request: Span | undefined): void;
  line?(line: AppLine): void;
  session?(line: SessionLine): void;
}

export interface Measure extends Observer {
  results(metrics: MetricStore): Readonly<Record<string, Measured>>;
}

export interface MeasureContext {
  readonly window: RunWindow;
  readonly measuring: Measuring;
  /** Of the run: multiplies what is counted per second or at once. */
  readonly scale: number;
}

export function one(value: number, note?: string): Measured {
  return note === undefined ? { low: value, high: value } : { low: value, high: value, note };
}

export function endpointOf({ method, route }: Span): string {
  return `${method} ${route}`;
}
