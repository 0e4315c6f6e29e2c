import type { Handler } from 'hono';
import type { LiveWorkflowStatus } from '../../../types/api.js';
import type { ApiEnv } from '../../middleware/auth.js';
import { readId } from '../../middleware/validation.js';
import type { ApiServices } from '../../services.js';

/** GET /api/workflows/:id/status: what is stored about the workflow, and what the engine is doing with it now. */
export function workflowStatus({ workflowState, worker }: ApiServices): Handler<ApiEnv> {
  return async (c) => {
    const workflowId = readId(c, 'workflow');
    const status = await workflowState.status(c.get('principal').tenantId, workflowId);
    const { executions } = await worker.recentExecutions(workflowId);
    return c.json({ ...status, recent: executions } satisfies LiveWorkflowStatus);
  };
}
