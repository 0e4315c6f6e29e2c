import { Hono } from 'hono';
import { type Behaviour, behave } from './behaviour.js';

/** `<role>.<user id>.<organization id>`, both ids UUIDs. */
const TOKEN = /^(owner|editor|viewer)\.([0-9a-f-]{36})\.([0-9a-f-]{36})$/;

/** Introspects tokens that say themselves whose they are; every other token is inactive. */
export function identityProvider(behaviour: Behaviour): Hono {
  const app = new Hono();
  app.use(behave(behaviour));
  app.post('/introspect', async (context) => {
    const { token } = await context.req.json<{ token?: string }>();
    const [, role, userId, organizationId] = TOKEN.exec(token ?? '') ?? [];
    if (role === undefined) return context.json({ active: false });
    return context.json({ active: true, userId, organizationId, role });
  });
  return app;
}
