import { z } from 'zod';
import { id } from '../../api/middleware/validation.js';
import type { StepKind } from '../../types/workflow.js';

const STEP_KINDS = ['http', 'transform', 'branch', 'delay', 'notify'] as const satisfies readonly StepKind[];
const DELAY_MAX_MS = 5 * 60_000;

const plannedStep = z.object({
  key: z.string().min(1),
  kind: z.enum(STEP_KINDS),
  dependsOn: z.array(z.string()),
  config: z.record(z.string(), z.unknown()),
  endpoint: z.string().nullable(),
  credentialId: z.string().nullable(),
});

const executionPlan = z.object({
  workflowId: id,
  tenantId: id,
  version: z.number().int(),
  priority: z.enum(['high', 'normal']),
  notifyOnFailure: z.string().nullable(),
  steps: z
    .array(plannedStep)
    .max(200)
    .refine(isInOrder, 'every step must come after the steps that it depends on'),
});

/** What the engine is asked to run. */
export const startExecution = z.object({
  plan: executionPlan,
  startedBy: id,
  input: z.record(z.string(), z.unknown()),
});

/** What each kind of step needs of its configuration; other entries are left to the editor. */
export const STEP_CONFIG = {
  http: z.object({
    method: z.enum(['GET', 'POST']).default('GET'),
    path: z.string().startsWith('/').default('/'),
    timeoutMs: z.number().int().min(1).max(30_000).default(10_000),
  }),
  transform: z.object({ set: z.record(z.string(), z.string()).default({}) }),
  branch: z.object({ path: z.string(), equals: z.unknown() }),
  delay: z.object({ ms: z.number().int().min(0).max(DELAY_MAX_MS).default(0) }),
  notify: z.object({
    channel: z.enum(['email', 'webhook', 'in-app']).default('webhook'),
    /** The step's connector when absent. */
    to: z.string().min(1).optional(),
    template: z.string().min(1).default('workflow-message'),
  }),
} as const satisfies Record<StepKind, z.ZodType>;

/** @throws {Error} naming the entry that does not fit */
export function parseConfig<K extends StepKind>(kind: K, config: unknown): z.infer<(typeof STEP_CONFIG)[K]> {
  const result = STEP_CONFIG[kind].safeParse(config);
  if (result.success) return result.data as z.infer<(typeof STEP_CONFIG)[K]>;
  const [issue] = result.error.issues;
  throw new Error(
    `the configuration of a ${kind} step is not valid: ${issue?.path.join('.')}: ${issue?.message}`,
  );
}

function isInOrder(steps: readonly { key: string; dependsOn: readonly string[] }[]): boolean {
  const before = new Set<string>();
  return steps.every(({ key, dependsOn }) => {
    const fits = !before.has(key) && dependsOn.every((dependency) => before.has(dependency));
    before.add(key);
    return fits;
  });
}
