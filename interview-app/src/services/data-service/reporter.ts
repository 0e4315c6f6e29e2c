import type { Cache } from '../../lib/cache.js';
import type { Database, Session } from '../../lib/database/client.js';
import { notFound } from '../../lib/errors.js';
import type { ReportFailureView, ReportSectionView, ReportView } from '../../types/api.js';
import type { ReportSection } from '../../types/data.js';
import type { Principal } from '../../types/user.js';
import type { Audit } from '../user-service/audit.js';

export interface TimeRange {
  readonly from: Date;
  readonly to: Date;
}

export interface ReportCaches {
  /** Reports over standard ranges, by tenant, kind and range. */
  readonly reports: Cache<ReportView>;
  /** By template. */
  readonly reportTemplates: Cache<ReportPlan>;
}

/** A template made ready for the job that fills it in. */
export interface ReportPlan {
  readonly templateId: string;
  readonly tenantId: string;
  readonly name: string;
  readonly owner: string | null;
  readonly sections: readonly {
    readonly metric: string;
    readonly dataset: string | null;
    readonly fields: number;
    readonly records: number;
  }[];
}

/** What a report of each kind counts, in its range and in the one before. */
const KINDS = {
  operations: ['executions', 'failures', 'jobs', 'failed jobs', 'notifications', 'changes'],
  adoption: ['executions', 'workflows', 'users', 'reports', 'notifications', 'changes'],
} as const;

export type ReportKind = keyof typeof KINDS;
type ReportMetric = (typeof KINDS)[ReportKind][number];

/** How many of the last failures a report shows. */
const FAILURES = 4;

/** Counts what happened in a tenant. */
export class Reporter {
  readonly #db: Database;
  readonly #audit: Audit;
  readonly #caches: ReportCaches;

  constructor(db: Database, audit: Audit, caches: ReportCaches) {
    this.#db = db;
    this.#audit = audit;
    this.#caches = caches;
  }

  /**
   * Makes a report and keeps it.
   * @param standardRange the name of the range, when it is one of those that everybody asks for
   */
  async generate(
    principal: Principal,
    kind: ReportKind,
    range: TimeRange & { readonly standardRange?: string | undefined },
  ): Promise<ReportView> {
    const key = range.standardRange && `${principal.tenantId} ${kind} ${range.standardRange}`;
    const cached = key ? this.#caches.reports.get(key) : undefined;
    if (cached) return cached;
    const report = await this.#db.$transaction(async (tx) => {
      const tenant = await tx.tenant.findFirstOrThrow({ where: { id: principal.tenantId } });
      const sections = await countSections(tx, principal.tenantId, { kind, range });
      const failures = await lastFailures(tx, principal.tenantId, range);
      const { from, to } = range;
      const { id } = await tx.report.create({
        data: {
          id: crypto.randomUUID(),
          tenantId: principal.tenantId,
          kind,
          rangeFrom: from,
          rangeTo: to,
          content: { sections, failures },
          createdBy: principal.userId,
          createdAt: new Date(),
        },
      });
      await this.#audit.record(tx, principal, { action: 'report.generated', targetId: id });
      await this.#audit.countUsage(tx, principal.tenantId, 'reports');
      return { id, kind, tenant: tenant.name, range: { from, to }, sections, failures };
    });
    if (key) this.#caches.reports.set(key, report);
    return report;
  }

  /** @throws {ApiError} 404 */
  async plan(tenantId: string, templateId: string): Promise<ReportPlan> {
    const cached = this.#caches.reportTemplates.get(templateId);
    if (cached && cached.tenantId === tenantId) return cached;
    const plan = await this.#db.$connection((db) => loadPlan(db, tenantId, templateId));
    this.#caches.reportTemplates.set(templateId, plan);
    return plan;
  }
}

async function countSections(
  db: Session,
  tenantId: string,
  { kind, range }: { readonly kind: ReportKind; readonly range: TimeRange },
): Promise<ReportSectionView[]> {
  const lengthMs = range.to.getTime() - range.from.getTime();
  const before = { from: new Date(range.from.getTime() - lengthMs), to: range.from };
  const sections: ReportSectionView[] = [];
  for (const metric of KINDS[kind]) {
    const total = await count(db, metric, { tenantId, ...range });
    const previous = await count(db, metric, { tenantId, ...before });
    sections.push({ metric, total, previous });
  }
  return sections;
}

function count(
  db: Session,
  metric: ReportMetric,
  { tenantId, from, to }: TimeRange & { readonly tenantId: string },
): Promise<number> {
  const range = { gte: from, lt: to };
  switch (metric) {
    case 'executions':
      return db.execution.count({ where: { tenantId, startedAt: range } });
    case 'failures':
      return db.execution.count({ where: { tenantId, status: 'failed', startedAt: range } });
    case 'jobs':
      return db.job.count({ where: { tenantId, createdAt: range } });
    case 'failed jobs':
      return db.job.count({ where: { tenantId, status: 'failed', createdAt: range } });
    case 'notifications':
      return db.notification.count({ where: { tenantId, createdAt: range } });
    case 'changes':
      return db.auditEntry.count({ where: { tenantId, createdAt: range } });
    case 'workflows':
      return db.workflow.count({ where: { tenantId, createdAt: range } });
    case 'users':
      return db.user.count({ where: { tenantId, createdAt: range } });
    case 'reports':
      return db.report.count({ where: { tenantId, createdAt: range } });
  }
}

async function lastFailures(
  db: Session,
  tenantId: string,
  { from, to }: TimeRange,
): Promise<ReportFailureView[]> {
  const executions = await db.execution.findMany({
    where: { tenantId, status: 'failed', startedAt: { gte: from, lt: to } },
    orderBy: { startedAt: 'desc' },
    take: FAILURES,
  });
  const failures: ReportFailureView[] = [];
  for (const { id, workflowId, startedAt } of executions) {
    const workflow = await db.workflow.findFirst({ where: { id: workflowId } });
    const step = await db.executionStep.findFirst({ where: { executionId: id, status: 'failed' } });
    failures.push({ workflow: workflow?.name ?? null, step: step?.stepKey ?? null, startedAt });
  }
  return failures;
}

async function loadPlan(db: Session, tenantId: string, templateId: string): Promise<ReportPlan> {
  const template = await db.reportTemplate.findFirst({ where: { id: templateId, tenantId } });
  if (!template) throw notFound('report_template', templateId);
  const owner = await db.user.findFirst({ where: { id: template.ownerId } });
  const stored = await db.reportSection.findMany({ where: { templateId }, orderBy: { position: 'asc' } });
  const sections: ReportPlan['sections'][number][] = [];
  for (const section of stored) sections.push(await loadSection(db, tenantId, section));
  const { name } = template;
  return { templateId, tenantId, name, owner: owner?.email ?? null, sections };
}

async function loadSection(db: Session, tenantId: string, { metric, datasetId }: ReportSection) {
  if (!datasetId) return { metric, dataset: null, fields: 0, records: 0 };
  const dataset = await db.dataset.findFirst({ where: { id: datasetId, tenantId } });
  const fields = await db.datasetField.count({ where: { datasetId } });
  const records = await db.datasetRecord.count({ where: { datasetId } });
  return { metric, dataset: dataset?.name ?? null, fields, records };
}
