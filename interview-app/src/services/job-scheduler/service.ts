import type { PaymentGateway } from '../../lib/external-apis/payment-gateway.js';
import { createServiceApp } from '../../worker/service-app.js';
import type { ServiceParts, WorkerService } from '../../worker/worker-service.js';
import { JobExecutor } from './job-executor.js';
import { JobQueue } from './job-queue.js';
import { JOB_HANDLERS } from './job-types/index.js';
import { jobRoutes } from './routes.js';
import { Scheduler } from './scheduler.js';

export function createJobScheduler(
  { telemetry, database, services }: ServiceParts,
  { payments, intervalMs }: { readonly payments: PaymentGateway; readonly intervalMs: number },
): WorkerService {
  const tools = { database, services, payments, ...telemetry };
  const executor = new JobExecutor({ telemetry, handlers: JOB_HANDLERS, tools });
  const queue = new JobQueue({ database, run: (due) => executor.run(due) });
  const scheduler = new Scheduler({ telemetry, queue, executor, intervalMs });
  return {
    path: '/jobs',
    app: jobRoutes(createServiceApp(telemetry), queue),
    start: () => scheduler.start(),
    async stop() {
      await scheduler.stop();
      executor.stop();
      await queue.stop();
    },
  };
}
