import type { Series } from '../../telemetry/openmetrics-reader.js';
import { increase } from '../reading/metric-store.js';
import type { RunWindow } from '../reading/run-window.js';
import { at, type Findings } from './law.js';

/** Instants at which something happened, by the labels of the counter that should have counted it. */
export class Occurrences {
  readonly #times = new Map<string, number[]>();

  add(key: string, time_us: number): void {
    const times = this.#times.get(key);
    if (times) times.push(time_us);
    else this.#times.set(key, [time_us]);
  }

  /**
   * Compares at every scrape how much the counters grew since the window's start with what happened since then. What
   * happened in the very instant of a scrape may or may not be in it.
   * @param keyOf the key of a series' labels; series of one key are added up
   */
  compare(
    findings: Findings,
    what: string,
    counters: readonly Series[],
    keyOf: (labels: Series['labels']) => string,
    { start_ms, whole }: RunWindow,
  ): void {
    const byKey = new Map<string, Series[]>([...this.#times.keys()].map((key) => [key, []]));
    const scrapes = new Set<number>([start_ms + whole.to_us / 1000]);
    for (const series of counters) {
      const key = keyOf(series.labels);
      byKey.set(key, [...(byKey.get(key) ?? []), series]);
      for (const time_ms of series.timestamps_ms) if (time_ms > start_ms) scrapes.add(time_ms);
    }
    for (const [key, series] of byKey) {
      const times = Float64Array.from(this.#times.get(key) ?? []).sort();
      for (const scrape_ms of scrapes) {
        const scrape_us = (scrape_ms - start_ms) * 1000;
        const grown = series.reduce((sum, one) => sum + increase(one, start_ms, scrape_ms), 0);
        const least = countBefore(times, scrape_us) - countBefore(times, 1);
        const most = countBefore(times, scrape_us + 1) - countBefore(times, 0);
        findings.check(
          grown >= least && grown <= most,
          () => `${what} ${key}: counter grew by ${grown} until ${at(scrape_us)}, ${most} are in the traces`,
        );
      }
    }
  }
}

/** How many of the ascending whole numbers are less than `limit`. */
export function countBefore(sorted: Float64Array, limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
