import type { Handler } from 'hono';
import { conflict } from '../../../lib/errors.js';
import type { ApiEnv } from '../../middleware/auth.js';
import { readId } from '../../middleware/validation.js';
import type { ApiServices } from '../../services.js';

/** DELETE /api/users/:id */
export function deleteUser({ users, workflowState }: ApiServices): Handler<ApiEnv> {
  return async (c) => {
    const userId = readId(c, 'user');
    const principal = c.get('principal');
    if (userId === principal.userId) throw conflict('own_user', 'Nobody can delete themselves');
    await users.remove(principal, userId);
    workflowState.listChanged(principal.tenantId);
    return c.body(null, 204);
  };
}
