import type { Cache } from '../../lib/cache.js';
import type { Database, Session } from '../../lib/database/client.js';
import type { Where } from '../../lib/database/model.js';
import { notFound } from '../../lib/errors.js';
import type { Page, WorkflowStatusView, WorkflowSummary } from '../../types/api.js';
import type { Workflow, WorkflowStatus } from '../../types/workflow.js';

export interface WorkflowFilter {
  readonly page: number;
  readonly status?: WorkflowStatus | undefined;
  readonly search?: string | undefined;
}

export interface WorkflowCaches {
  /** First pages without a filter, by tenant. */
  readonly workflowLists: Cache<Page<WorkflowSummary>>;
  /** By workflow. */
  readonly workflowStatus: Cache<WorkflowStatusView>;
}

const PAGE_SIZE = 8;
const RECENT_EXECUTIONS = 8;

/** What is known about the workflows of a tenant, and the only place that forgets it when they change. */
export class WorkflowStateManager {
  readonly #db: Database;
  readonly #caches: WorkflowCaches;

  constructor(db: Database, caches: WorkflowCaches) {
    this.#db = db;
    this.#caches = caches;
  }

  /** One page of the tenant's workflows, newest first. */
  async list(tenantId: string, filter: WorkflowFilter): Promise<Page<WorkflowSummary>> {
    const isFirstPage = filter.page === 1 && !filter.status && !filter.search;
    const cached = isFirstPage ? this.#caches.workflowLists.get(tenantId) : undefined;
    if (cached) return cached;
    const page = await this.#db.$connection((db) => loadPage(db, tenantId, filter));
    if (isFirstPage) this.#caches.workflowLists.set(tenantId, page);
    return page;
  }

  /**
   * A workflow and how its last executions went.
   * @throws {ApiError} 404 when the tenant has no such workflow
   */
  async status(tenantId: string, workflowId: string): Promise<WorkflowStatusView> {
    const cached = this.#caches.workflowStatus.get(workflowId);
    if (cached && cached.tenantId === tenantId) return cached;
    const status = await this.#db.$connection((db) => loadStatus(db, tenantId, workflowId));
    this.#caches.workflowStatus.set(workflowId, status);
    return status;
  }

  /** To be called after the tenant got other workflows than before. */
  listChanged(tenantId: string): void {
    this.#caches.workflowLists.drop(tenantId);
  }
}

/** @throws {ApiError} 404 */
export async function findWorkflow(db: Session, tenantId: string, id: string): Promise<Workflow> {
  const workflow = await db.workflow.findFirst({ where: { id, tenantId } });
  if (!workflow) throw notFound('workflow', id);
  return workflow;
}

async function loadPage(
  db: Session,
  tenantId: string,
  { page, status, search }: WorkflowFilter,
): Promise<Page<WorkflowSummary>> {
  const where: Where<Workflow> = {
    tenantId,
    ...(status && { status }),
    ...(search && { name: { contains: search } }),
  };
  const workflows = await db.workflow.findMany({
    where,
    orderBy: { createdAt: 'desc' },
    take: PAGE_SIZE,
    skip: (page - 1) * PAGE_SIZE,
  });
  const total = await db.workflow.count({ where });
  const items: WorkflowSummary[] = [];
  for (const workflow of workflows) items.push(await summarize(db, workflow));
  return { items, page, total };
}

async function summarize(
  db: Session,
  { id, name, version, status, ownerId }: Workflow,
): Promise<WorkflowSummary> {
  const owner = await db.user.findFirst({ where: { id: ownerId } });
  const steps = await db.workflowStep.count({ where: { workflowId: id } });
  const last = await db.execution.findFirst({ where: { workflowId: id }, orderBy: { startedAt: 'desc' } });
  const lastExecution = last ? { status: last.status, startedAt: last.startedAt } : null;
  return { id, name, version, status, owner: owner?.name ?? null, steps, lastExecution };
}

async function loadStatus(db: Session, tenantId: string, workflowId: string): Promise<WorkflowStatusView> {
  const workflow = await findWorkflow(db, tenantId, workflowId);
  const owner = await db.user.findFirst({ where: { id: workflow.ownerId } });
  const triggers = await db.workflowTrigger.findMany({ where: { workflowId } });
  const executions = await db.execution.findMany({
    where: { workflowId },
    orderBy: { startedAt: 'desc' },
    take: RECENT_EXECUTIONS,
  });
  const history: WorkflowStatusView['history'][number][] = [];
  for (const { id, status, startedAt, finishedAt, startedBy } of executions) {
    const steps = await db.executionStep.count({ where: { executionId: id } });
    const failed = await db.executionStep.findMany({ where: { executionId: id, status: 'failed' }, take: 3 });
    const starter = startedBy ? await db.user.findFirst({ where: { id: startedBy } }) : undefined;
    const errors = failed.map(({ stepKey, error }) => ({ step: stepKey, message: error ?? 'unknown' }));
    history.push({ id, status, startedAt, finishedAt, startedBy: starter?.name ?? null, steps, errors });
  }
  const { name, version, status, validatedAt } = workflow;
  return {
    id: workflowId,
    tenantId,
    name,
    version,
    status,
    validatedAt,
    owner: owner?.name ?? null,
    triggers: triggers.map(({ kind, schedule }) => ({ kind, schedule })),
    history,
  };
}
