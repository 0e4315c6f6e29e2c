/** What a store must hold after the load: counted while the files pass by, compared with the store's own answers. */
import { type LokiStream, streamSelector } from '../sinks/loki-streams.js';
import type { Series } from '../telemetry/openmetrics-reader.js';
import { attributeText, type TraceBatch } from '../telemetry/run-files.js';

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

export interface SampledTrace {
  readonly id: string;
  readonly spans: number;
  readonly start_ns: bigint;
  readonly end_ns: bigint;
}

/** Counts of spans by service, and a sample of whole traces, the oldest and the newest among them. */
export class ExpectedTraces {
  readonly spansOfService = new Map<string, number>();
  traces = 0;
  spans = 0;
  readonly #every: number;
  readonly #sampled: SampledTrace[] = [];
  #oldest: SampledTrace | undefined;
  #newest: SampledTrace | undefined;

  /**
   * @param traces how many there are in all
   * @param samples how many of them to keep, evenly spread over the file
   */
  constructor({ traces, samples }: { readonly traces: number; readonly samples: number }) {
    this.#every = Math.max(1, Math.floor(traces / samples));
  }

  /** @param batch whole traces: one that went on in another batch would be counted twice */
  add(batch: TraceBatch): void {
    for (const trace of this.#tracesOf(batch)) {
      if (this.traces++ % this.#every === 0) this.#sampled.push(trace);
      if (!this.#oldest || trace.start_ns < this.#oldest.start_ns) this.#oldest = trace;
      if (!this.#newest || trace.end_ns > this.#newest.end_ns) this.#newest = trace;
    }
  }

  get sampled(): readonly SampledTrace[] {
    const all = [this.#oldest, this.#newest, ...this.#sampled].filter((trace) => trace !== undefined);
    return [...new Map(all.map((trace) => [trace.id, trace])).values()];
  }

  /** Oldest start and newest end, which a narrow search must find. Empty before the first batch. */
  get ends(): readonly SampledTrace[] {
    return [this.#oldest, this.#newest].filter((trace) => trace !== undefined);
  }

  #tracesOf(batch: TraceBatch): Iterable<SampledTrace> {
    const traces = new Map<string, { id: string; spans: number; start_ns: bigint; end_ns: bigint }>();
    for (const { resource, scopeSpans } of batch.resourceSpans) {
      const service = attributeText(resource.attributes, 'service.name') ?? '';
      for (const { spans } of scopeSpans) {
        this.spans += spans.length;
        this.spansOfService.set(service, (this.spansOfService.get(service) ?? 0) + spans.length);
        for (const span of spans) {
          const start_ns = BigInt(span.startTimeUnixNano);
          const end_ns = BigInt(span.endTimeUnixNano);
          const trace = traces.get(span.traceId);
          if (!trace) {
            traces.set(span.traceId, { id: span.traceId, spans: 1, start_ns, end_ns });
            continue;
          }
          trace.spans++;
          if (start_ns < trace.start_ns) trace.start_ns = start_ns;
          if (end_ns > trace.end_ns) trace.end_ns = end_ns;
        }
      }
    }
    return traces.values();
  }
}
