import { Counter, Gauge, Histogram, type OpenMetricsContentType, Registry } from 'prom-client';
import type { Pool, PoolObserver } from './database/pool.js';
import { CONNECTION_STATE, LABEL, METRIC } from './telemetry-names.js';

const REQUEST_BOUNDS_S = [0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2.5, 5, 8, 10, 12, 15, 20, 30];
const QUERY_BOUNDS_S = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];
const EXTERNAL_BOUNDS_S = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 18, 20, 22, 25, 30, 60];
const POOL_BOUNDS_S = [0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 20, 25, 30, 60];

/** Ids of a trace that shows what an observation was about. */
export interface Exemplar {
  readonly traceId: string;
  readonly spanId: string;
}

type ExemplarLabel = 'trace_id' | 'span_id';

/** The numbers of one process, in a registry of their own. */
export class Metrics implements PoolObserver {
  readonly #registry = openMetricsRegistry();
  readonly #registers = [this.#registry];

  readonly #requests = new Counter({
    name: METRIC.httpRequests,
    help: 'Requests answered.',
    labelNames: [LABEL.method, LABEL.route, LABEL.statusCode],
    registers: this.#registers,
  });
  readonly #requestDuration = new Histogram<'method' | 'route' | ExemplarLabel>({
    name: METRIC.httpRequestDuration,
    help: 'Time to answer a request.',
    labelNames: [LABEL.method, LABEL.route],
    buckets: REQUEST_BOUNDS_S,
    enableExemplars: true,
    registers: this.#registers,
  });
  readonly #externalLatency = new Histogram<'service' | ExemplarLabel>({
    name: METRIC.externalApiCallLatency,
    help: 'Time of a call to a service that others run.',
    labelNames: [LABEL.service],
    buckets: EXTERNAL_BOUNDS_S,
    enableExemplars: true,
    registers: this.#registers,
  });
  readonly #queryDuration = new Histogram({
    name: METRIC.queryDuration,
    help: 'Time of a statement, from sending it to its result.',
    labelNames: [LABEL.operation],
    buckets: QUERY_BOUNDS_S,
    registers: this.#registers,
  });
  readonly #waitTime = new Histogram({
    name: METRIC.connectionWaitTime,
    help: 'Time until a checkout got a connection or gave up.',
    buckets: POOL_BOUNDS_S,
    registers: this.#registers,
  });
  readonly #useTime = new Histogram({
    name: METRIC.connectionUseTime,
    help: 'Time between borrowing a connection and returning it.',
    buckets: POOL_BOUNDS_S,
    registers: this.#registers,
  });
  readonly #timeouts = new Counter({
    name: METRIC.connectionTimeouts,
    help: 'Checkouts that gave up waiting for a connection.',
    registers: this.#registers,
  });
  readonly #cacheRequests = new Counter({
    name: METRIC.cacheRequests,
    help: 'Look-ups in the in-process cache.',
    labelNames: [LABEL.cache, LABEL.result],
    registers: this.#registers,
  });

  requestFinished(
    labels: { readonly method: string; readonly route: string; readonly statusCode: number },
    durationS: number,
    exemplar: Exemplar,
  ): void {
    const { method, route, statusCode } = labels;
    this.#requests.inc({ method, route, status_code: statusCode });
    this.#requestDuration.observe({
      labels: { method, route },
      value: durationS,
      exemplarLabels: ids(exemplar),
    });
  }

  externalCallFinished(service: string, durationS: number, exemplar: Exemplar): void {
    this.#externalLatency.observe({ labels: { service }, value: durationS, exemplarLabels: ids(exemplar) });
  }

  queryFinished(operation: string, durationS: number): void {
    this.#queryDuration.observe({ operation }, durationS);
  }

  cacheRead(cache: string, hit: boolean): void {
    this.#cacheRequests.inc({ cache, result: hit ? 'hit' : 'miss' });
  }

  connectionWaited(waitS: number, timedOut: boolean): void {
    this.#waitTime.observe(waitS);
    if (timedOut) this.#timeouts.inc();
  }

  connectionReturned(useS: number): void {
    this.#useTime.observe(useS);
  }

  /** Shows the state of `pool` whenever it is asked for, not as it was at the last change. */
  watchPool(pool: Pool): void {
    const gauge = (name: string, help: string, read: () => number) => {
      const collect = function (this: Gauge) {
        this.set(read());
      };
      new Gauge({ name, help, registers: this.#registers, collect });
    };
    const gaugeByState = (name: string, help: string, read: () => Readonly<Record<string, number>>) => {
      const collect = function (this: Gauge) {
        for (const [state, value] of Object.entries(read())) this.set({ state }, value);
      };
      new Gauge({ name, help, labelNames: [LABEL.state], registers: this.#registers, collect });
    };

    gauge(METRIC.poolUtilization, 'Connections in use as a share of the most there may be.', () => {
      return pool.used / pool.max;
    });
    gauge(METRIC.poolQueueDepth, 'Checkouts waiting for a connection.', () => pool.waiting);
    gaugeByState(METRIC.activeConnections, 'Connections in use, by what they are doing.', () => {
      const idleInTransaction = pool.idleInTransaction;
      return {
        [CONNECTION_STATE.active]: pool.used - idleInTransaction,
        [CONNECTION_STATE.idleInTransaction]: idleInTransaction,
      };
    });
    gaugeByState(METRIC.connectionCount, 'Connections of the pool.', () => {
      return { [CONNECTION_STATE.idle]: pool.idle, [CONNECTION_STATE.used]: pool.used };
    });
    gauge(METRIC.connectionMax, 'The most connections there may be.', () => pool.max);
    gauge(METRIC.connectionIdleMax, 'The most idle connections there may be.', () => pool.max);
    gauge(METRIC.connectionPendingRequests, 'Checkouts waiting for a connection.', () => pool.waiting);
  }

  /** The exposition in OpenMetrics format, as an HTTP answer. */
  async response(): Promise<Response> {
    const headers = { 'content-type': this.#registry.contentType };
    return new Response(await this.#registry.metrics(), { headers });
  }
}

function openMetricsRegistry(): Registry<OpenMetricsContentType> {
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  return registry;
}

function ids({ traceId, spanId }: Exemplar) {
  return { trace_id: traceId, span_id: spanId };
}
