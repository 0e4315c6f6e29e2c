import { CONNECTION_STATE, LABEL, METRIC } from 'interview-app/telemetry-names';
import type { MeasureContext } from '../measures/measure.js';
import type { MetricStore } from '../reading/metric-store.js';
import type { SessionLine } from '../reading/read-logs.js';
import { isCheckout, type Trace } from '../reading/trace.js';
import { countBefore } from './counters.js';
import { at, Findings, type Law, type LawVerdict } from './law.js';

/** A checkout that is this short did not wait for anybody, but perhaps for a connection to be opened for it. */
const OPENING_us = 100_000;

/** What the pool's gauges read at a scrape is the number of loans that, by the spans, were open at that instant. */
export class PoolGauge implements Law {
  readonly metrics = [
    METRIC.poolUtilization,
    METRIC.connectionMax,
    METRIC.connectionCount,
    METRIC.activeConnections,
  ];
  readonly #context: MeasureContext;
  readonly #traces: ReadonlySet<string>;
  readonly #loans = new Intervals();
  readonly #opening = new Intervals();
  /** Sessions in use by requests that are in no trace, not being finished at the window's end; by snapshot. */
  readonly #unfinished = new Map<number, number>();

  constructor(context: MeasureContext, traces: ReadonlySet<string>) {
    this.#context = context;
    this.#traces = traces;
  }

  trace(trace: Trace): void {
    const { api } = this.#context.measuring;
    for (const { connect, from_us, to_us } of trace.loans) {
      if (connect.service === api) this.#loans.add(from_us, to_us);
    }
    for (const span of trace.spans) {
      const isOpening = isCheckout(span) && !span.failed && span.end_us - span.start_us <= OPENING_us;
      if (isOpening && span.service === api) this.#opening.add(span.start_us, span.end_us);
    }
  }

  session({ application, state, traceId, time_us }: SessionLine): void {
    const { api } = this.#context.measuring;
    if (application !== api || state === CONNECTION_STATE.idle || this.#traces.has(traceId)) return;
    this.#unfinished.set(time_us, (this.#unfinished.get(time_us) ?? 0) + 1);
  }

  verdict(metrics: MetricStore): LawVerdict {
    const findings = new Findings();
    const job = { job: this.#context.measuring.api };
    const { start_ms } = this.#context.window;
    let exact = 0;
    for (const time_ms of metrics.select(METRIC.poolUtilization, job)[0]?.timestamps_ms ?? []) {
      const read = (name: string, matcher: Record<string, string> = {}) =>
        metrics.sumAt(name, { ...job, ...matcher }, time_ms) ?? Number.NaN;
      const max = read(METRIC.connectionMax);
      const { least, most } = this.#loansAt((time_ms - start_ms) * 1000, max);
      const gauges = {
        [METRIC.poolUtilization]: Math.round(read(METRIC.poolUtilization) * max * 1e6) / 1e6,
        [METRIC.connectionCount]: read(METRIC.connectionCount, { [LABEL.state]: CONNECTION_STATE.used }),
        [METRIC.activeConnections]: read(METRIC.activeConnections),
      };
      for (const [name, used] of Object.entries(gauges)) {
        if (least === most) exact++;
        const loans = least === most ? `${least}` : `${least} to ${most}`;
        findings.check(
          used >= least && used <= most,
          () => `${name} says ${used} in use at ${at((time_ms - start_ms) * 1000)}, by the spans ${loans}`,
        );
      }
    }
    return findings.verdict('e', 'pool gauges at each scrape = loans open in the spans', {
      note: `${exact} exactly; the others but for what happened in that very instant`,
    });
  }

  /** A loan that begins or ends in this very instant may be counted or not, and so may a connection being opened. */
  #loansAt(time_us: number, max: number): { least: number; most: number } {
    const unfinished = this.#unfinished.get(time_us) ?? 0;
    const least = this.#loans.around(time_us) + unfinished;
    const most = this.#loans.touching(time_us) + this.#opening.around(time_us) + unfinished;
    return { least, most: Math.max(least, Math.min(most, max)) };
  }
}

/** Intervals of whole µs, asked how many of them hold an instant. Empty ones hold none. */
class Intervals {
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  #sorted: { readonly from: Float64Array; readonly to: Float64Array } | undefined;

  add(from_us: number, to_us: number): void {
    if (to_us <= from_us) return;
    this.#from.push(from_us);
    this.#to.push(to_us);
    this.#sorted = undefined;
  }

  /** Those that began before the instant and end after it. */
  around(time_us: number): number {
    const { from, to } = this.#ends;
    return countBefore(from, time_us) - countBefore(to, time_us + 1);
  }

  /** Those too that begin or end in this instant. */
  touching(time_us: number): number {
    const { from, to } = this.#ends;
    return countBefore(from, time_us + 1) - countBefore(to, time_us);
  }

  get #ends() {
    this.#sorted ??= { from: Float64Array.from(this.#from).sort(), to: Float64Array.from(this.#to).sort() };
    return this.#sorted;
  }
}
