import type { Context, Handler } from 'hono';
import { z } from 'zod';
import { invalidRequest } from '../../../lib/errors.js';
import { ATTRIBUTE, EVENT, SPAN } from '../../../lib/telemetry-names.js';
import { checkSteps, inDependencyOrder } from '../../../services/workflow-service/step-processor.js';
import {
  type BundleValidation,
  validateWithExternalService,
} from '../../../services/workflow-service/validator.js';
import type { ImportedWorkflow } from '../../../types/api.js';
import type { WorkflowBundle } from '../../../types/workflow.js';
import type { ApiEnv } from '../../middleware/auth.js';
import { readBody } from '../../middleware/validation.js';
import type { ApiServices } from '../../services.js';
import { workflowDefinition } from './schema.js';

const bundleSchema = z.strictObject({ workflows: z.array(workflowDefinition).min(1).max(25) });

/** What a step is given that does not say otherwise; not every system that people come from has these. */
const STEP_DEFAULTS = { retries: 3, timeoutSeconds: 30 };

/** POST /api/workflows/import: brings a bundle of workflows over from elsewhere. */
export function importWorkflows(services: ApiServices): Handler<ApiEnv> {
  const { db, tracing, logger, validationService, workflowState } = services;
  return async (c) => {
    const { tenantId, userId } = c.get('principal');
    const { requestId } = c.get('request');
    const bundle = await readBundle(c);

    logger.info(EVENT.importStarted, 'Starting workflow import', {
      request_id: requestId,
      tenant_id: tenantId,
      workflows: bundle.workflows.length,
    });

    // Workflows of a bundle may call each other, so it is validated as a whole and they share the answer.
    let validation: Promise<BundleValidation> | undefined;
    const imports = await Promise.allSettled(
      bundle.workflows.map((definition) =>
        db.$transaction(
          async (tx): Promise<ImportedWorkflow> => {
            const importedAt = new Date();
            const workflow = await tx.workflow.create({
              data: {
                id: crypto.randomUUID(),
                tenantId,
                name: definition.name,
                version: definition.version,
                status: 'validating',
                ownerId: userId,
                createdAt: importedAt,
                updatedAt: importedAt,
                validatedAt: null,
                validationIssues: null,
              },
            });

            // The engine runs steps by position: each must come after all that it depends on. Keys are kept, since
            // steps of other workflows may name them.
            const ordered = inDependencyOrder(definition.steps);
            const steps = await tx.workflowStep.createMany({
              data: ordered.map((step, position) => ({
                id: crypto.randomUUID(),
                workflowId: workflow.id,
                position,
                key: step.key,
                kind: step.kind,
                connector: step.connector ?? null,
                dependsOn: step.dependsOn,
                config: { ...STEP_DEFAULTS, ...step.config },
              })),
            });

            const attributes = {
              [ATTRIBUTE.workflowId]: workflow.id,
              [ATTRIBUTE.workflowName]: definition.name,
              [ATTRIBUTE.workflowSteps]: steps,
            };

            // Whoever of the bundle gets here first has it validated. What is not valid is imported all the same, for
            // its author to mend, with the issues that were found: they stand in the editor beside the steps that
            // they are about.
            const verdict = await tracing.inSpan(SPAN.workflowValidate, { attributes }, async (span) => {
              validation ??= validateWithExternalService(bundle, {
                validationService,
                logger,
                requestId,
              });
              const { verdicts, call } = await validation;
              if (call) span.addLink({ context: call });

              const found = verdicts.get(definition.name);
              if (!found) throw new Error(`No verdict on the workflow ${definition.name}`);
              span.setAttribute(ATTRIBUTE.workflowValid, found.valid);
              return found;
            });

            const checkedAt = new Date();
            const outcome = verdict.valid
              ? { status: 'active' as const, validatedAt: checkedAt }
              : { status: 'invalid' as const, validatedAt: null };

            const { id, name, version, status } = await tx.workflow.update({
              where: { id: workflow.id },
              data: {
                ...outcome,
                validationIssues: verdict.issues,
                updatedAt: checkedAt,
              },
            });
            return {
              id,
              name,
              version,
              status,
              steps,
              issues: verdict.issues,
            };
          },
          { lane: 'priority', maxWaitMs: 60_000, timeoutMs: 60_000 },
        ),
      ),
    );

    workflowState.listChanged(tenantId);
    const failure = imports.find((result) => result.status === 'rejected');
    if (failure) throw failure.reason;
    const workflows = imports.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    return c.json({ imported: workflows.length, workflows }, 201);
  };
}

/** @throws {ApiError} 400 or 422 */
async function readBundle(c: Context<ApiEnv>): Promise<WorkflowBundle> {
  const bundle = await readBody(c, bundleSchema);
  const names = new Set<string>();
  const details = bundle.workflows.flatMap(({ name, steps }, index) => {
    const found = [...checkSteps(steps, `workflows.${index}.`)];
    if (names.has(name))
      found.push({ path: `workflows.${index}.name`, message: `${name} is in the bundle twice` });
    names.add(name);
    return found;
  });
  if (details.length > 0) throw invalidRequest(details);
  return bundle;
}
