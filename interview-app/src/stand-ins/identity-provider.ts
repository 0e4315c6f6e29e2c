import { Hono } from 'hono';
import { type Behaviour, behave } from './behaviour.js';

/** `<role>.<user id>.<tenant id>`, both ids UUIDs. */
const TOKEN = /^(admin|editor|viewer)\.([0-9a-f-]{36})\.([0-9a-f-]{36})$/;

/** Introspects tokens that say themselves whose they are; every other token is inactive. */
export function identityProvider(behaviour: Behaviour): Hono {
  const app = new Hono();
  app.use(behave(behaviour));
  app.post('/introspect', async (c) => {
    const { token } = await c.req.json<{ token?: string }>();
    const [, role, userId, tenantId] = TOKEN.exec(token ?? '') ?? [];
    if (role === undefined) return c.json({ active: false });
    return c.json({ active: true, sub: userId, tenant_id: tenantId, roles: [role] });
  });
  return app;
}
