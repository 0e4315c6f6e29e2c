import { z } from 'zod';
import { id } from '../../../api/middleware/validation.js';
import type { Session } from '../../../lib/database/client.js';
import type { ReportSection } from '../../../types/data.js';
import type { JobHandler } from './handler.js';

const DAY_MS = 24 * 3_600_000;
const payloadSchema = z.object({ templateId: id, days: z.number().int().min(1).max(366).default(7) });

/** Writes a report from its template, for the days before the job's time, and tells the template's owner. */
export const scheduledReport: JobHandler = async (job, { database, services }) => {
  const { templateId, days } = payloadSchema.parse(job.payload);
  const tenantId = job.tenantId ?? '';
  const range = { from: new Date(job.runAt.getTime() - days * DAY_MS), to: job.runAt };
  const written = await database.$connection(async (db) => {
    const template = await db.reportTemplate.findFirst({ where: { id: templateId, tenantId } });
    if (!template) return undefined;
    const sections = await db.reportSection.findMany({ where: { templateId }, orderBy: { position: 'asc' } });
    const content: Record<string, number> = {};
    for (const section of sections) content[section.metric] = await measure(db, section, tenantId, range);
    // Under the job's id: a second run of the same job must not write a second report.
    const report = await db.report.upsert({
      conflict: ['id'],
      create: {
        id: job.id,
        tenantId,
        kind: template.name,
        rangeFrom: range.from,
        rangeTo: range.to,
        content,
        createdBy: template.ownerId,
        createdAt: new Date(),
      },
      update: { content },
    });
    return { report, template };
  });
  if (!written) return;
  await services.notify({
    tenantId,
    channel: 'in-app',
    template: 'report-ready',
    to: written.template.ownerId,
    data: { reportId: written.report.id, name: written.template.name },
  });
};

function measure(
  db: Session,
  { metric, datasetId }: ReportSection,
  tenantId: string,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<number> {
  const startedAt = { gte: from, lt: to };
  switch (metric) {
    case 'executions':
      return db.execution.count({ where: { tenantId, startedAt } });
    case 'failures':
      return db.execution.count({ where: { tenantId, startedAt, status: 'failed' } });
    case 'records':
      return db.datasetRecord.count({ where: { datasetId: datasetId ?? undefined } });
    case 'users':
      return db.user.count({ where: { tenantId, status: 'active' } });
  }
}
