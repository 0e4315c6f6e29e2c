import type { Cache } from '../../lib/cache.js';
import type { Database, Session } from '../../lib/database/client.js';
import type { WorkflowExport } from '../../types/api.js';
import type { WorkflowStep } from '../../types/workflow.js';
import { findWorkflow } from '../workflow-service/state-manager.js';

const REVISIONS = 8;

/** Writes what a tenant has as documents. */
export class Exporter {
  readonly #db: Database;
  /** By workflow. */
  readonly #documents: Cache<WorkflowExport>;

  constructor(db: Database, documents: Cache<WorkflowExport>) {
    this.#db = db;
    this.#documents = documents;
  }

  /** @throws {ApiError} 404 */
  async exportWorkflow(tenantId: string, workflowId: string): Promise<WorkflowExport> {
    const cached = this.#documents.get(workflowId);
    if (cached && cached.tenantId === tenantId) return cached;
    const document = await this.#db.$connection((db) => loadDocument(db, tenantId, workflowId));
    this.#documents.set(workflowId, document);
    return document;
  }
}

async function loadDocument(db: Session, tenantId: string, workflowId: string): Promise<WorkflowExport> {
  const { name, version } = await findWorkflow(db, tenantId, workflowId);
  const steps = await db.workflowStep.findMany({ where: { workflowId }, orderBy: { position: 'asc' } });
  const triggers = await db.workflowTrigger.findMany({ where: { workflowId } });
  return {
    format: 1,
    tenantId,
    workflow: { name, version, steps: steps.map(toDefinition) },
    connectors: await loadConnectors(db, tenantId, steps),
    triggers: triggers.map(({ kind, schedule }) => ({ kind, schedule })),
    revisions: await loadRevisions(db, workflowId),
  };
}

function toDefinition({ key, kind, connector, dependsOn, config }: WorkflowStep) {
  return { key, kind, dependsOn, config, ...(connector && { connector }) };
}

/** What the steps are connected to; credentials are never exported. */
async function loadConnectors(db: Session, tenantId: string, steps: readonly WorkflowStep[]) {
  const connectors: { key: string; endpoint: string }[] = [];
  for (const key of new Set(steps.flatMap((step) => step.connector ?? []))) {
    const connector = await db.connector.findFirst({ where: { tenantId, key } });
    if (connector) connectors.push({ key, endpoint: connector.endpoint });
  }
  return connectors;
}

async function loadRevisions(db: Session, workflowId: string) {
  const revisions = await db.workflowRevision.findMany({
    where: { workflowId },
    orderBy: { version: 'desc' },
    take: REVISIONS,
  });
  const exported: WorkflowExport['revisions'][number][] = [];
  for (const { authorId, version, comment, createdAt } of revisions) {
    const author = await db.user.findFirst({ where: { id: authorId } });
    const executions = await db.execution.count({ where: { workflowId, startedAt: { gte: createdAt } } });
    exported.push({ version, author: author?.name ?? null, comment, createdAt, executions });
  }
  return exported;
}
