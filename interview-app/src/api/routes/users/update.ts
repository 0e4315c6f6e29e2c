import type { Handler } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../middleware/auth.js';
import { ids, readBody, readId } from '../../middleware/validation.js';
import type { ApiServices } from '../../services.js';

const bodySchema = z
  .strictObject({
    name: z.string().trim().min(1).max(120).optional(),
    role: z.enum(['admin', 'editor', 'viewer']).optional(),
    teamIds: ids.optional(),
    preferences: z.record(z.string().regex(/^[a-z][a-z-]{0,39}$/), z.string().max(200)).optional(),
  })
  .refine((changes) => Object.keys(changes).length > 0, 'changes nothing');

/** PATCH /api/users/:id */
export function updateUser({ users, workflowState }: ApiServices): Handler<ApiEnv> {
  return async (c) => {
    const userId = readId(c, 'user');
    const changes = await readBody(c, bodySchema);
    const user = await users.update(c.get('principal'), userId, changes);
    if (changes.name) workflowState.listChanged(user.tenantId);
    const { id, email, name, role, updatedAt } = user;
    return c.json({ id, email, name, role, updatedAt });
  };
}
