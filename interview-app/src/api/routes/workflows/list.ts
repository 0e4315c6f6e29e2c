import type { Handler } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../middleware/auth.js';
import { readQuery } from '../../middleware/validation.js';
import type { ApiServices } from '../../services.js';

const querySchema = z.strictObject({
  page: z.coerce.number().int().min(1).max(1000).default(1),
  status: z.enum(['draft', 'validating', 'active', 'invalid', 'archived']).optional(),
  search: z.string().trim().min(1).max(120).optional(),
});

/** GET /api/workflows?page=&status=&search= */
export function listWorkflows({ workflowState }: ApiServices): Handler<ApiEnv> {
  return async (c) => {
    const { tenantId } = c.get('principal');
    return c.json(await workflowState.list(tenantId, readQuery(c, querySchema)));
  };
}
