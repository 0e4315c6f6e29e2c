import {
  type DataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
  DataSourceApi,
  type DataSourceInstanceSettings,
  type MetricFindValue,
} from '@grafana/data';
import { getTemplateSrv } from '@grafana/runtime';
import type { DataQuery } from '@grafana/schema';
import type { Observable } from 'rxjs';
import { getJson } from '../http';
import { answerEach } from '../request';
import type { SearchAnswer, TraceAnswer } from './answer';
import { isMetricsQuery, type MetricsAnswer, metricsFrames } from './metrics-frames';
import { spanTable, traceTable } from './search-frames';
import { traceFrame } from './trace-frame';

/** A query as Grafana's dashboards and Explore write it. */
export interface TempoQuery extends DataQuery {
  /** TraceQL, or the id of a trace. */
  readonly query?: string;
  readonly queryType?: 'traceql' | 'traceId' | 'traceqlSearch';
  readonly limit?: number;
  /** Spans to give of each trace. */
  readonly spss?: number;
  readonly tableType?: 'traces' | 'spans' | 'raw';
  /** Of a metrics query; Tempo chooses one when there is none. */
  readonly step?: string;
}

type Request = DataQueryRequest<TempoQuery>;

const DEFAULT_LIMIT = 20;
const DEFAULT_SPANS = 3;
const TRACE_ID = /^[0-9a-f]{1,32}$/i;

/** Tempo: the same requests and the same frames as of Grafana's own data source. */
export class TempoDatasource extends DataSourceApi<TempoQuery> {
  readonly #url: string;
  readonly #context: { readonly datasourceUid: string; readonly datasourceName: string };

  constructor(settings: DataSourceInstanceSettings) {
    super(settings);
    this.#url = `${settings.url}/api`;
    this.#context = { datasourceUid: settings.uid, datasourceName: settings.name };
  }

  override query(request: Request): Observable<DataQueryResponse> {
    const targets = request.targets.filter(({ query }) => query?.trim());
    return answerEach({ ...request, targets }, (target, signal) => this.#run(target, request, signal));
  }

  async #run(target: TempoQuery, request: Request, signal: AbortSignal): Promise<readonly DataFrame[]> {
    const text = getTemplateSrv().replace(target.query, request.scopedVars, 'pipe').trim();
    const { refId, limit = DEFAULT_LIMIT, spss = DEFAULT_SPANS, tableType = 'traces' } = target;
    if (target.queryType === 'traceId' || TRACE_ID.test(text)) {
      const headers = { Accept: 'application/json' };
      const trace = await getJson<TraceAnswer>(
        `${this.#url}/traces/${encodeURIComponent(text)}`,
        {},
        { headers, signal },
      );
      return [traceFrame(trace, refId)];
    }
    const span = { start: String(request.range.from.unix()), end: String(request.range.to.unix()) };
    if (isMetricsQuery(text)) {
      const parameters = { q: text, ...span, step: target.step || undefined };
      return metricsFrames(
        await getJson<MetricsAnswer>(`${this.#url}/metrics/query_range`, parameters, { signal }),
        refId,
      );
    }
    const parameters = { q: text, limit: String(limit), spss: String(spss), ...span };
    const found = await getJson<SearchAnswer>(`${this.#url}/search`, parameters, { signal });
    const context = { ...this.#context, refId };
    return [tableType === 'traces' ? traceTable(found, context) : spanTable(found, context)];
  }

  /** The values of a query variable: `label_values(attribute)`, e.g. `label_values(resource.service.name)`. */
  override async metricFindQuery(query: string | { readonly query: string }): Promise<MetricFindValue[]> {
    const text = getTemplateSrv().replace(typeof query === 'string' ? query : query.query);
    const attribute = /^label_values\(\s*([\w.]+)\s*\)$/.exec(text.trim())?.[1];
    if (!attribute) return [];
    const answer = await getJson<{ readonly tagValues?: readonly { readonly value: string }[] }>(
      `${this.#url}/v2/search/tag/${encodeURIComponent(attribute)}/values`,
    );
    return (answer.tagValues ?? []).map(({ value }) => ({ text: value }));
  }

  override async testDatasource() {
    await getJson(`${this.#url}/v2/search/tags`);
    return { status: 'success', message: 'Tempo answers' };
  }

  override getQueryDisplayText(query: TempoQuery): string {
    return query.query ?? '';
  }
}
