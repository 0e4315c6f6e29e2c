/** The two dashboards that are one panel each. */
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import { APPLICATION_NAME, METRIC, SERVICE } from 'interview-app/telemetry-names';
import {
  API_JOB,
  API_SESSIONS,
  DATABASE_NAME,
  DATASOURCE,
  IDLE_IN_TRANSACTION_S,
  LATENCY_BUDGET_S,
  PLUGIN,
  THRESHOLD,
} from '../config.js';
import { buildDashboard } from '../frame.js';
import { dashboardUrl } from '../links.js';
import { type Basics, titled } from '../panels.js';
import { serviceGraph as graphQueries } from '../queries/graph.js';
import { selector } from '../queries/promql.js';
import { range, type Target } from '../targets.js';
import { route, typed } from '../variables.js';

interface PluginPanel extends Omit<Basics, 'decimals'> {
  readonly type: string;
  readonly options: Readonly<Record<string, unknown>>;
}

function pluginPanel({ type, options, targets, unit, ...basics }: PluginPanel): dashboard.PanelBuilder {
  return titled(new dashboard.PanelBuilder(), basics)
    .type(type)
    .datasource(DATASOURCE.prometheus)
    .targets([...targets])
    .unit(unit)
    .options(options);
}

const API = selector({ job: API_JOB });
const SESSIONS = selector({ datname: DATABASE_NAME, application_name: API_SESSIONS });

/** Parts of the worker: as services they are called by name, at the database they are one application. */
const WORKER_SERVICES = [SERVICE.jobScheduler, SERVICE.workflowEngine, SERVICE.notificationService];

/** Series as they are: the panel tells them by their names. */
function raw(name: string, labels: string): Target {
  return range(`${name}${labels}`, '', { refId: name });
}

export const databaseAnalyzer = buildDashboard({
  key: 'analyzer',
  description: 'Sessions at the database and the transactions they hold, at any moment of the range.',
  variables: [
    typed({
      name: 'sessions',
      label: 'Sessions',
      description: 'Text that sessions must contain: an application, a route, a pid',
    }),
    // Set by the panel for the dashboards that come next.
    route().hide(dashboard.VariableHide.HideVariable),
  ],
  panels: [
    pluginPanel({
      title: 'Database sessions',
      description:
        'What each session does and for how long, every 5 s; the transactions that are open, and the statements of one that is selected. The strip on top chooses the moment.',
      at: [0, 0, 24, 19],
      unit: 'short',
      type: PLUGIN.analyzer,
      options: {
        lokiUid: DATASOURCE.loki.uid,
        tempoUid: DATASOURCE.tempo.uid,
        poolApplication: API_SESSIONS,
        longTransactionSeconds: IDLE_IN_TRANSACTION_S,
        filter: '$sessions',
        routeVariable: 'route',
        attributeGaps: false,
      },
      targets: [
        raw('pg_stat_activity_count', SESSIONS),
        raw('pg_stat_activity_max_tx_duration', SESSIONS),
        raw(METRIC.connectionCount, API),
        raw(METRIC.connectionMax, API),
        raw(METRIC.connectionPendingRequests, API),
        raw(`${METRIC.connectionWaitTime}_count`, API),
        raw(`${METRIC.connectionWaitTime}_bucket`, API),
        raw(METRIC.connectionTimeouts, API),
        raw(`${METRIC.connectionUseTime}_sum`, API),
        raw(`${METRIC.connectionUseTime}_count`, API),
      ],
    }),
  ],
});

export const serviceGraph = buildDashboard({
  key: 'graph',
  description: 'Who calls whom: rate, errors, latency and calls in flight of each edge.',
  // The route whose calls stand out: chosen in the panel, or in the Database Analyzer.
  variables: [route().hide(dashboard.VariableHide.HideVariable)],
  panels: [
    pluginPanel({
      title: 'Service graph',
      description:
        'Calls between services of the last 5 min, beside the first 10 min of the range. A node or an edge opens to its figures, its routes and its traces.',
      at: [0, 0, 24, 20],
      unit: 'short',
      type: PLUGIN.graph,
      options: {
        errorThreshold: THRESHOLD.apiErrors.over * 100,
        latencyThreshold: THRESHOLD.apiP99_s.over,
        latencyBudgets: Object.entries(LATENCY_BUDGET_S)
          .map(([service, budget_s]) => `${service} = ${budget_s}`)
          .join('\n'),
        poolThreshold: THRESHOLD.pool.warn,
        queueThreshold: THRESHOLD.waiting.warn,
        tracesUid: DATASOURCE.tempo.uid,
        logsUid: DATASOURCE.loki.uid,
        markedRoute: '$route',
        databaseUrl: `${dashboardUrl('analyzer')}?$\{__url_time_range}&$\{__all_variables}&var-sessions=$sessions`,
        sessionNames: WORKER_SERVICES.map((service) => `${service} = ${APPLICATION_NAME.worker}`).join('\n'),
      },
      targets: graphQueries().map(({ refId, expr, isCoarse }) =>
        range(expr, '', isCoarse ? { refId, interval: '1m' } : { refId }),
      ),
    }),
  ],
});
