import type { MiddlewareHandler } from 'hono';

/** How a stand-in answers. Read at every request, so it may be changed while the stand-in runs. */
export interface Behaviour {
  /** Shortest and longest answer, in milliseconds; every answer's delay is drawn evenly between the two. */
  delayMs: readonly [shortest: number, longest: number];
  /** True: every request is answered by 503, after the delay. */
  down: boolean;
}

/** Delays every request, and refuses it while the service is down. `/health` answers at once. */
export function behave(behaviour: Behaviour): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.path === '/health') return c.json({ status: behaviour.down ? 'down' : 'ok' });
    const [shortest, longest] = behaviour.delayMs;
    await delay(shortest + Math.random() * (longest - shortest));
    if (behaviour.down) return c.json({ error: 'unavailable' }, 503);
    return next();
  };
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
