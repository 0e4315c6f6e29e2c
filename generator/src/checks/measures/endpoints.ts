import { isWithin } from '../reading/run-window.js';
import { type Span, seconds, type Trace } from '../reading/trace.js';
import { endpointOf, type Measure, type MeasureContext, type Measured, one } from './measure.js';
import { quantile, rangeOf } from './statistics.js';

interface Durations {
  readonly baseline_ms: number[];
  readonly steady_ms: number[];
}

/** P99 of each endpoint's duration, before the incident and in its steady part. */
export class EndpointMeasure implements Measure {
  readonly #context: MeasureContext;
  readonly #endpoints = new Map<string, Durations>();

  constructor(context: MeasureContext) {
    this.#context = context;
  }

  trace(_trace: Trace, request: Span | undefined): void {
    if (request === undefined) return;
    const endpoint = endpointOf(request);
    const { baseline, steady } = this.#context.window;
    let durations = this.#endpoints.get(endpoint);
    if (durations === undefined) {
      durations = { baseline_ms: [], steady_ms: [] };
      this.#endpoints.set(endpoint, durations);
    }
    if (isWithin(baseline, request.end_us)) durations.baseline_ms.push(seconds(request) * 1000);
    else if (isWithin(steady, request.end_us)) durations.steady_ms.push(seconds(request) * 1000);
  }

  results(): Record<string, Measured> {
    const { measuring, scale } = this.#context;
    const { baseline_ms, steady_ms, requests } = measuring.endpointP99;
    const counted = [...this.#endpoints]
      .filter(([endpoint]) => !measuring.uncountedEndpoints.includes(endpoint))
      .filter(([, durations]) => durations.baseline_ms.length >= requests * scale)
      .map(([endpoint, durations]) => ({
        endpoint,
        before: quantile(durations.baseline_ms, 0.99),
        during: quantile(durations.steady_ms, 0.99),
      }));
    const meets = (value: number, { min, max }: { min: number; max: number }) => value >= min && value <= max;
    const met = counted.filter(
      ({ before, during }) => meets(before, baseline_ms) && meets(during, steady_ms),
    );
    const missed = counted.filter((endpoint) => !met.includes(endpoint)).map(({ endpoint }) => endpoint);
    const span = (values: readonly number[], digits: number) => {
      const { low, high } = rangeOf(values);
      return `${low.toFixed(digits)}-${high.toFixed(digits)}`;
    };
    const before = span(
      counted.map((endpoint) => endpoint.before),
      0,
    );
    const during = span(
      counted.map((endpoint) => endpoint.during / 1000),
      1,
    );
    const others = missed.length === 0 ? '' : `; outside: ${missed.join(', ')}`;
    return { 'endpoints.p99_met': one(met.length, `${before} ms, then ${during} s${others}`) };
  }
}
