/**
 * Service-graph and span metrics computed from spans, with the names and the rules of Tempo's metrics generator
 * (`traces_service_graph_*`, `traces_spanmetrics_*`). Tempo itself refuses spans as old as a backfilled incident's, so
 * what it would have written goes to Prometheus directly.
 *
 * Rules kept from Tempo: every CLIENT span is one request on the edge from its service to the peer; a peer that sends
 * spans of its own is paired by parent and child, any other is a `virtual_node` or, with `db.*` attributes, a
 * `database`; such a peer has no server side and its server seconds read 0. The dimension `http.route` is written with
 * Tempo's `client_` prefix.
 */
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { getOrMake } from './maps.js';
import type { ScrapedSample } from './scrapes.js';

/** Upper bounds in s. Tempo's own end at 12.8 s or 16.4 s: too low for calls that take 20 s and more. */
const EDGE_BOUNDS_S: readonly number[] = [0.01, 0.05, 0.1, 0.2, 0.5, 1, 5, 10, 15, 20, 22, 25, 30, 60];
const SPAN_BOUNDS_S: readonly number[] = [0.005, 0.05, 0.1, 0.2, 1, 5, 10, 15, 25, 60];

const KIND_LABEL: Readonly<Record<number, string>> = {
  [SpanKind.INTERNAL]: 'SPAN_KIND_INTERNAL',
  [SpanKind.SERVER]: 'SPAN_KIND_SERVER',
  [SpanKind.CLIENT]: 'SPAN_KIND_CLIENT',
  [SpanKind.PRODUCER]: 'SPAN_KIND_PRODUCER',
  [SpanKind.CONSUMER]: 'SPAN_KIND_CONSUMER',
};
const STATUS_LABEL: Readonly<Record<number, string>> = {
  [SpanStatusCode.UNSET]: 'STATUS_CODE_UNSET',
  [SpanStatusCode.OK]: 'STATUS_CODE_OK',
  [SpanStatusCode.ERROR]: 'STATUS_CODE_ERROR',
};

const STATUS_CODES = 3;

/** One series, and what its counter reads now. */
class Counter implements ScrapedSample {
  readonly type: ScrapedSample['type'];
  readonly family: string;
  readonly name: string;
  readonly labels: string;
  value = 0;

  constructor(type: ScrapedSample['type'], family: string, suffix: string, labels: string) {
    this.type = type;
    this.family = family;
    this.name = family + suffix;
    this.labels = labels;
  }
}

class Durations {
  readonly samples: readonly Counter[];
  readonly #bounds: readonly number[];
  readonly #buckets: readonly Counter[];
  readonly #sum: Counter;
  readonly #count: Counter;
  #seconds = 0;

  constructor(family: string, labels: string, bounds: readonly number[]) {
    const counter = (suffix: string, more = '') => new Counter('histogram', family, suffix, labels + more);
    this.#bounds = bounds;
    this.#buckets = [...bounds, '+Inf'].map((bound) => counter('_bucket', `,le="${bound}"`));
    this.#sum = counter('_sum');
    this.#count = counter('_count');
    this.samples = [...this.#buckets, this.#sum, this.#count];
  }

  observe(seconds: number): void {
    const bounds = this.#bounds;
    let first = 0;
    while (first < bounds.length && seconds > (bounds[first] as number)) first++;
    for (let i = first; i <= bounds.length; i++) (this.#buckets[i] as Counter).value++;
    this.#seconds += seconds;
    this.#sum.value = Math.round(this.#seconds * 1e6) / 1e6;
    this.#count.value++;
  }
}

class Edge {
  readonly total: Counter;
  readonly failed: Counter;
  readonly client: Durations;
  readonly server: Durations;

  constructor(labels: string) {
    const counter = (family: string) => new Counter('counter', family, '_total', labels);
    const durations = (side: string) =>
      new Durations(`traces_service_graph_request_${side}_seconds`, labels, EDGE_BOUNDS_S);
    this.total = counter('traces_service_graph_request');
    this.failed = counter('traces_service_graph_request_failed');
    this.client = durations('client');
    this.server = durations('server');
  }
}

/** Spans of one service with one name, kind and status. */
class Calls {
  readonly total: Counter;
  readonly durations: Durations;

  constructor(service: string, { name, kind, status }: ReadableSpan) {
    const labels =
      `service="${service}",span_name="${name}",span_kind="${KIND_LABEL[kind]}",` +
      `status_code="${STATUS_LABEL[status.code]}"`;
    this.total = new Counter('counter', 'traces_spanmetrics_calls', '_total', labels);
    this.durations = new Durations('traces_spanmetrics_latency', labels, SPAN_BOUNDS_S);
  }
}

/** One span of a finished trace, with the service that sent it. */
export interface ServiceSpan {
  readonly service: string;
  readonly span: ReadableSpan;
}

/** Counts the spans of finished traces, and gives the counters as a scrape would read them. */
export class SpanCounters {
  readonly #edges = new Map<string, Edge>();
  /** By service, then by the span's name; at most one for each kind and status. Found without making a text. */
  readonly #calls = new Map<string, Map<string, Calls[]>>();
  /** In the order in which they came up. */
  readonly #allCalls: Calls[] = [];

  /** @param trace all spans of one trace, from all services */
  add(trace: readonly ServiceSpan[]): void {
    for (const spanOfService of trace) {
      this.#addCall(spanOfService);
      if (spanOfService.span.kind === SpanKind.CLIENT) this.#addEdge(spanOfService, trace);
    }
  }

  /** The same objects each time, and new ones behind them for what has come up since. */
  *samples(): Iterable<ScrapedSample> {
    for (const { total, failed, client, server } of this.#edges.values()) {
      yield total;
      yield failed;
      yield* client.samples;
      yield* server.samples;
    }
    for (const { total, durations } of this.#allCalls) {
      yield total;
      yield* durations.samples;
    }
  }

  #addCall({ service, span }: ServiceSpan): void {
    const ofService = getOrMake(this.#calls, service, () => new Map<string, Calls[]>());
    const ofName = getOrMake(ofService, span.name, () => []);
    const index = span.kind * STATUS_CODES + span.status.code;
    let calls = ofName[index];
    if (calls === undefined) {
      calls = new Calls(service, span);
      ofName[index] = calls;
      this.#allCalls.push(calls);
    }
    calls.total.value++;
    calls.durations.observe(seconds(span));
  }

  #addEdge({ service, span }: ServiceSpan, trace: readonly ServiceSpan[]): void {
    const { attributes } = span;
    const server = isHttp(span) ? serverSideOf(span, trace) : undefined;
    const peer =
      server?.service ?? String(attributes['peer.service'] ?? attributes['server.address'] ?? 'unknown');
    const type = server ? '' : attributes['db.system.name'] === undefined ? 'virtual_node' : 'database';
    const route = String(attributes['http.route'] ?? '');
    const labels = `client="${service}",server="${peer}",connection_type="${type}",client_http_route="${route}"`;
    const edge = getOrMake(this.#edges, labels, () => new Edge(labels));
    edge.total.value++;
    if (span.status.code === SpanStatusCode.ERROR) edge.failed.value++;
    edge.client.observe(seconds(span));
    edge.server.observe(server ? seconds(server.span) : 0);
  }
}

function isHttp(span: ReadableSpan): boolean {
  return span.attributes['http.request.method'] !== undefined;
}

function serverSideOf(client: ReadableSpan, trace: readonly ServiceSpan[]): ServiceSpan | undefined {
  const { spanId } = client.spanContext();
  return trace.find(({ span }) => span.kind === SpanKind.SERVER && span.parentSpanContext?.spanId === spanId);
}

function seconds({ startTime, endTime }: ReadableSpan): number {
  return endTime[0] - startTime[0] + (endTime[1] - startTime[1]) / 1e9;
}
