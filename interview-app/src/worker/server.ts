import { Hono } from 'hono';
import type { WorkerConfig } from '../lib/config.js';
import { Database } from '../lib/database/client.js';
import { EmailProvider } from '../lib/external-apis/email-provider.js';
import { PaymentGateway } from '../lib/external-apis/payment-gateway.js';
import { WorkerClient } from '../lib/external-apis/worker.js';
import { createLogger } from '../lib/logger.js';
import { Metrics } from '../lib/metrics.js';
import { type Outside, ordinaryOutside } from '../lib/outside.js';
import { createService, type Service } from '../lib/service.js';
import { APPLICATION_NAME, SERVICE } from '../lib/telemetry-names.js';
import { Tracing } from '../lib/tracing.js';
import { createJobScheduler } from '../services/job-scheduler/service.js';
import { createNotificationService } from '../services/notification-service/service.js';
import { createWorkflowEngine } from '../services/workflow-engine/service.js';
import type { Telemetry } from './service-app.js';
import type { ServiceParts } from './worker-service.js';

/**
 * The process behind the API: job scheduler, workflow engine and notification service. They share its connections
 * and its port, and otherwise keep to themselves: each has telemetry of its own and calls the others over HTTP.
 */
export function createWorker(config: WorkerConfig, outside: Outside = ordinaryOutside(config)): Service {
  const metrics = new Metrics();
  const telemetry = {
    jobs: createTelemetry(SERVICE.jobScheduler, config, outside),
    executions: createTelemetry(SERVICE.workflowEngine, config, outside),
    notifications: createTelemetry(SERVICE.notificationService, config, outside),
  };
  const databaseOptions = {
    config: config.database,
    applicationName: APPLICATION_NAME.worker,
    connect: outside.connect,
    metrics,
  };
  const database = new Database({ ...databaseOptions, ...telemetry.jobs });
  const partsOf = (own: Telemetry): ServiceParts => ({
    telemetry: own,
    database:
      own === telemetry.jobs
        ? database
        : new Database({ ...databaseOptions, ...own, sharedPool: database.pool }),
    services: new WorkerClient({ ...config, tracing: own.tracing }),
  });

  const payments = new PaymentGateway({
    endpoint: config.paymentGateway,
    tracing: telemetry.jobs.tracing,
    metrics,
  });
  const emails = new EmailProvider({
    endpoint: config.emailProvider,
    tracing: telemetry.notifications.tracing,
    metrics,
  });
  const intervalMs = config.schedulerIntervalMs;
  // In the order in which they stop: first who calls, then who is called.
  const services = [
    createJobScheduler(partsOf(telemetry.jobs), { payments, intervalMs }),
    createWorkflowEngine(partsOf(telemetry.executions)),
    createNotificationService(partsOf(telemetry.notifications), { emails, webhooks: config.webhooks }),
  ];

  const app = new Hono();
  app.get('/metrics', () => metrics.response());
  app.get('/health', (c) => c.json({ status: 'ok', version: config.version }));
  for (const { path, app: routes } of services) app.route(path, routes);

  return createService({
    app,
    async start() {
      await database.start();
      for (const service of services) await service.start();
    },
    async stop() {
      for (const service of services) await service.stop();
      await database.stop();
      await Promise.all(
        Object.values(telemetry).map(async ({ tracing, logger }) => {
          await tracing.shutdown();
          await logger.close();
        }),
      );
    },
  });
}

function createTelemetry(serviceName: string, { version }: WorkerConfig, outside: Outside): Telemetry {
  const spanProcessors = outside.spanProcessors(serviceName);
  return {
    tracing: new Tracing({ serviceName, serviceVersion: version, spanProcessors }),
    logger: createLogger(serviceName, outside.logTransports(serviceName)),
  };
}
