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

class Durations {
  readonly #bounds: readonly number[];
  readonly #buckets: Float64Array;
  sum = 0;
  count = 0;

  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.#buckets = new Float64Array(bounds.length);
  }

  observe(seconds: number): void {
    const bucket = this.#bounds.findIndex((bound) => seconds <= bound);
    if (bucket >= 0) this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
    this.sum += seconds;
    this.count++;
  }

  *samples(name: string, labels: string): Iterable<ScrapedSample> {
    let cumulative = 0;
    for (const [i, bound] of this.#bounds.entries()) {
      cumulative += this.#buckets[i] ?? 0;
      yield { name: `${name}_bucket`, labels: `${labels},le="${bound}"`, value: cumulative };
    }
    yield { name: `${name}_bucket`, labels: `${labels},le="+Inf"`, value: this.count };
    yield { name: `${name}_sum`, labels, value: Math.round(this.sum * 1e6) / 1e6 };
    yield { name: `${name}_count`, labels, value: this.count };
  }
}

class Edge {
  total = 0;
  failed = 0;
  readonly client = new Durations(EDGE_BOUNDS_S);
  readonly server = new Durations(EDGE_BOUNDS_S);
}

/** One span of a finished trace, with the service that sent it. */
export interface ServiceSpan {
  readonly service: string;
  readonly span: ReadableSpan;
}

/** Counts the spans of finished traces, and gives the counters as a scrape would read them. */
export class SpanCounters {
  readonly #edges = new Map<string, Edge>();
  readonly #calls = new Map<string, Durations>();

  /** @param trace all spans of one trace, from all services */
  add(trace: readonly ServiceSpan[]): void {
    for (const spanOfService of trace) {
      this.#addCall(spanOfService);
      if (spanOfService.span.kind === SpanKind.CLIENT) this.#addEdge(spanOfService, trace);
    }
  }

  *samples(): Iterable<ScrapedSample & { readonly type: 'counter' | 'histogram'; readonly family: string }> {
    for (const [labels, edge] of this.#edges) {
      const counter = { type: 'counter', labels } as const;
      yield {
        ...counter,
        family: 'traces_service_graph_request',
        name: 'traces_service_graph_request_total',
        value: edge.total,
      };
      yield {
        ...counter,
        family: 'traces_service_graph_request_failed',
        name: 'traces_service_graph_request_failed_total',
        value: edge.failed,
      };
      for (const side of ['client', 'server'] as const) {
        const family = `traces_service_graph_request_${side}_seconds`;
        for (const sample of edge[side].samples(family, labels))
          yield { ...sample, family, type: 'histogram' };
      }
    }
    for (const [labels, durations] of this.#calls) {
      yield {
        type: 'counter',
        family: 'traces_spanmetrics_calls',
        name: 'traces_spanmetrics_calls_total',
        labels,
        value: durations.count,
      };
      const family = 'traces_spanmetrics_latency';
      for (const sample of durations.samples(family, labels)) yield { ...sample, family, type: 'histogram' };
    }
  }

  #addCall({ service, span }: ServiceSpan): void {
    const labels =
      `service="${service}",span_name="${span.name}",span_kind="${KIND_LABEL[span.kind]}",` +
      `status_code="${STATUS_LABEL[span.status.code]}"`;
    getOrMake(this.#calls, labels, () => new Durations(SPAN_BOUNDS_S)).observe(seconds(span));
  }

  #addEdge({ service, span }: ServiceSpan, trace: readonly ServiceSpan[]): void {
    const { attributes } = span;
    const server = isHttp(span) ? serverSideOf(span, trace) : undefined;
    const peer =
      server?.service ?? String(attributes['peer.service'] ?? attributes['server.address'] ?? 'unknown');
    const type = server ? '' : attributes['db.system.name'] === undefined ? 'virtual_node' : 'database';
    const route = String(attributes['http.route'] ?? '');
    const labels = `client="${service}",server="${peer}",connection_type="${type}",client_http_route="${route}"`;
    const edge = getOrMake(this.#edges, labels, () => new Edge());
    edge.total++;
    if (span.status.code === SpanStatusCode.ERROR) edge.failed++;
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
