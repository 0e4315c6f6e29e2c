import { CONNECTION_STATE, LABEL, METRIC } from 'interview-app/telemetry-names';
import type { Matcher, MetricStore } from '../reading/metric-store.js';
import { isWithin } from '../reading/run-window.js';
import { isCheckout, type Span, type Trace } from '../reading/trace.js';
import { endpointOf, type Measure, type MeasureContext, type Measured, one } from './measure.js';
import { mean, percent, rangeOf } from './statistics.js';

/** The API's connection pool in the steady incident: its gauges, and how checkouts end. */
export class PoolMeasure implements Measure {
  readonly metrics = [METRIC.poolUtilization, METRIC.activeConnections, METRIC.poolQueueDepth];
  readonly #context: MeasureContext;
  #checkouts = 0;
  #failed = 0;

  constructor(context: MeasureContext) {
    this.#context = context;
  }

  trace(trace: Trace, request: Span | undefined): void {
    const { measuring, window } = this.#context;
    if (request === undefined || endpointOf(request) === measuring.importEndpoint) return;
    for (const span of trace.spans) {
      if (span.service !== measuring.api || !isCheckout(span) || !isWithin(window.steady, span.end_us))
        continue;
      this.#checkouts++;
      if (span.failed) this.#failed++;
    }
  }

  results(metrics: MetricStore): Record<string, Measured> {
    const job = { job: this.#context.measuring.api };
    const utilization = this.#steady(metrics, METRIC.poolUtilization, job).map((share) => 100 * share);
    const inUse = this.#steady(metrics, METRIC.activeConnections, job);
    const idle = { ...job, [LABEL.state]: CONNECTION_STATE.idleInTransaction };
    const idleInTransaction = this.#steady(metrics, METRIC.activeConnections, idle);
    return {
      'pool.utilization_percent': rangeOf(utilization),
      'pool.in_use': rangeOf(inUse),
      'pool.idle_in_transaction_percent': one(percent(mean(idleInTransaction), mean(inUse))),
      'pool.queue_depth': one(mean(this.#steady(metrics, METRIC.poolQueueDepth, job))),
      'pool.failed_checkouts_percent': one(percent(this.#failed, this.#checkouts)),
    };
  }

  /** What a gauge read at the scrapes of the steady incident. */
  #steady(metrics: MetricStore, name: string, matcher: Matcher): number[] {
    const { steady, start_ms } = this.#context.window;
    const scrapes_ms = metrics.select(name, matcher)[0]?.timestamps_ms ?? [];
    return scrapes_ms
      .filter((time_ms) => isWithin(steady, (time_ms - start_ms) * 1000))
      .map((time_ms) => metrics.sumAt(name, matcher, time_ms) ?? Number.NaN);
  }
}
