import { isWithin, length_s } from '../reading/run-window.js';
import { isCheckout, type Span, seconds, type Trace } from '../reading/trace.js';
import { holdsThroughCall } from './imports.js';
import { endpointOf, type Measure, type MeasureContext, type Measured, one } from './measure.js';
import { percent, quantile } from './statistics.js';

/** Kinds of requests by how they went; `other` is what the scenario has no place for. */
type Kind = 'normal' | 'timeout' | 'slow' | 'import' | 'other';

/** A timer's delay is cut to whole ms, so a wait may end that much early. */
const TIMER_s = 0.001;

/** How the API's requests went: shares of their kinds, error rate, rate. */
export class RequestMeasure implements Measure {
  readonly #context: MeasureContext;
  readonly #kinds: Record<Kind, number> = { normal: 0, timeout: 0, slow: 0, import: 0, other: 0 };
  readonly #normal_ms: number[] = [];
  readonly #versions = new Set<string>();
  #requests = 0;
  #clientErrors = 0;
  #baseline = 0;
  #incident = 0;
  #steady = 0;
  #steadyErrors = 0;

  constructor(context: MeasureContext) {
    this.#context = context;
  }

  trace(trace: Trace, request: Span | undefined): void {
    if (request === undefined) return;
    const { baseline, incident, steady } = this.#context.window;
    const status = Number(request.status);
    this.#requests++;
    this.#versions.add(request.serviceVersion);
    if (status >= 400 && status < 500) this.#clientErrors++;
    if (isWithin(baseline, request.end_us)) this.#baseline++;
    if (isWithin(incident, request.end_us)) this.#incident++;
    if (isWithin(steady, request.end_us)) {
      this.#steady++;
      if (status >= 500) this.#steadyErrors++;
    }
    const kind = this.#kindOf(trace, request);
    this.#kinds[kind]++;
    if (kind === 'normal') this.#normal_ms.push(seconds(request) * 1000);
  }

  results(): Record<string, Measured> {
    const { baseline, incident } = this.#context.window;
    const share = (count: number) => one(percent(count, this.#requests));
    const before = this.#baseline / length_s(baseline);
    const during = this.#incident / length_s(incident);
    return {
      'requests.traces': one(this.#requests),
      'requests.normal_percent': share(this.#kinds.normal),
      'requests.normal_ms': { low: quantile(this.#normal_ms, 0.05), high: quantile(this.#normal_ms, 0.95) },
      'requests.timeout_percent': share(this.#kinds.timeout),
      'requests.slow_percent': share(this.#kinds.slow),
      'requests.import_percent': share(this.#kinds.import),
      'requests.client_error_percent': share(this.#clientErrors),
      'requests.steady_error_percent': one(percent(this.#steadyErrors, this.#steady)),
      'requests.rate_change_percent': one(percent(during, before) - 100),
      'requests.versions': one(this.#versions.size),
    };
  }

  #kindOf(trace: Trace, request: Span): Kind {
    const { measuring } = this.#context;
    const status = Number(request.status);
    const checkouts = trace.spans.filter((span) => isCheckout(span) && span.service === measuring.api);
    if (status >= 500) {
      const gaveUp = (span: Span) => span.failed && seconds(span) >= measuring.longestWait_s - TIMER_s;
      return checkouts.some(gaveUp) ? 'timeout' : 'other';
    }
    if (status < 400 && endpointOf(request) === measuring.importEndpoint) {
      return trace.transactions.some((transaction) => holdsThroughCall(trace, transaction, measuring))
        ? 'import'
        : 'other';
    }
    const waited_s = checkouts.reduce((sum, span) => sum + seconds(span), 0);
    return waited_s >= measuring.slowWait_s ? 'slow' : 'normal';
  }
}
