import type { MeasureContext } from '../measures/measure.js';
import type { MetricStore } from '../reading/metric-store.js';
import { KIND, type Trace } from '../reading/trace.js';
import { Occurrences } from './counters.js';
import { Findings, type Law, type LawVerdict } from './law.js';

const REQUESTS = 'traces_service_graph_request_total';
const FAILED = 'traces_service_graph_request_failed_total';

/** The service graph's counters are the CLIENT spans of the finished traces, by edge and route. */
export class ServiceGraph implements Law {
  readonly metrics = [REQUESTS, FAILED];
  readonly #context: MeasureContext;
  readonly #requests = new Occurrences();
  readonly #failed = new Occurrences();

  constructor(context: MeasureContext) {
    this.#context = context;
  }

  trace({ spans }: Trace): void {
    const finished_us = spans.find(({ parentId }) => parentId === '')?.end_us ?? 0;
    const answering = new Map<string, string>();
    for (const span of spans) if (span.kind === KIND.server) answering.set(span.parentId, span.service);
    for (const span of spans) {
      if (span.kind !== KIND.client) continue;
      const service = answering.get(span.spanId);
      const type = service !== undefined ? '' : span.database !== '' ? 'database' : 'virtual_node';
      const key = `${span.service} > ${service ?? span.peer} (${type}) ${span.route}`;
      this.#requests.add(key, finished_us);
      if (span.failed) this.#failed.add(key, finished_us);
    }
  }

  verdict(metrics: MetricStore): LawVerdict {
    const findings = new Findings();
    const keyOf = (labels: Readonly<Record<string, string>>) =>
      `${labels.client} > ${labels.server} (${labels.connection_type ?? ''}) ${labels.client_http_route ?? ''}`;
    for (const [name, occurrences] of [
      [REQUESTS, this.#requests] as const,
      [FAILED, this.#failed] as const,
    ]) {
      occurrences.compare(findings, name, metrics.select(name), keyOf, this.#context.window);
    }
    return findings.verdict('h', 'service graph counters = CLIENT spans, and failed ones');
  }
}
