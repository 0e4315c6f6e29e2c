import type { MetricStore } from '../reading/metric-store.js';
import { isStatement, type Trace } from '../reading/trace.js';
import { type Measure, type MeasureContext, type Measured, one } from './measure.js';
import { Counts, percent, rangeOf } from './statistics.js';

const CPU_SECONDS = 'node_cpu_seconds_total';
const MINUTE_ms = 60_000;

/** The database's health: CPU of its host, and how long statements take. */
export class DatabaseMeasure implements Measure {
  readonly metrics = [CPU_SECONDS];
  readonly #context: MeasureContext;
  readonly #statements_us = new Counts();

  constructor(context: MeasureContext) {
    this.#context = context;
  }

  trace(trace: Trace): void {
    for (const span of trace.spans) {
      if (isStatement(span) && span.service === this.#context.measuring.api) {
        this.#statements_us.add(span.end_us - span.start_us);
      }
    }
  }

  results(metrics: MetricStore): Record<string, Measured> {
    return {
      'database.cpu_percent': rangeOf(this.#minutes(metrics)),
      'database.statement_p95_ms': one(this.#statements_us.quantile(0.95) / 1000),
    };
  }

  /** CPU in use in the minute before each scrape. */
  #minutes(metrics: MetricStore): number[] {
    const { start_ms } = this.#context.window;
    const scrapes_ms = metrics.select(CPU_SECONDS)[0]?.timestamps_ms ?? [];
    return scrapes_ms
      .filter((time_ms) => time_ms >= start_ms + MINUTE_ms)
      .map((time_ms) => {
        const all = metrics.increase(CPU_SECONDS, {}, time_ms - MINUTE_ms, time_ms);
        const idle = metrics.increase(CPU_SECONDS, { mode: 'idle' }, time_ms - MINUTE_ms, time_ms);
        return 100 - percent(idle, all);
      });
  }
}
