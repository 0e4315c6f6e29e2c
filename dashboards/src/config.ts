/**
 * What the dashboards and alerts have in common: names, uids, thresholds. Change a number here and run
 * `node scripts/run.mjs dashboards/src/main.ts`.
 */
import { APPLICATION_NAME, OUTSIDE_SERVICE, SERVICE } from 'interview-app/telemetry-names';

export const DATASOURCE = {
  prometheus: { type: 'prometheus', uid: 'prometheus' },
  loki: { type: 'loki', uid: 'loki' },
  tempo: { type: 'tempo', uid: 'tempo' },
} as const;

/** A dashboard's uid is the name of its file too. The order is that of the links, which have to fit one row. */
export const DASHBOARD = {
  report: { uid: 'incident-report', title: 'Incident report', link: 'Report' },
  overview: { uid: 'service-overview', title: 'Service overview', link: 'Overview' },
  api: { uid: 'api-endpoints', title: 'API endpoints', link: 'Endpoints' },
  database: { uid: 'database-and-pool', title: 'Database and pool', link: 'Database' },
  analyzer: { uid: 'database-analyzer', title: 'Database Analyzer', link: 'Database Analyzer' },
  graph: { uid: 'service-graph', title: 'Service graph', link: 'Service graph' },
  external: { uid: 'external-services', title: 'External services', link: 'External' },
  logs: { uid: 'logs', title: 'Logs', link: 'Logs' },
  traces: { uid: 'traces', title: 'Traces', link: 'Traces' },
} as const;

export type DashboardKey = keyof typeof DASHBOARD;

export const PLUGIN = {
  analyzer: 'incidentbundle-databaseanalyzer-panel',
  graph: 'incidentbundle-servicegraph-panel',
} as const;

export const TAGS: readonly string[] = ['incident'];

/** Time that the dashboards open with when nobody gave them a window: as long as a run. */
export const DEFAULT_TIME = { from: 'now-52m', to: 'now' } as const;

/** Window of figures that stand for "now", and of those at the start of the range they are compared with. */
export const FIGURES_OVER = '5m';
export const COMPARE_OVER = '10m';

/** A figure is "over" from `over` on; `warn` is the level before. Shares are 0 to 1, times in seconds. */
export interface Threshold {
  readonly warn: number;
  readonly over: number;
}

export const THRESHOLD = {
  apiErrors: { warn: 0.01, over: 0.05 },
  apiP99_s: { warn: 1, over: 5 },
  cpu: { warn: 0.7, over: 0.9 },
  queryP95_s: { warn: 0.05, over: 0.2 },
  pool: { warn: 0.8, over: 0.95 },
  waiting: { warn: 1, over: 20 },
} as const satisfies Readonly<Record<string, Threshold>>;

/** What a checkout waits for a connection before it gives up. */
export const POOL_TIMEOUT_S = 10;

/** Transactions that have been idle for longer than this are worth an alert. */
export const IDLE_IN_TRANSACTION_S = 1;

/** P95 that the teams agreed on for outside services. There is none for the others. */
export const LATENCY_BUDGET_S = {
  [OUTSIDE_SERVICE.paymentGateway]: 1,
  [OUTSIDE_SERVICE.emailProvider]: 15,
} as const;

/** How long after the alert about errors the report came in. */
export const REPORTED_AFTER_S = 300;

/** Routes that are no work of the API's users. */
export const PROBE_ROUTE = '/health';

export const API_JOB = SERVICE.api;
export const API_SESSIONS = APPLICATION_NAME.api;
/** The database that the API works with. */
export const DATABASE_NAME = 'workflows';

/** Hues of outside services, the same in all panels. */
export const SERVICE_COLOR: Readonly<Record<string, string>> = {
  [OUTSIDE_SERVICE.validationService]: 'orange',
  [OUTSIDE_SERVICE.paymentGateway]: 'blue',
  [OUTSIDE_SERVICE.emailProvider]: 'purple',
  [OUTSIDE_SERVICE.identityProvider]: 'semi-dark-green',
};
