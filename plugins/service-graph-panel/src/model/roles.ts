/** What a series means to the panel, told from the name of its query, its metric or its expression. */

export type EdgeRole = 'rate' | 'failed' | 'latency' | 'sum' | 'count' | 'bucket' | 'p50' | 'p95' | 'p99';
export type PoolRole =
  | 'pool_used'
  | 'pool_max'
  | 'pool_utilization'
  | 'pool_waiting'
  | 'pool_timeouts'
  | 'pool_wait_p95';
export type ServerRole = 'server_cpu' | 'server_query_p95';
export type Role = EdgeRole | PoolRole | ServerRole;

export interface Meaning {
  readonly role: Role;
  /** The query's name says that it breaks an edge down by route. */
  readonly byRoute: boolean;
}

const QUERY_NAME =
  /^(route_)?(rate|failed|latency|sum|count|bucket|p50|p95|p99)(?:_\w+)?$|^(pool_used|pool_max|pool_utilization|pool_waiting|pool_timeouts|pool_wait_p95|server_cpu|server_query_p95)(?:_\w+)?$/i;

/** Metrics by their meaning; in an expression with several of them the first one here decides. */
const METRICS: readonly (readonly [RegExp, Role])[] = [
  [/\btraces_service_graph_request_client_seconds_bucket\b/, 'bucket'],
  [/\btraces_service_graph_request_failed_total\b/, 'failed'],
  [/\btraces_service_graph_request_client_seconds_sum\b/, 'sum'],
  [/\btraces_service_graph_request_client_seconds_count\b/, 'count'],
  [/\btraces_service_graph_request_total\b/, 'rate'],
  [/\bdatabase_connection_pool_utilization\b/, 'pool_utilization'],
  [/\bdb_client_connection_pending_requests\b|\bconnection_pool_queue_depth\b/, 'pool_waiting'],
  [/\bdb_client_connection_timeouts_total\b/, 'pool_timeouts'],
  [/\bdb_client_connection_wait_time_seconds_bucket\b/, 'pool_wait_p95'],
  [/\bdb_client_connection_count\b|\bdatabase_active_connections\b/, 'pool_used'],
  [/\bdb_client_connection_max\b/, 'pool_max'],
  [/\bdatabase_query_duration_seconds_bucket\b/, 'server_query_p95'],
  [/\bnode_cpu_seconds_total\b/, 'server_cpu'],
];

const QUANTILE = /\bhistogram_quantile\s*\(\s*(0?\.\d+)/;
const QUANTILE_ROLES: Readonly<Record<string, EdgeRole>> = { '0.5': 'p50', '0.95': 'p95', '0.99': 'p99' };

/** Tells the meaning from a query's name: `rate`, `failed_entry`, `route_latency`, `pool_used`. Case does not matter. */
export function meaningOfQuery(name: string): Meaning | undefined {
  const match = QUERY_NAME.exec(name);
  const role = match?.[2] ?? match?.[3];
  return role === undefined
    ? undefined
    : { role: role.toLowerCase() as Role, byRoute: match?.[1] !== undefined };
}

/** Tells the role from a metric's name or a PromQL expression. */
export function roleOfExpression(expression: string): Role | undefined {
  const role = METRICS.find(([metric]) => metric.test(expression))?.[1];
  const isMean = role === 'sum' && /request_client_seconds_count/.test(expression);
  if (isMean) return 'latency';
  if (role !== 'bucket') return role;
  const quantile = QUANTILE.exec(expression)?.[1];
  if (quantile === undefined) return 'bucket';
  return QUANTILE_ROLES[String(Number(quantile))];
}
