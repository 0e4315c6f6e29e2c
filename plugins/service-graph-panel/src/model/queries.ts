/** The queries that the panel is made for, as its editor, its README and its empty state suggest them. */

export interface SuggestedQuery {
  /** The query's name, which tells the panel what it means. */
  readonly refId: string;
  readonly expr: string;
}

const METRIC = 'traces_service_graph_request';
const EDGE = 'client, server, connection_type';
const ROUTED_EDGE = 'client, server, client_http_route';

/** @param window a PromQL duration: what one figure covers */
export function suggestedQueries(window = '5m'): SuggestedQuery[] {
  const rate = (labels: string, name: string) => `sum by (${labels}) (rate(${METRIC}_${name}[${window}]))`;
  const mean = (labels: string) =>
    `${rate(labels, 'client_seconds_sum')} / ${rate(labels, 'client_seconds_count')}`;
  const range = (refId: string, expr: string) => ({ refId, expr });
  return [
    range('rate', rate(EDGE, 'total')),
    range('failed', rate('client, server', 'failed_total')),
    range('latency', mean('client, server')),
    range('p95', `histogram_quantile(0.95, ${rate('client, server, le', 'client_seconds_bucket')})`),
    range('bucket', rate('client, server, le', 'client_seconds_bucket')),
    range('route_rate', rate(ROUTED_EDGE, 'total')),
    range('route_failed', rate(ROUTED_EDGE, 'failed_total')),
    range('route_latency', mean(ROUTED_EDGE)),
    range('pool_used', 'sum by (job) (db_client_connection_count{state="used"})'),
    range('pool_max', 'sum by (job) (db_client_connection_max)'),
    range('pool_waiting', 'sum by (job) (db_client_connection_pending_requests)'),
    range('pool_timeouts', `sum by (job) (rate(db_client_connection_timeouts_total[${window}]))`),
    range(
      'pool_wait_p95',
      `histogram_quantile(0.95, sum by (job, le) (rate(db_client_connection_wait_time_seconds_bucket[${window}])))`,
    ),
    range('server_cpu', `1 - avg(rate(node_cpu_seconds_total{mode="idle"}[${window}]))`),
    range(
      'server_query_p95',
      `histogram_quantile(0.95, sum by (le) (rate(database_query_duration_seconds_bucket[${window}])))`,
    ),
  ];
}
