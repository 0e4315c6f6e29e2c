import type { Handler } from 'hono';
import { z } from 'zod';
import { UpstreamError } from '../../../lib/errors.js';
import { EVENT } from '../../../lib/telemetry-names.js';
import type { User } from '../../../types/user.js';
import type { ApiEnv } from '../../middleware/auth.js';
import { ids, readBody } from '../../middleware/validation.js';
import type { ApiServices } from '../../services.js';

const bodySchema = z.strictObject({
  email: z.email().max(254).toLowerCase(),
  name: z.string().trim().min(1).max(120),
  role: z.enum(['admin', 'editor', 'viewer']).default('viewer'),
  teamIds: ids.default([]),
});

/** POST /api/users */
export function createUser({ users, worker, logger }: ApiServices): Handler<ApiEnv> {
  return async (c) => {
    const user = await users.create(c.get('principal'), await readBody(c, bodySchema));
    await welcome(user);
    const { id, email, name, role, createdAt } = user;
    return c.json({ id, email, name, role, createdAt }, 201);
  };

  /** The user exists by now: a message that cannot be sent is no reason to answer otherwise. */
  async function welcome({ tenantId, email, name }: User): Promise<void> {
    try {
      await worker.notify({ tenantId, channel: 'email', template: 'welcome', to: email, data: { name } });
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      logger.warn(EVENT.notificationFailed, 'Welcome message not sent', { error: error.message });
    }
  }
}
