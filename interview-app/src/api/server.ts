import { Hono } from 'hono';
import type { ApiConfig } from '../lib/config.js';
import { Database } from '../lib/database/client.js';
import { createLogger } from '../lib/logger.js';
import { Metrics } from '../lib/metrics.js';
import { type Outside, ordinaryOutside } from '../lib/outside.js';
import { serverSpan } from '../lib/server-span.js';
import { createService, type Service } from '../lib/service.js';
import { APPLICATION_NAME, SERVICE } from '../lib/telemetry-names.js';
import { Tracing } from '../lib/tracing.js';
import { type ApiEnv, requirePermission, requirePrincipal } from './middleware/auth.js';
import { errorHandler, notFoundHandler } from './middleware/error-handler.js';
import { requestLogging } from './middleware/request-logging.js';
import { dashboard } from './routes/dashboard.js';
import { syncData } from './routes/data/sync.js';
import { transformData } from './routes/data/transform.js';
import { health } from './routes/health.js';
import { generateReport } from './routes/reports/generate.js';
import { scheduleReport } from './routes/reports/schedule.js';
import { createUser } from './routes/users/create.js';
import { deleteUser } from './routes/users/delete.js';
import { getUser } from './routes/users/get.js';
import { updateUser } from './routes/users/update.js';
import { createWorkflow } from './routes/workflows/create.js';
import { executeWorkflow } from './routes/workflows/execute.js';
import { exportWorkflow } from './routes/workflows/export.js';
import { importWorkflows } from './routes/workflows/import.js';
import { listWorkflows } from './routes/workflows/list.js';
import { workflowStatus } from './routes/workflows/status.js';
import { createServices, type Infrastructure } from './services.js';

/** The REST API. Nothing runs, and nothing is connected, before `start`. */
export function createApi(config: ApiConfig, outside: Outside = ordinaryOutside(config)): Service {
  const logger = createLogger(SERVICE.api, outside.logTransports(SERVICE.api));
  const metrics = new Metrics();
  const tracing = new Tracing({
    serviceName: SERVICE.api,
    serviceVersion: config.version,
    spanProcessors: outside.spanProcessors(SERVICE.api),
  });
  const db = new Database({
    config: config.database,
    applicationName: APPLICATION_NAME.api,
    connect: outside.connect,
    tracing,
    metrics,
    logger,
  });
  return createService({
    app: createApp(config, { db, logger, metrics, tracing }),
    start: () => db.start(),
    async stop() {
      await db.stop();
      await tracing.shutdown();
      await logger.close();
    },
  });
}

function createApp(config: ApiConfig, infrastructure: Infrastructure): Hono<ApiEnv> {
  const { logger, metrics, tracing } = infrastructure;
  const services = createServices(config, infrastructure);
  const app = new Hono<ApiEnv>();
  app.onError(errorHandler(logger));
  app.notFound(notFoundHandler);

  // Before everything else: being scraped is no request to tell about.
  app.get('/metrics', () => metrics.response());

  app.use(serverSpan(tracing));
  app.use(requestLogging(logger, metrics));
  app.get('/health', health(config.version));

  app.use('/api/*', requirePrincipal(services.identityProvider));

  app.get('/api/workflows', requirePermission('workflows:read'), listWorkflows(services));
  app.post('/api/workflows', requirePermission('workflows:write'), createWorkflow(services));
  app.post('/api/workflows/import', requirePermission('workflows:write'), importWorkflows(services));
  app.post('/api/workflows/:id/execute', requirePermission('workflows:execute'), executeWorkflow(services));
  app.get('/api/workflows/:id/export', requirePermission('workflows:read'), exportWorkflow(services));
  app.get('/api/workflows/:id/status', requirePermission('workflows:read'), workflowStatus(services));

  app.get('/api/users/:id', requirePermission('users:read'), getUser(services));
  app.post('/api/users', requirePermission('users:write'), createUser(services));
  app.patch('/api/users/:id', requirePermission('users:write'), updateUser(services));
  app.delete('/api/users/:id', requirePermission('users:write'), deleteUser(services));

  app.get('/api/dashboard', requirePermission('workflows:read'), dashboard(services));
  app.post('/api/data/sync', requirePermission('data:write'), syncData(services));
  app.post('/api/data/transform', requirePermission('data:write'), transformData(services));
  app.post('/api/reports/generate', requirePermission('reports:write'), generateReport(services));
  app.post('/api/reports/schedule', requirePermission('reports:write'), scheduleReport(services));
  return app;
}
