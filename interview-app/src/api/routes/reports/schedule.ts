import type { Handler } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../middleware/auth.js';
import { id, instant, readBody } from '../../middleware/validation.js';
import type { ApiServices } from '../../services.js';

const bodySchema = z.strictObject({
  templateId: id,
  runAt: instant,
  recipients: z.array(z.email().max(254)).min(1).max(50),
});

/** POST /api/reports/schedule: has a report made from a template, and sent, at a given time. */
export function scheduleReport({ reporter, worker }: ApiServices): Handler<ApiEnv> {
  return async (c) => {
    const { tenantId } = c.get('principal');
    const { templateId, runAt, recipients } = await readBody(c, bodySchema);
    const plan = await reporter.plan(tenantId, templateId);
    const { jobId } = await worker.enqueueJob({
      type: 'scheduled-report',
      tenantId,
      payload: { plan, recipients },
      runAt: runAt.toISOString(),
    });
    return c.json({ jobId, templateId, runAt }, 202);
  };
}
