/** All dashboards, in the order of their links. */
import { apiEndpoints } from './dashboards/api-endpoints.js';
import { databaseAndPool } from './dashboards/database.js';
import { externalServices } from './dashboards/external-services.js';
import { incidentReport } from './dashboards/incident-report.js';
import { logsDashboard } from './dashboards/logs.js';
import { overview } from './dashboards/overview.js';
import { databaseAnalyzer, serviceGraph } from './dashboards/plugin-panels.js';
import { tracesDashboard } from './dashboards/traces.js';

export const DASHBOARDS = [
  incidentReport,
  overview,
  apiEndpoints,
  databaseAndPool,
  databaseAnalyzer,
  serviceGraph,
  externalServices,
  logsDashboard,
  tracesDashboard,
] as const;
