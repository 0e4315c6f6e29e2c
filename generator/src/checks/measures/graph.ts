import { LABEL, METRIC } from 'interview-app/telemetry-names';
import type { MetricStore } from '../reading/metric-store.js';
import { type Interval, length_s } from '../reading/run-window.js';
import { type Measure, type MeasureContext, type Measured, one } from './measure.js';

const REQUESTS = 'traces_service_graph_request_total';
const CLIENT_SECONDS = 'traces_service_graph_request_client_seconds';

/** The edges of the service graph, and the latency that the API sees at the outside service. */
export class GraphMeasure implements Measure {
  readonly metrics = [
    REQUESTS,
    `${CLIENT_SECONDS}_sum`,
    `${CLIENT_SECONDS}_count`,
    `${METRIC.externalApiCallLatency}_sum`,
    `${METRIC.externalApiCallLatency}_count`,
  ];
  readonly #context: MeasureContext;

  constructor(context: MeasureContext) {
    this.#context = context;
  }

  results(metrics: MetricStore): Record<string, Measured> {
    const { measuring, window } = this.#context;
    const { api, externalService } = measuring;
    const { whole, baseline, steady } = window;
    const grown = (name: string, matcher: Record<string, string>, { from_us, to_us }: Interval) =>
      metrics.increase(name, matcher, window.start_ms + from_us / 1000, window.start_ms + to_us / 1000);
    const database = { client: api, connection_type: 'database' };
    const outside = { client: api, server: externalService };
    const calls = { job: api, [LABEL.service]: externalService };
    const spent_s = grown(`${CLIENT_SECONDS}_sum`, outside, steady);
    const latency = METRIC.externalApiCallLatency;
    return {
      'graph.database_calls_per_s': one(grown(REQUESTS, database, baseline) / length_s(baseline)),
      'graph.external_in_flight': one(spent_s / length_s(steady)),
      'graph.external_latency_s': one(spent_s / grown(`${CLIENT_SECONDS}_count`, outside, steady)),
      'external.latency_s': one(
        grown(`${latency}_sum`, calls, whole) / grown(`${latency}_count`, calls, whole),
      ),
    };
  }
}
