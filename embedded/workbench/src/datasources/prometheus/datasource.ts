import {
  type AnnotationSupport,
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
import { map, type Observable, of } from 'rxjs';
import { parseDuration } from '../duration';
import { getJson, type Parameters, queryString } from '../http';
import { seriesName } from '../legend';
import { answerEach } from '../request';
import { annotationEvents, annotationQuery, type PromAnnotation } from './annotations';
import type { Answer, ExemplarSeries, Labels, QueryData } from './answer';
import { exemplarFrame, type TraceDestination } from './exemplars';
import { seriesFrames } from './frames';
import { alignRange, intervalVariables, type PromQuery, quoteVariable, type RangeMs, stepMs } from './query';
import { shaped } from './shape';
import { parseVariableQuery } from './variables';

export interface PromOptions extends DataSourceJsonData {
  readonly timeInterval: string;
  readonly exemplarTraceIdDestinations: readonly TraceDestination[];
}

type Request = DataQueryRequest<PromQuery>;

/** Prometheus: the same requests and the same frames as of Grafana's own data source. */
export class PrometheusDatasource extends DataSourceApi<PromQuery, PromOptions> {
  readonly #url: string;
  readonly #options: PromOptions;
  override readonly annotations: AnnotationSupport<PromQuery>;

  constructor(settings: DataSourceInstanceSettings<PromOptions>) {
    super(settings);
    this.#url = `${settings.url}/api/v1`;
    this.#options = settings.jsonData;
    this.interval = settings.jsonData.timeInterval;
    this.annotations = {
      prepareAnnotation: (json) => json,
      prepareQuery: (annotation) => annotationQuery(annotation as PromAnnotation),
      processEvents: (annotation, frames) => of(annotationEvents(annotation as PromAnnotation, frames)),
    };
  }

  override query(request: Request): Observable<DataQueryResponse> {
    const targets = request.targets.filter(({ expr }) => expr);
    const answers = answerEach({ ...request, targets }, (target, signal) =>
      this.#run(target, request, signal),
    );
    return answers.pipe(map((answer) => ({ ...answer, data: shaped(answer.data, { ...request, targets }) })));
  }

  async #run(target: PromQuery, request: Request, signal: AbortSignal): Promise<readonly DataFrame[]> {
    const { expr, step, range } = this.#resolve(target, request);
    const context = { refId: target.refId, expr, legendFormat: target.legendFormat, stepMs: step };
    const aligned = alignRange(range, step, request.range.from.utcOffset() * 60_000);
    const span = { start: String(aligned.fromMs / 1000), end: String(aligned.toMs / 1000) };
    const frames = async (path: string, parameters: Parameters) =>
      seriesFrames(await this.#post<QueryData>(path, { query: expr, ...parameters }, signal), context);
    const instant = target.instant === true;
    const both = await Promise.all([
      instant ? frames('query', { time: String(range.toMs / 1000) }) : [],
      target.range === true || !instant ? frames('query_range', { ...span, step: String(step / 1000) }) : [],
      target.exemplar ? this.#exemplars(expr, { refId: target.refId, stepMs: step }, { span, signal }) : [],
    ]);
    return both.flat();
  }

  async #exemplars(
    expr: string,
    context: { readonly refId: string; readonly stepMs: number },
    { span, signal }: { readonly span: Parameters; readonly signal: AbortSignal },
  ): Promise<readonly DataFrame[]> {
    const series = await this.#post<readonly ExemplarSeries[]>(
      'query_exemplars',
      { query: expr, ...span },
      signal,
    );
    const frame = exemplarFrame(series, {
      ...context,
      destinations: this.#options.exemplarTraceIdDestinations,
    });
    return frame ? [frame] : [];
  }

  /** The query as Prometheus is to run it: its step, and everything that stands for something else filled in. */
  #resolve(target: PromQuery, request: Request): { expr: string; step: number; range: RangeMs } {
    const range = { fromMs: request.range.from.valueOf(), toMs: request.range.to.valueOf() };
    const minStep = target.interval ? getTemplateSrv().replace(target.interval, request.scopedVars) : '';
    const step = stepMs(range, minStep, request) * (target.intervalFactor ?? 1);
    const scrape = parseDuration(minStep || this.#options.timeInterval) ?? 15_000;
    const scopedVars = { ...request.scopedVars, ...intervalVariables(step, scrape, range) };
    return { expr: getTemplateSrv().replace(target.expr, scopedVars, quoteVariable), step, range };
  }

  async #post<T>(path: string, parameters: Parameters, signal?: AbortSignal): Promise<T> {
    const { data } = await getJson<Answer<T>>(
      `${this.#url}/${path}`,
      {},
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: queryString(parameters),
        signal: signal ?? null,
      },
    );
    return data;
  }

  /** The values of a query variable. */
  override async metricFindQuery(
    query: string | { readonly query: string },
    options?: { readonly range?: TimeRange },
  ): Promise<MetricFindValue[]> {
    const text = getTemplateSrv().replace(typeof query === 'string' ? query : query.query, {}, quoteVariable);
    const range = options?.range;
    const span: Parameters = range
      ? { start: String(range.from.valueOf() / 1000), end: String(range.to.valueOf() / 1000) }
      : {};
    return (await this.#values(text, span)).map((value) => ({ text: value }));
  }

  async #values(text: string, span: Parameters): Promise<readonly string[]> {
    const asked = parseVariableQuery(text);
    const get = async <T>(path: string, parameters: Parameters = {}) =>
      (await getJson<Answer<T>>(`${this.#url}/${path}`, { ...span, ...parameters })).data;
    switch (asked.kind) {
      case 'labelNames':
        return get<string[]>('labels', { 'match[]': asked.match });
      case 'labelValues':
        return get<string[]>(`label/${asked.label}/values`, { 'match[]': asked.match });
      case 'metrics':
        return (await get<string[]>('label/__name__/values')).filter((name) =>
          new RegExp(asked.name).test(name),
        );
      case 'series':
        return (await get<readonly Labels[]>('series', { 'match[]': asked.match })).map(seriesName);
      case 'result':
        return resultLines(
          await get<QueryData>('query', {
            query: asked.expr,
            time: span.end,
            start: undefined,
            end: undefined,
          }),
        );
    }
  }

  override async testDatasource() {
    await this.#values('metrics(.)', {});
    return { status: 'success', message: 'Prometheus answers' };
  }

  override getQueryDisplayText(query: PromQuery): string {
    return query.expr;
  }
}

function resultLines(data: QueryData): readonly string[] {
  if (data.resultType !== 'vector') return [];
  return data.result.map(
    ({ metric, value: [seconds, value] }) => `${seriesName(metric)} ${value} ${seconds * 1000}`,
  );
}
