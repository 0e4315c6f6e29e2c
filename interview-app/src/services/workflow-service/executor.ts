import type { Cache } from '../../lib/cache.js';
import type { Database, Session } from '../../lib/database/client.js';
import { conflict } from '../../lib/errors.js';
import type { WorkerClient } from '../../lib/external-apis/worker.js';
import type { StartedExecution } from '../../types/job.js';
import type { Principal } from '../../types/user.js';
import type { ExecutionPlan, PlannedStep, WorkflowStep } from '../../types/workflow.js';
import { findWorkflow } from './state-manager.js';
import { inDependencyOrder } from './step-processor.js';

/** Turns workflows into plans, keeps the plans, and hands them to the engine. */
export class WorkflowExecutor {
  readonly #db: Database;
  readonly #worker: WorkerClient;
  /** By workflow. A workflow's steps never change: another version is another workflow. */
  readonly #plans: Cache<ExecutionPlan>;

  constructor(db: Database, worker: WorkerClient, plans: Cache<ExecutionPlan>) {
    this.#db = db;
    this.#worker = worker;
    this.#plans = plans;
  }

  /** @throws {ApiError} 404 for an unknown workflow, 409 for one that cannot be executed as it is */
  async start(
    { tenantId, userId }: Principal,
    workflowId: string,
    input: Readonly<Record<string, unknown>>,
  ): Promise<StartedExecution> {
    const plan = await this.#plan(tenantId, workflowId);
    return this.#worker.startExecution({ plan, startedBy: userId, input });
  }

  async #plan(tenantId: string, workflowId: string): Promise<ExecutionPlan> {
    const cached = this.#plans.get(workflowId);
    if (cached && cached.tenantId === tenantId) return cached;
    const plan = await this.#db.$connection((db) => loadPlan(db, tenantId, workflowId));
    this.#plans.set(workflowId, plan);
    return plan;
  }
}

async function loadPlan(db: Session, tenantId: string, workflowId: string): Promise<ExecutionPlan> {
  const workflow = await findWorkflow(db, tenantId, workflowId);
  if (workflow.status !== 'active') {
    throw conflict(
      'workflow_not_active',
      `The workflow is ${workflow.status}, only active ones can be executed`,
    );
  }
  const tenant = await db.tenant.findFirstOrThrow({ where: { id: tenantId } });
  const owner = await db.user.findFirst({ where: { id: workflow.ownerId, status: 'active' } });
  const triggers = await db.workflowTrigger.findMany({ where: { workflowId } });
  const revision = await db.workflowRevision.findFirst({
    where: { workflowId },
    orderBy: { version: 'desc' },
  });
  const steps = await db.workflowStep.findMany({ where: { workflowId }, orderBy: { position: 'asc' } });
  const planned: PlannedStep[] = [];
  for (const step of inDependencyOrder(steps)) planned.push(await planStep(db, tenantId, step));
  return {
    workflowId,
    tenantId,
    version: revision?.version ?? workflow.version,
    priority:
      tenant.plan === 'enterprise' || triggers.some(({ kind }) => kind === 'webhook') ? 'high' : 'normal',
    notifyOnFailure: owner?.email ?? null,
    steps: planned,
  };
}

async function planStep(db: Session, tenantId: string, step: WorkflowStep): Promise<PlannedStep> {
  const { key, kind, dependsOn, config } = step;
  if (!step.connector) return { key, kind, dependsOn, config, endpoint: null, credentialId: null };
  const connector = await db.connector.findFirst({ where: { tenantId, key: step.connector } });
  if (!connector)
    throw conflict('connector_missing', `Step ${key} uses the connector ${step.connector}, which is gone`);
  const credential = connector.credentialId
    ? await db.credential.findFirst({ where: { id: connector.credentialId, tenantId } })
    : undefined;
  return { key, kind, dependsOn, config, endpoint: connector.endpoint, credentialId: credential?.id ?? null };
}
