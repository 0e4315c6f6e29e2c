import type { Handler } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../middleware/auth.js';
import { id, readBody } from '../../middleware/validation.js';
import type { ApiServices } from '../../services.js';

const bodySchema = z.strictObject({ datasetId: id, full: z.boolean().default(false) });

/** POST /api/data/sync: has a data set brought up to date in the background. */
export function syncData({ datasets }: ApiServices): Handler<ApiEnv> {
  return async (c) => {
    const { datasetId, full } = await readBody(c, bodySchema);
    const { jobId } = await datasets.sync(c.get('principal').tenantId, datasetId, { full });
    return c.json({ jobId, datasetId, status: 'queued' }, 202);
  };
}
