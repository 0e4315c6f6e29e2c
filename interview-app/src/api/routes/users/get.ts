import type { Handler } from 'hono';
import type { ApiEnv } from '../../middleware/auth.js';
import { readId } from '../../middleware/validation.js';
import type { ApiServices } from '../../services.js';

/** GET /api/users/:id */
export function getUser({ users }: ApiServices): Handler<ApiEnv> {
  return async (c) => c.json(await users.profile(c.get('principal').tenantId, readId(c, 'user')));
}
