import { EVENT, LABEL, METRIC } from 'interview-app/telemetry-names';
import type { MeasureContext } from '../measures/measure.js';
import type { MetricStore } from '../reading/metric-store.js';
import type { AppLine } from '../reading/read-logs.js';
import { KIND, type Span, type Trace } from '../reading/trace.js';
import { Occurrences } from './counters.js';
import { at, Findings, type Law, type LawVerdict } from './law.js';

/** Each finished request has one root SERVER span, one access line, and was counted once. */
export class OneOfEach implements Law {
  readonly metrics = [METRIC.httpRequests];
  readonly #context: MeasureContext;
  readonly #findings = new Findings();
  /** Access lines by trace. */
  readonly #lines = new Map<string, number>();
  readonly #finished = new Occurrences();

  constructor(context: MeasureContext) {
    this.#context = context;
  }

  trace({ id, spans }: Trace, request: Span | undefined): void {
    if (request === undefined) return;
    const { api } = this.#context.measuring;
    const servers = spans.filter((span) => span.kind === KIND.server && span.service === api);
    this.#findings.check(servers.length === 1, () => `trace ${id} has ${servers.length} requests to the API`);
    this.#lines.set(id, (this.#lines.get(id) ?? 0) - servers.length);
    for (const { method, route, status, end_us } of servers) {
      this.#finished.add(`${method} ${route} ${status}`, end_us);
    }
  }

  line({ service, event, traceId, time_us }: AppLine): void {
    if (event !== EVENT.requestCompleted || service !== this.#context.measuring.api) return;
    const balance = this.#lines.get(traceId);
    if (balance !== undefined) this.#lines.set(traceId, balance + 1);
    else this.#findings.check(false, () => `access line at ${at(time_us)} without a request in the traces`);
  }

  verdict(metrics: MetricStore): LawVerdict {
    const { measuring, window } = this.#context;
    for (const [id, balance] of this.#lines) {
      this.#findings.check(balance === 0, () => `trace ${id} has ${balance + 1} access lines`);
    }
    const counters = metrics.select(METRIC.httpRequests, { job: measuring.api });
    this.#finished.compare(
      this.#findings,
      METRIC.httpRequests,
      counters,
      (labels) => `${labels[LABEL.method]} ${labels[LABEL.route]} ${labels[LABEL.statusCode]}`,
      window,
    );
    return this.#findings.verdict('b', 'each request: one root span, one access line, one count');
  }
}
