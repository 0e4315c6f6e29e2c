/**
 * The answer key: for each of the six steps of the investigation, where to look, by which query, and what it must show.
 * What a query must show comes from the scenario's targets.
 */
import { DASHBOARD } from 'dashboards/config';
import * as api from 'dashboards/queries/api';
import * as database from 'dashboards/queries/database';
import * as external from 'dashboards/queries/external';
import { serviceGraph } from 'dashboards/queries/graph';
import * as pool from 'dashboards/queries/pool';
import { spanFigures } from 'dashboards/queries/traces';
import { measuring, targets } from 'generator/targets';
import {
  APPLICATION_NAME,
  CONNECTION_STATE,
  OUTSIDE_SERVICE,
  SERVICE,
  SPAN,
} from 'interview-app/telemetry-names';

export type Step = 1 | 2 | 3 | 4 | 5 | 6;

export interface Range {
  readonly min: number;
  readonly max: number;
}

export interface Check {
  readonly step: Step;
  readonly quantity: string;
  /** Uid of the dashboard and title of the panel. */
  readonly dashboard: string;
  readonly panel: string;
  readonly store: 'prometheus' | 'loki';
  readonly query: string;
  /** Labels of the series that is meant, when the query gives several. */
  readonly series?: Readonly<Record<string, string>>;
  /** Part of the run: `steady` is the incident without its first five minutes. */
  readonly over: 'baseline' | 'steady';
  /**
   * What becomes of the values: `share` is the share of them that is `within` a range, `series` counts the series that
   * the query ever gave.
   */
  readonly reduce: 'mean' | 'min' | 'max' | 'share' | 'series';
  readonly within?: Range;
  readonly min: number;
  readonly max: number;
}

export const STEPS: Readonly<Record<Step, string>> = {
  1: 'The database is healthy, and the API is not',
  2: 'The connection pool is exhausted',
  3: 'The connections are idle in transaction',
  4: 'Transactions are held open by a gap between INSERT and UPDATE',
  5: 'The gap is as long as calls to the validation service',
  6: 'One endpoint makes these calls, inside its transactions',
};

const IMPORT = '/api/workflows/import';
const VALIDATION = { service: OUTSIDE_SERVICE.validationService };

/** LogQL: the sessions of the API that are idle in transaction, as the panel reads them. */
const IDLE = `{job="integrations/db-o11y", op="session_snapshot"} | logfmt | app="${APPLICATION_NAME.api}" | state="${CONNECTION_STATE.idleInTransaction}"`;

/** How many different traces hold a connection idle in transaction, at a snapshot. */
export const HOLDING_TRACES = `count(sum by (trace) (count_over_time(${IDLE} | label_format trace=\`{{ substr 3 35 .traceparent }}\` [5s])))`;

/** How many sessions are idle in transaction, at a snapshot. */
export const IDLE_SESSIONS = `sum(count_over_time(${IDLE} [5s]))`;

const overview = {
  dashboard: DASHBOARD.overview.uid,
  store: 'prometheus',
  over: 'steady',
  reduce: 'mean',
} as const;
const analyzer = {
  dashboard: DASHBOARD.analyzer.uid,
  panel: 'Database sessions',
  store: 'loki',
  over: 'steady',
} as const;
const graph = {
  dashboard: DASHBOARD.graph.uid,
  panel: 'Service graph',
  store: 'prometheus',
  reduce: 'mean',
} as const;

const holding: Range = measuring.holdingTraces;

export const CHECKS: readonly Check[] = [
  {
    ...overview,
    step: 1,
    quantity: 'API requests answered with 5xx',
    panel: 'Errors',
    query: api.errorShare(),
    ...accepted('requests.steady_error_percent', 0.01),
  },
  {
    ...overview,
    step: 1,
    quantity: 'database CPU, lowest',
    panel: 'DB CPU',
    query: database.cpu(),
    reduce: 'min',
    ...accepted('database.cpu_percent', 0.01),
  },
  {
    ...overview,
    step: 1,
    quantity: 'database CPU, highest',
    panel: 'DB CPU',
    query: database.cpu(),
    reduce: 'max',
    ...accepted('database.cpu_percent', 0.01),
  },
  {
    ...overview,
    step: 1,
    quantity: 'time of a statement, P95, highest',
    panel: 'SQL P95',
    query: database.statementTime(0.95),
    reduce: 'max',
    ...accepted('database.statement_p95_ms', 0.001),
  },
  {
    ...overview,
    step: 2,
    quantity: 'pool utilization, lowest',
    panel: 'Pool use',
    query: pool.utilization(),
    reduce: 'min',
    ...accepted('pool.utilization_percent', 0.01),
  },
  {
    ...overview,
    step: 2,
    quantity: 'connections in use, lowest',
    panel: 'Pool connections',
    query: pool.inUse(),
    reduce: 'min',
    ...accepted('pool.in_use'),
  },
  {
    ...overview,
    step: 2,
    quantity: 'requests waiting for a connection',
    panel: 'Waiting',
    query: pool.waiting(),
    ...accepted('pool.queue_depth'),
  },
  {
    ...analyzer,
    step: 3,
    quantity: 'sessions idle in transaction',
    query: IDLE_SESSIONS,
    reduce: 'mean',
    min: accepted('pool.idle_in_transaction_percent', 0.01).min * accepted('pool.in_use').max,
    max: accepted('pool.in_use').max,
  },
  {
    ...analyzer,
    step: 4,
    quantity: 'traces that hold transactions open',
    query: HOLDING_TRACES,
    reduce: 'mean',
    ...accepted('imports.in_flight'),
  },
  {
    ...analyzer,
    step: 4,
    quantity: `share of the snapshots with ${holding.min} to ${holding.max} such traces`,
    query: HOLDING_TRACES,
    reduce: 'share',
    within: holding,
    min: accepted('imports.holding_percent', 0.01).min,
    max: 1,
  },
  {
    step: 4,
    quantity: 'the gap in a transaction, mean',
    dashboard: DASHBOARD.traces.uid,
    panel: 'Spans by name',
    store: 'prometheus',
    query: spanFigures('5m').mean,
    series: { service: SERVICE.api, span_name: SPAN.workflowValidate },
    over: 'steady',
    reduce: 'mean',
    ...measuring.gap_s,
  },
  {
    ...overview,
    step: 5,
    quantity: 'validation service, mean latency',
    panel: 'External',
    query: external.meanLatency(),
    series: VALIDATION,
    ...accepted('external.latency_s'),
  },
  {
    ...graph,
    step: 5,
    quantity: 'graph: api to validation-service, mean latency',
    query: graphQuery('latency'),
    series: { client: SERVICE.api, server: OUTSIDE_SERVICE.validationService },
    over: 'steady',
    ...accepted('graph.external_latency_s'),
  },
  {
    ...overview,
    step: 5,
    quantity: 'calls to the validation service in flight',
    panel: 'External calls in flight',
    query: external.inFlight(),
    series: VALIDATION,
    ...accepted('graph.external_in_flight'),
  },
  {
    ...graph,
    step: 5,
    quantity: 'graph: api to postgresql before the incident, per second',
    query: graphQuery('rate'),
    series: { client: SERVICE.api, server: 'postgresql' },
    over: 'baseline',
    ...accepted('graph.database_calls_per_s'),
  },
  {
    step: 6,
    quantity: `calls in flight on behalf of ${IMPORT}`,
    dashboard: DASHBOARD.external.uid,
    panel: 'Callers',
    store: 'prometheus',
    query: external.byCaller.inFlight(),
    series: { server: OUTSIDE_SERVICE.validationService, client_http_route: IMPORT },
    over: 'steady',
    reduce: 'mean',
    ...accepted('graph.external_in_flight'),
  },
  {
    step: 6,
    quantity: 'routes that call the validation service',
    dashboard: DASHBOARD.external.uid,
    panel: 'Callers',
    store: 'prometheus',
    query: external.byCaller.rate(),
    series: { server: OUTSIDE_SERVICE.validationService },
    over: 'steady',
    reduce: 'series',
    min: 1,
    max: 1,
  },
];

/** What step 6 ends at, in the code. */
export const CODE = {
  file: 'interview-app/src/api/routes/workflows/import.ts',
  transaction: 'lines 40-121',
  call: 'lines 83-103',
} as const;

/** The range that a target accepts, in the unit of the query. */
function accepted(measurement: string, factor = 1): Range {
  const found = targets.filter((target) => target.measurement === measurement);
  const [target] = found;
  if (target === undefined) throw new Error(`there is no target ${measurement}`);
  return { min: (target.min ?? 0) * factor, max: (target.max ?? Number.POSITIVE_INFINITY) * factor };
}

function graphQuery(refId: string): string {
  const query = serviceGraph().find((each) => each.refId === refId);
  if (query === undefined) throw new Error(`the service graph has no query ${refId}`);
  return query.expr;
}
