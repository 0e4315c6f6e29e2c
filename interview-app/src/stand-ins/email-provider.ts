import { Hono } from 'hono';
import { type Behaviour, behave } from './behaviour.js';

/** Accepts every message and delivers none. */
export function emailProvider(behaviour: Behaviour): Hono {
  const app = new Hono();
  app.use(behave(behaviour));
  app.post('/messages', async (c) => {
    const { to } = await c.req.json<{ to?: string }>();
    if (!to?.includes('@')) return c.json({ error: 'invalid_recipient' }, 422);
    return c.json({ id: `msg_${crypto.randomUUID()}` }, 202);
  });
  return app;
}
