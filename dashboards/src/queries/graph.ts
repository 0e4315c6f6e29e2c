/** The queries that the service graph panel reads; its README says what each name means. */
import { METRIC } from 'interview-app/telemetry-names';
import { API_JOB, FIGURES_OVER } from '../config.js';
import { users } from './api.js';
import { cpu, statementTime } from './database.js';
import { sumRate } from './promql.js';

const EDGE = 'traces_service_graph_request';
const PAIR = ['client', 'server', 'connection_type'];
const ROUTED = ['client', 'server', 'client_http_route'];

export interface NamedQuery {
  readonly refId: string;
  readonly expr: string;
  /** Many series: a point a minute is enough. */
  readonly isCoarse?: boolean;
}

export function serviceGraph(): readonly NamedQuery[] {
  const counter = (name: string, by: readonly string[]) =>
    sumRate(`${EDGE}_${name}`, {}, { by, window: FIGURES_OVER });
  const mean = (by: readonly string[]) =>
    `${counter('client_seconds_sum', by)} / ${counter('client_seconds_count', by)}`;
  const buckets = counter('client_seconds_bucket', ['client', 'server', 'le']);
  const coarse = (refId: string, expr: string) => ({ refId, expr, isCoarse: true });
  const pool = (expression: string) => `sum by (job) (${expression})`;
  return [
    { refId: 'rate', expr: counter('total', PAIR) },
    { refId: 'failed', expr: counter('failed_total', ['client', 'server']) },
    { refId: 'latency', expr: mean(['client', 'server']) },
    { refId: 'p95', expr: `histogram_quantile(0.95, ${buckets})` },
    coarse('bucket', buckets),
    coarse('route_rate', counter('total', ROUTED)),
    coarse('route_failed', counter('failed_total', ROUTED)),
    coarse('route_latency', mean(ROUTED)),
    ...entry(),
    { refId: 'pool_used', expr: pool(`${METRIC.connectionCount}{state="used"}`) },
    { refId: 'pool_max', expr: pool(METRIC.connectionMax) },
    { refId: 'pool_waiting', expr: pool(METRIC.connectionPendingRequests) },
    { refId: 'pool_timeouts', expr: pool(`rate(${METRIC.connectionTimeouts}[${FIGURES_OVER}])`) },
    {
      refId: 'pool_wait_p95',
      expr: `histogram_quantile(0.95, ${sumRate(`${METRIC.connectionWaitTime}_bucket`, {}, { by: ['job', 'le'], window: FIGURES_OVER })})`,
    },
    { refId: 'server_cpu', expr: cpu() },
    { refId: 'server_query_p95', expr: statementTime(0.95) },
  ];
}

/** What users ask the API for: their calls are in nobody's client spans. */
function entry(): readonly NamedQuery[] {
  const fromClients = (expression: string) =>
    `label_replace(label_replace(${expression}, "client", "clients", "", ""), "server", "${API_JOB}", "", "")`;
  return [
    { refId: 'rate_entry', expr: fromClients(users.rate()) },
    { refId: 'failed_entry', expr: fromClients(users.failed()) },
    { refId: 'latency_entry', expr: fromClients(users.mean()) },
    { refId: 'p95_entry', expr: fromClients(users.quantile(0.95)) },
    { refId: 'bucket_entry', expr: fromClients(users.buckets()), isCoarse: true },
  ];
}
