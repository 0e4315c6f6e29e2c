import type { Handler } from 'hono';
import type { Session } from '../../../lib/database/client.js';
import { conflict, forbidden, invalidRequest } from '../../../lib/errors.js';
import { checkSteps, inDependencyOrder, stepRow } from '../../../services/workflow-service/step-processor.js';
import type { Principal } from '../../../types/user.js';
import type { StepDefinition, Workflow, WorkflowDefinition } from '../../../types/workflow.js';
import type { ApiEnv } from '../../middleware/auth.js';
import { readBody } from '../../middleware/validation.js';
import type { ApiServices } from '../../services.js';
import { workflowDefinition } from './schema.js';

/** POST /api/workflows: a workflow from scratch. Whether its connectors exist is checked here, so it is active at once. */
export function createWorkflow({ db, audit, workflowState }: ApiServices): Handler<ApiEnv> {
  return async (c) => {
    const principal = c.get('principal');
    const definition = await readBody(c, workflowDefinition);
    const details = checkSteps(definition.steps);
    if (details.length > 0) throw invalidRequest(details);

    const workflow = await db.$transaction(async (tx) => {
      await checkRoom(tx, principal, definition);
      const created = await insertWorkflow(tx, principal, definition);
      await audit.record(tx, principal, { action: 'workflow.created', targetId: created.id });
      await audit.countUsage(tx, principal.tenantId, 'workflows');
      return created;
    });

    workflowState.listChanged(principal.tenantId);
    const { id, name, version, status } = workflow;
    return c.json({ id, name, version, status, steps: definition.steps.length }, 201);
  };
}

/** @throws {ApiError} 403 when the plan allows no more workflows, 409 when the name is taken */
async function checkRoom(tx: Session, { tenantId }: Principal, { name }: WorkflowDefinition): Promise<void> {
  const tenant = await tx.tenant.findFirstOrThrow({ where: { id: tenantId } });
  const count = await tx.workflow.count({ where: { tenantId, status: { not: 'archived' } } });
  if (count >= tenant.workflowLimit) {
    throw forbidden(`The plan ${tenant.plan} allows ${tenant.workflowLimit} workflows`);
  }
  const namesake = await tx.workflow.findFirst({ where: { tenantId, name } });
  if (namesake) throw conflict('workflow_exists', `There is a workflow ${name} already`);
}

async function insertWorkflow(
  tx: Session,
  { tenantId, userId }: Principal,
  { name, version, steps }: WorkflowDefinition,
): Promise<Workflow> {
  const now = new Date();
  const workflow = await tx.workflow.create({
    data: {
      id: crypto.randomUUID(),
      tenantId,
      name,
      version,
      status: 'active',
      ownerId: userId,
      createdAt: now,
      updatedAt: now,
      validatedAt: now,
    },
  });
  for (const [position, step] of inDependencyOrder(steps).entries()) {
    await checkConnector(tx, tenantId, step);
    await tx.workflowStep.create({ data: stepRow(step, { workflowId: workflow.id, position }) });
  }
  await tx.workflowRevision.create({
    data: {
      id: crypto.randomUUID(),
      workflowId: workflow.id,
      version,
      authorId: userId,
      comment: 'Created',
      createdAt: now,
    },
  });
  return workflow;
}

/** @throws {ApiError} 422 when the step's connector does not exist */
async function checkConnector(
  tx: Session,
  tenantId: string,
  { key, connector }: StepDefinition,
): Promise<void> {
  if (!connector) return;
  const found = await tx.connector.findFirst({ where: { tenantId, key: connector } });
  if (!found)
    throw invalidRequest([{ path: `steps.${key}.connector`, message: `there is no connector ${connector}` }]);
}
