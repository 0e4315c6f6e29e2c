import { EVENT, LABEL, METRIC } from 'interview-app/telemetry-names';
import { endpointOf, type MeasureContext } from '../measures/measure.js';
import type { MetricStore } from '../reading/metric-store.js';
import type { AppLine } from '../reading/read-logs.js';
import type { Span, Trace } from '../reading/trace.js';
import { Occurrences } from './counters.js';
import { at, Findings, type Law, type LawVerdict } from './law.js';

const KEY = '5xx';

/** Requests that ended in 5xx: the same ones in spans and in the error lines, and as many in the counters. */
export class ServerErrors implements Law {
  readonly metrics = [METRIC.httpRequests];
  readonly #context: MeasureContext;
  readonly #findings = new Findings();
  readonly #failed = new Map<string, { readonly request: Span; lines: number }>();
  readonly #finished = new Occurrences();

  constructor(context: MeasureContext) {
    this.#context = context;
  }

  trace({ id }: Trace, request: Span | undefined): void {
    if (request === undefined || !request.status.startsWith('5')) return;
    this.#failed.set(id, { request, lines: 0 });
    this.#finished.add(KEY, request.end_us);
  }

  line({ event, traceId, time_us }: AppLine): void {
    if (event !== EVENT.requestTimeout) return;
    const failed = this.#failed.get(traceId);
    if (failed) failed.lines++;
    else
      this.#findings.check(false, () => `error line at ${at(time_us)}: trace ${traceId} did not end in 5xx`);
  }

  verdict(metrics: MetricStore): LawVerdict {
    const { measuring, window } = this.#context;
    for (const [id, { request, lines }] of this.#failed) {
      this.#findings.check(
        lines === 1,
        () => `trace ${id} (${endpointOf(request)}) ended in ${request.status} and has ${lines} error lines`,
      );
    }
    const isError = (status: string) => status.startsWith('5');
    const counters = metrics.select(METRIC.httpRequests, { job: measuring.api, [LABEL.statusCode]: isError });
    this.#finished.compare(this.#findings, METRIC.httpRequests, counters, () => KEY, window);
    return this.#findings.verdict('c', 'requests that end in 5xx = counted ones = their error lines');
  }
}
