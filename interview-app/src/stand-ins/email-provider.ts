import { Hono } from 'hono';
import { type Behaviour, behave } from './behaviour.js';

/** Accepts every message and delivers none. */
export function emailProvider(behaviour: Behaviour): Hono {
  const app = new Hono();
  app.use(behave(behaviour));
  app.post('/v1/messages', async (context) => {
    const { to } = await context.req.json<{ to?: string }>();
    if (!to?.includes('@')) return context.json({ error: 'invalid_recipient' }, 422);
    return context.json({ messageId: crypto.randomUUID() }, 202);
  });
  return app;
}
