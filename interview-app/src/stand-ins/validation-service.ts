import { Hono } from 'hono';
import { type Behaviour, behave } from './behaviour.js';

interface Definition {
  readonly id: string;
  readonly name: string;
  readonly steps: readonly { readonly name: string; readonly kind: string }[];
}

/** Judges the definitions of a bundle, each by itself: names must be unique, and the last step must not wait. */
export function validationService(behaviour: Behaviour): Hono {
  const app = new Hono();
  app.use(behave(behaviour));
  app.post('/v1/validate', async (context) => {
    const { workflows } = await context.req.json<{ workflows: readonly Definition[] }>();
    const results = workflows.map((definition) => {
      const issues = issuesOf(definition, workflows);
      return { id: definition.id, valid: issues.length === 0, issues };
    });
    return context.json({ results });
  });
  return app;
}

function issuesOf(definition: Definition, bundle: readonly Definition[]): string[] {
  const issues: string[] = [];
  if (bundle.some((other) => other.id !== definition.id && other.name === definition.name)) {
    issues.push(`the bundle has another workflow named "${definition.name}"`);
  }
  if (definition.steps.at(-1)?.kind === 'delay') issues.push('the last step is a delay');
  return issues;
}
