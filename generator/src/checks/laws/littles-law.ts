import { CONNECTION_STATE, LABEL, METRIC } from 'interview-app/telemetry-names';
import type { MeasureContext } from '../measures/measure.js';
import { mean } from '../measures/statistics.js';
import type { MetricStore } from '../reading/metric-store.js';
import { isWithin, length_s } from '../reading/run-window.js';
import { Findings, type Law, type LawVerdict } from './law.js';

const TOLERANCE = 0.03;
/** A gauge that changes a lot between scrapes has a mean that is known no better than this many of its standard errors. */
const STANDARD_ERRORS = 4;
const USE_TIME_SUM = `${METRIC.connectionUseTime}_sum`;

/**
 * Little's law in the steady incident: the mean number of connections in use is the time that connections were used,
 * by the histogram of their use, for each second.
 */
export class LittlesLaw implements Law {
  readonly metrics = [METRIC.connectionCount, USE_TIME_SUM];
  readonly #context: MeasureContext;

  constructor(context: MeasureContext) {
    this.#context = context;
  }

  verdict(metrics: MetricStore): LawVerdict {
    const { measuring, window } = this.#context;
    const { start_ms, steady } = window;
    const job = { job: measuring.api };
    const used = { ...job, [LABEL.state]: CONNECTION_STATE.used };
    const scraped = (metrics.select(METRIC.connectionCount, used)[0]?.timestamps_ms ?? [])
      .filter((time_ms) => isWithin(steady, (time_ms - start_ms) * 1000))
      .map((time_ms) => metrics.sumAt(METRIC.connectionCount, used, time_ms) ?? Number.NaN);
    const [from_ms, to_ms] = [start_ms + steady.from_us / 1000, start_ms + steady.to_us / 1000];
    const perSecond = metrics.increase(USE_TIME_SUM, job, from_ms, to_ms) / length_s(steady);
    const inUse = mean(scraped);
    const findings = new Findings();
    const told = `mean in use ${inUse.toFixed(1)}, use time ${perSecond.toFixed(1)} s in a second`;
    const tolerance = Math.max(TOLERANCE * inUse, STANDARD_ERRORS * standardError(scraped));
    findings.check(Math.abs(perSecond - inUse) <= tolerance, () => told);
    return findings.verdict('f', 'steady incident: connections in use = their use time per second (3 %)', {
      note: told,
    });
  }
}

function standardError(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)) / values.length);
}
