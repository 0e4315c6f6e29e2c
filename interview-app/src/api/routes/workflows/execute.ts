import type { Handler } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../middleware/auth.js';
import { readBody, readId } from '../../middleware/validation.js';
import type { ApiServices } from '../../services.js';

const bodySchema = z.strictObject({ input: z.record(z.string(), z.unknown()).default({}) });

/** POST /api/workflows/:id/execute: starts the workflow and answers at once; its progress is in the status. */
export function executeWorkflow({ executor }: ApiServices): Handler<ApiEnv> {
  return async (c) => {
    const workflowId = readId(c, 'workflow');
    const { input } = await readBody(c, bodySchema);
    const { executionId } = await executor.start(c.get('principal'), workflowId, input);
    return c.json({ executionId, workflowId, status: 'queued' }, 202);
  };
}
