/** What a store must hold after the load: counted while the files pass by, compared with the store's own answers. */
import { type LokiStream, streamSelector } from '../sinks/loki-streams.js';
import type { Series } from '../telemetry/openmetrics-reader.js';

export interface MetricCount {
  readonly name: string;
  readonly job: string;
  readonly instance: string;
  series: number;
  samples: number;
  exemplars: number;
}

/** Counts of series by metric name, job and instance: the labels that tell this run from others in the same store. */
export class ExpectedMetrics {
  readonly #counts = new Map<string, MetricCount>();
  /** Time of the oldest exemplar: one may be older than the sample that carries it, and so than the window. */
  oldestExemplar_ms = Number.POSITIVE_INFINITY;

  add({ name, labels, values, exemplars }: Pick<Series, 'name' | 'labels' | 'values' | 'exemplars'>): void {
    this.oldestExemplar_ms = Math.min(
      this.oldestExemplar_ms,
      exemplars[0]?.timestamp_ms ?? this.oldestExemplar_ms,
    );
    const { job = '', instance = '' } = labels;
    const key = JSON.stringify([name, job, instance]);
    const count = this.#counts.get(key) ?? { name, job, instance, series: 0, samples: 0, exemplars: 0 };
    this.#counts.set(key, count);
    count.series++;
    count.samples += values.length;
    count.exemplars += exemplars.length;
  }

  get counts(): readonly Readonly<MetricCount>[] {
    return [...this.#counts.values()];
  }
}

/** Counts of lines by stream. */
export class ExpectedLogs {
  readonly lines = new Map<string, number>();

  add({ labels, entries }: LokiStream): void {
    const selector = streamSelector(labels);
    this.lines.set(selector, (this.lines.get(selector) ?? 0) + entries.length);
  }
}
