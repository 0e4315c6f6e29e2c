import { z } from 'zod';
import { id, instant, readBody } from '../../api/middleware/validation.js';
import type { ServiceApp } from '../../worker/service-app.js';
import type { JobQueue } from './job-queue.js';

const enqueueJob = z.object({
  type: z.enum(['dataset-sync', 'scheduled-report']),
  tenantId: id,
  payload: z.record(z.string(), z.unknown()),
  runAt: instant.optional(),
});

/** `POST /` queues a job of a tenant: 202, before it runs. */
export function jobRoutes(app: ServiceApp, queue: JobQueue): ServiceApp {
  return app.post('/', async (c) => c.json(await queue.enqueue(await readBody(c, enqueueJob)), 202));
}
