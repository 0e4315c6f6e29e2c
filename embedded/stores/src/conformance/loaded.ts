/** What a `promqltest` script has loaded so far. */
import { METRIC_NAME } from '../metrics/labels.js';
import { children, type Expr } from '../metrics/promql/ast.js';
import { MetricsStore } from '../metrics/store.js';
import type { SeriesLine } from './notation.js';
import type { Load } from './script.js';

export class Loaded {
  readonly store = new MetricsStore();
  /** Metrics of which there are native histograms or start timestamps, which are not here. */
  readonly #native = new Set<string>();

  load({ step_ms, native, series }: Load): void {
    // Of a series that is given twice the last counts.
    const last = new Map(series.filter(isSupported).map((line) => [line.labels.key, line]));
    for (const line of series) if (!isSupported(line)) this.#native.add(line.labels.metricName);
    for (const { labels, points } of last.values()) {
      const name = labels.metricName;
      if (native) this.#native.add(name.replace(/_(bucket|count|sum)$/, ''));
      const times: number[] = [];
      const values: number[] = [];
      const staleTimes: number[] = [];
      points.forEach((point, index) => {
        if (point.kind === 'stale') staleTimes.push(index * step_ms);
        if (point.kind !== 'value') return;
        times.push(index * step_ms);
        values.push(point.value);
      });
      if (times.length === 0) continue;
      const columns = { times: Float64Array.from(times), values: Float64Array.from(values) };
      this.store.append([{ labels, ...columns, staleTimes, exemplars: [] }]);
    }
  }

  /** Whether any selector may select a native histogram. */
  concernsNative(expr: Expr): boolean {
    if (expr.kind !== 'selector') return children(expr).some((child) => this.concernsNative(child));
    const names = expr.matchers.filter(({ name }) => name === METRIC_NAME);
    return [...this.#native].some((name) => names.every(({ matches }) => matches(name)));
  }
}

/** Whether it is of floats alone. */
export function isSupported({ points }: SeriesLine): boolean {
  return points.every(({ kind }) => kind !== 'unsupported');
}
