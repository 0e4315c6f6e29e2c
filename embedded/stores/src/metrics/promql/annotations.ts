/** Warnings and hints beside a result. */
import { formatShort } from '../format.js';
import type { Expr } from './ast.js';
import { position, quote } from './parse-error.js';

const FORCED =
  'input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)';

/** Where and by how much counts of a histogram's buckets fell, which can only rise. */
export interface ForcedMonotonicity {
  readonly time_ms: number;
  /** Bounds of buckets. */
  readonly lowest: number;
  readonly highest: number;
  readonly difference: number;
}

interface ForcedInAll extends Omit<ForcedMonotonicity, 'time_ms'> {
  readonly metricName: string;
  readonly at: Expr;
  readonly samples: number;
  readonly from_ms: number;
  readonly to_ms: number;
}

export class Annotations {
  readonly #text: string;
  readonly #enabled: boolean;
  readonly #warnings = new Set<string>();
  readonly #infos = new Set<string>();
  readonly #forced = new Map<string, ForcedInAll>();

  constructor(text: string, enabled: boolean) {
    this.#text = text;
    this.#enabled = enabled;
  }

  get warnings(): readonly string[] {
    return [...this.#warnings];
  }

  get infos(): readonly string[] {
    if (!this.#enabled) return [];
    return [...this.#infos, ...[...this.#forced.values()].map((forced) => this.#forcedText(forced))];
  }

  invalidQuantile(quantile: number, at: Expr): void {
    if (quantile >= 0 && quantile <= 1) return;
    this.#warn(`quantile value should be between 0 and 1, got ${formatShort(quantile)}`, at);
  }

  badBucket(value: string, metricName: string, at: Expr): void {
    const message = `bucket label "le" is missing or has a malformed value of ${quote(value)}`;
    this.#warn(`${message}${forMetric(metricName)}`, at);
  }

  sortInRangeQuery(at: Expr): void {
    this.#warn('sort is ineffective for range queries since results are always ordered by labels', at);
  }

  possiblyNoCounter(metricName: string, at: Expr): void {
    const message = `metric might not be a counter, name does not end in _total/_sum/_count/_bucket: ${quote(metricName)}`;
    this.#inform(message, at);
  }

  /** Many of one expression and metric become one hint. */
  forcedMonotonicity(metricName: string, forced: ForcedMonotonicity, at: Expr): void {
    const key = `${metricName} ${position(this.#text, at.span.from)}`;
    const known = this.#forced.get(key);
    const { time_ms, lowest, highest, difference } = forced;
    this.#forced.set(key, {
      metricName,
      at,
      samples: (known?.samples ?? 0) + 1,
      from_ms: Math.min(time_ms, known?.from_ms ?? time_ms),
      to_ms: Math.max(time_ms, known?.to_ms ?? time_ms),
      lowest: Math.min(lowest, known?.lowest ?? lowest),
      highest: Math.max(highest, known?.highest ?? highest),
      difference: Math.max(difference, known?.difference ?? difference),
    });
  }

  #forcedText({ metricName, at, samples, from_ms, to_ms, lowest, highest, difference }: ForcedInAll): string {
    const buckets = `from buckets ${formatShort(lowest)} to ${formatShort(highest)}`;
    const most = formatShort(Number(difference.toPrecision(2)));
    const when = `over ${samples} samples from ${rfc3339(from_ms)} to ${rfc3339(to_ms)}`;
    const where = position(this.#text, at.span.from);
    return `PromQL info: ${FORCED}${forMetric(metricName)}, ${buckets}, with a max diff of ${most}, ${when} (${where})`;
  }

  #warn(message: string, at: Expr): void {
    if (this.#enabled)
      this.#warnings.add(`PromQL warning: ${message} (${position(this.#text, at.span.from)})`);
  }

  #inform(message: string, at: Expr): void {
    if (this.#enabled) this.#infos.add(`PromQL info: ${message} (${position(this.#text, at.span.from)})`);
  }
}

function forMetric(metricName: string): string {
  return metricName === '' ? '' : ` for metric name ${quote(metricName)}`;
}

function rfc3339(time_ms: number): string {
  return new Date(time_ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
