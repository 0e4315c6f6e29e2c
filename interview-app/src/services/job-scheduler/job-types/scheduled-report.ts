import { z } from 'zod';
import { id } from '../../../api/middleware/validation.js';
import type { Session } from '../../../lib/database/client.js';
import type { JobHandler, JobTools } from './handler.js';

const DAY_MS = 24 * 3_600_000;
const RANGE_DAYS = 7;

const payloadSchema = z.object({
  plan: z.object({
    templateId: id,
    name: z.string(),
    sections: z.array(z.object({ metric: z.string(), dataset: z.string().nullable(), records: z.number() })),
  }),
  recipients: z.array(z.string()).max(50),
});

type Plan = z.infer<typeof payloadSchema>['plan'];

interface Range {
  readonly from: Date;
  readonly to: Date;
}

/** Writes a report from its template, for the week before the job's time, and mails it. */
export const scheduledReport: JobHandler = async (job, tools) => {
  const { plan, recipients } = payloadSchema.parse(job.payload);
  const tenantId = job.tenantId ?? '';
  const range = { from: new Date(job.runAt.getTime() - RANGE_DAYS * DAY_MS), to: job.runAt };
  const { database } = tools;
  await database.$connection(async (db) => {
    const template = await db.reportTemplate.findFirst({ where: { id: plan.templateId, tenantId } });
    if (!template) return;
    const content = { sections: await writeSections(db, plan, { tenantId, range }) };
    // Under the job's id: a second run of the same job must not write a second report.
    await db.report.upsert({
      conflict: ['id'],
      create: {
        id: job.id,
        tenantId,
        kind: plan.name,
        rangeFrom: range.from,
        rangeTo: range.to,
        content,
        createdBy: template.ownerId,
        createdAt: new Date(),
      },
      update: { content },
    });
  });
  for (const to of recipients) await send(to, { tenantId, reportId: job.id, name: plan.name }, tools);
};

async function writeSections(
  db: Session,
  { sections }: Plan,
  { tenantId, range }: { readonly tenantId: string; readonly range: Range },
) {
  const written: { metric: string; dataset: string | null; value: number }[] = [];
  for (const { metric, dataset, records } of sections) {
    const value = metric === 'records' ? records : await count(db, metric, { tenantId, range });
    written.push({ metric, dataset, value });
  }
  return written;
}

function count(
  db: Session,
  metric: string,
  { tenantId, range }: { readonly tenantId: string; readonly range: Range },
): Promise<number> {
  const startedAt = { gte: range.from, lt: range.to };
  switch (metric) {
    case 'executions':
      return db.execution.count({ where: { tenantId, startedAt } });
    case 'failures':
      return db.execution.count({ where: { tenantId, startedAt, status: 'failed' } });
    case 'users':
      return db.user.count({ where: { tenantId, status: 'active' } });
    default:
      throw new Error(`a report cannot show ${metric}`);
  }
}

async function send(
  to: string,
  { tenantId, ...data }: { readonly tenantId: string; readonly reportId: string; readonly name: string },
  { services }: JobTools,
): Promise<void> {
  await services.notify({ tenantId, channel: 'email', template: 'report-ready', to, data });
}
