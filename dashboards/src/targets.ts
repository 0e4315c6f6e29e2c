/** Queries as panels hold them. */
import type * as cog from '@grafana/grafana-foundation-sdk/cog';
import * as loki from '@grafana/grafana-foundation-sdk/loki';
import * as prometheus from '@grafana/grafana-foundation-sdk/prometheus';
import * as tempo from '@grafana/grafana-foundation-sdk/tempo';
import { DATASOURCE } from './config.js';

const EXEMPLAR_STEP = '1m';

export type Target = cog.Builder<cog.Dataquery>;

export interface TargetOptions {
  readonly refId?: string;
  readonly exemplar?: boolean;
  /** The least distance of two points, when it is to be longer than the samples' own. */
  readonly interval?: string;
}

/** A line over the range. */
export function range(
  expr: string,
  legend: string,
  { refId, exemplar = false, interval }: TargetOptions = {},
): Target {
  const query = new prometheus.DataqueryBuilder()
    .datasource(DATASOURCE.prometheus)
    .expr(expr)
    .range()
    .editorMode(prometheus.QueryEditorMode.Code)
    .legendFormat(legend)
    .exemplar(exemplar);
  // Grafana picks a few exemplars of each step: with one of a scrape's length they would cover the lines.
  const step = interval ?? (exemplar ? EXEMPLAR_STEP : undefined);
  if (step !== undefined) query.interval(step);
  return refId === undefined ? query : query.refId(refId);
}

/** One figure for each series, at the end of the range. */
export function instant(expr: string, legend: string, { refId }: TargetOptions = {}): Target {
  const query = new prometheus.DataqueryBuilder()
    .datasource(DATASOURCE.prometheus)
    .expr(expr)
    .instant()
    .editorMode(prometheus.QueryEditorMode.Code)
    .legendFormat(legend);
  return refId === undefined ? query : query.refId(refId);
}

/** Rows of a table. */
export function rows(expr: string, refId: string): Target {
  return new prometheus.DataqueryBuilder()
    .datasource(DATASOURCE.prometheus)
    .expr(expr)
    .instant()
    .editorMode(prometheus.QueryEditorMode.Code)
    .format(prometheus.PromQueryFormat.Table)
    .refId(refId);
}

/** Bucket counts for a heatmap. */
export function bucketRates(expr: string): Target {
  return new prometheus.DataqueryBuilder()
    .datasource(DATASOURCE.prometheus)
    .expr(expr)
    .range()
    .format(prometheus.PromQueryFormat.Heatmap)
    .legendFormat('{{le}}')
    .exemplar(false);
}

export function logLines(expr: string, maxLines: number): Target {
  return new loki.DataqueryBuilder()
    .datasource(DATASOURCE.loki)
    .expr(expr)
    .queryType('range')
    .maxLines(maxLines);
}

export function logCounts(expr: string, legend: string): Target {
  return new loki.DataqueryBuilder()
    .datasource(DATASOURCE.loki)
    .expr(expr)
    .queryType('range')
    .legendFormat(legend);
}

export type TraceTable = 'traces' | 'spans';

export function traceSearch(query: string, table: TraceTable, limit: number): Target {
  return new tempo.TempoQueryBuilder()
    .datasource(DATASOURCE.tempo)
    .queryType('traceql')
    .query(query)
    .limit(limit)
    .tableType(table === 'traces' ? tempo.SearchTableType.Traces : tempo.SearchTableType.Spans)
    .filters([]);
}
