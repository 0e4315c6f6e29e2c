import { z } from 'zod';
import type { WorkflowDefinition } from '../../../types/workflow.js';

const name = z.string().trim().min(1).max(120);
const key = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'must be lower case letters, digits and dashes');

const step = z.strictObject({
  key,
  kind: z.enum(['http', 'transform', 'branch', 'delay', 'notify']),
  connector: key.optional(),
  dependsOn: z.array(key).max(20).default([]),
  config: z.record(z.string(), z.unknown()).default({}),
});

/** A workflow as callers write it; `checkSteps` looks at what the steps say about each other. */
export const workflowDefinition: z.ZodType<WorkflowDefinition> = z.strictObject({
  name,
  version: z.int().min(1).default(1),
  steps: z.array(step).min(1).max(50),
});
