import {
  type DataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
  DataSourceApi,
  type DataSourceInstanceSettings,
  type DataSourceJsonData,
  type MetricFindValue,
  type TimeRange,
} from '@grafana/data';
import { getTemplateSrv } from '@grafana/runtime';
import type { Observable } from 'rxjs';
import { getJson, type Parameters } from '../http';
import { answerEach } from '../request';
import type { Answer, QueryData } from './answer';
import type { DerivedField } from './derived-field';
import { logFrame, metricFrames } from './frames';
import { intervalVariables, isLogQuery, type LokiQuery, quoteVariable, stepMs } from './query';

export interface LokiOptions extends DataSourceJsonData {
  readonly maxLines: string;
  readonly derivedFields: readonly DerivedField[];
}

type Request = DataQueryRequest<LokiQuery>;

/** Loki then says of each label where it comes from. */
const CATEGORIES = { 'X-Loki-Response-Encoding-Flags': 'categorize-labels' };

/** Loki: the same requests and the same frames as of Grafana's own data source. */
export class LokiDatasource extends DataSourceApi<LokiQuery, LokiOptions> {
  readonly #url: string;
  readonly #options: LokiOptions;

  constructor(settings: DataSourceInstanceSettings<LokiOptions>) {
    super(settings);
    this.#url = `${settings.url}/loki/api/v1`;
    this.#options = settings.jsonData;
  }

  override query(request: Request): Observable<DataQueryResponse> {
    const targets = request.targets.filter(({ expr }) => expr);
    return answerEach({ ...request, targets }, (target, signal) => this.#run(target, request, signal));
  }

  async #run(target: LokiQuery, request: Request, signal: AbortSignal): Promise<readonly DataFrame[]> {
    const range = { fromMs: request.range.from.valueOf(), toMs: request.range.to.valueOf() };
    const step = stepMs(getTemplateSrv().replace(target.step, request.scopedVars), {
      ...range,
      intervalMs: request.intervalMs,
    });
    const scopedVars = { ...request.scopedVars, ...intervalVariables(step, range) };
    const expr = getTemplateSrv().replace(target.expr, scopedVars, quoteVariable);
    const limit = Number(target.maxLines || this.#options.maxLines);
    const direction = target.direction ?? 'backward';
    const common = { query: expr, direction };
    const instant = target.queryType === 'instant';
    const parameters: Parameters = instant
      ? { ...common, limit: String(limit), time: nanoseconds(range.toMs) }
      : {
          ...common,
          ...(isLogQuery(expr) && { limit: String(limit) }),
          start: nanoseconds(range.fromMs),
          end: nanoseconds(range.toMs),
          step: `${step}ms`,
        };
    const path = instant ? 'query' : 'query_range';
    const { data } = await getJson<Answer<QueryData>>(`${this.#url}/${path}`, parameters, {
      headers: CATEGORIES,
      signal,
    });
    const { refId, legendFormat } = target;
    if (data.resultType !== 'streams') {
      return metricFrames(data, { refId, expr, legendFormat, stepMs: instant ? undefined : step });
    }
    const { derivedFields } = this.#options;
    return [logFrame(data.result, { refId, expr, limit, direction, derivedFields })];
  }

  /** The values of a query variable: `label_names()`, `label_values(label)` or `label_values({selector}, label)`. */
  override async metricFindQuery(
    query: string | { readonly query?: string; readonly label?: string; readonly stream?: string },
    options?: { readonly range?: TimeRange },
  ): Promise<MetricFindValue[]> {
    const text = typeof query === 'string' ? query : (query.query ?? asFunction(query));
    const asked = getTemplateSrv().replace(text, {}, quoteVariable).trim();
    const span: Parameters = options?.range
      ? { start: nanoseconds(options.range.from.valueOf()), end: nanoseconds(options.range.to.valueOf()) }
      : {};
    const values = /^label_values\(\s*(?:(\{.*\})\s*,\s*)?([\w.]+)\s*\)$/s.exec(asked);
    if (!values && !/^label_names\(\)$/.test(asked)) return [];
    const path = values ? `label/${values[2]}/values` : 'labels';
    const answer = await getJson<Answer<string[] | undefined>>(`${this.#url}/${path}`, {
      ...span,
      query: values?.[1],
    });
    return (answer.data ?? []).map((value) => ({ text: value }));
  }

  override async testDatasource() {
    await this.metricFindQuery('label_names()');
    return { status: 'success', message: 'Loki answers' };
  }

  override getQueryDisplayText(query: LokiQuery): string {
    return query.expr;
  }
}

function asFunction({ label, stream }: { readonly label?: string; readonly stream?: string }): string {
  if (!label) return 'label_names()';
  return stream ? `label_values(${stream}, ${label})` : `label_values(${label})`;
}

function nanoseconds(ms: number): string {
  return `${Math.round(ms)}000000`;
}
