import { Hono } from 'hono';
import { type Behaviour, behave } from './behaviour.js';

interface Definition {
  readonly name: string;
  readonly steps: readonly { readonly kind: string }[];
}

/** Judges each workflow of a bundle by itself: the last step of a workflow must not be a delay. */
export function validationService(behaviour: Behaviour): Hono {
  const app = new Hono();
  app.use(behave(behaviour));
  app.post('/validate', async (c) => {
    const { workflows } = await c.req.json<{ workflows: readonly Definition[] }>();
    const results = workflows.map(({ name, steps }) => {
      const endsWithDelay = steps.at(-1)?.kind === 'delay';
      const issues = endsWithDelay ? [{ code: 'trailing_delay', message: 'the last step is a delay' }] : [];
      return { name, valid: issues.length === 0, issues };
    });
    return c.json({ results });
  });
  return app;
}
