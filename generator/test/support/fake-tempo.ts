/** Tempo as far as a load needs it: OTLP/HTTP, traces by id, search and counts, in the shapes of the real one. */
import { attributeText, type OtlpSpan, type TraceBatch } from '../../src/telemetry/run-files.js';
import { FakeServer, json, recorded } from './fake-server.js';

interface StoredSpan {
  readonly service: string;
  readonly span: OtlpSpan;
}

/** Queries and OTLP on one port. */
export class FakeTempo extends FakeServer {
  readonly spans: StoredSpan[] = [];
  /** Spans that are taken and lost, as a real engine may. */
  lose = 0;
  /** How many times the counts lag behind what was taken. */
  lag = 0;

  constructor() {
    super(({ path, query, body }) => {
      const [, id] = /^\/api\/v2\/traces\/([0-9a-f]{32})$/.exec(path) ?? [];
      if (id) return this.#trace(id);
      switch (path) {
        case '/ready':
          return { status: 200, body: 'ready' };
        case '/metrics':
          return recorded('tempoMetrics');
        case '/v1/traces':
          this.#take(JSON.parse(body.toString()));
          return recorded('tempoTook');
        case '/api/search':
          return json({ traces: this.#search(query), metrics: {} });
        case '/api/metrics/query':
          return json({ ...JSON.parse(recorded('tempoCounts').body), series: this.#counts() });
        default:
          return { status: 404, body: '404 page not found\n' };
      }
    });
  }

  #take({ resourceSpans }: TraceBatch): void {
    for (const { resource, scopeSpans } of resourceSpans) {
      const service = attributeText(resource.attributes, 'service.name') ?? '';
      for (const span of scopeSpans.flatMap(({ spans }) => spans)) {
        if (this.lose > 0) this.lose--;
        else this.spans.push({ service, span });
      }
    }
  }

  #trace(id: string) {
    const spans = this.spans.filter(({ span }) => span.traceId === id).map(({ span }) => span);
    if (spans.length === 0) return recorded('tempoNoSuchTrace');
    return json({ trace: { resourceSpans: [{ resource: { attributes: [] }, scopeSpans: [{ spans }] }] } });
  }

  #search(query: URLSearchParams) {
    const [, id] = /^\{ trace:id = "([0-9a-f]+)" \}$/.exec(query.get('q') ?? '') ?? [];
    const [start, end] = [Number(query.get('start')), Number(query.get('end'))];
    const found = this.spans.filter(({ span }) => {
      const time = Number(span.startTimeUnixNano) / 1e9;
      return (!id || span.traceId === id) && time >= start && time <= end;
    });
    return [...new Set(found.map(({ span }) => span.traceId.replace(/^0+/, '')))].map((traceID) => ({
      traceID,
    }));
  }

  #counts() {
    if (this.lag-- > 0) return [];
    const services = [...new Set(this.spans.map(({ service }) => service))];
    return services.map((service) => ({
      labels: [{ key: 'resource.service.name', value: { stringValue: service } }],
      value: this.spans.filter((stored) => stored.service === service).length,
    }));
  }
}
