import { EVENT } from '../../../lib/telemetry-names.js';
import { pause } from '../../../worker/pause.js';
import type { JobHandler } from './handler.js';
import { periodOf } from './period.js';

const PAGES = 20;
/** Between two pages, to stay out of the way of everybody else. */
const PAUSE_MS = 5000;

/** Counts this month's executions of every tenant again, so that the counters do not drift from what was run. */
export const usageReport: JobHandler = async (job, { database, logger, signal }) => {
  const { period, start } = periodOf(job.runAt);
  const tenants = await database.tenant.count();
  const pageSize = Math.ceil(tenants / PAGES);
  for (let counted = 0; counted < tenants; ) {
    const page = await database.tenant.findMany({ orderBy: { id: 'asc' }, take: pageSize, skip: counted });
    if (page.length === 0) break;
    await database.$connection(async (db) => {
      for (const { id: tenantId } of page) {
        const value = await db.execution.count({ where: { tenantId, startedAt: { gte: start } } });
        await db.usageCounter.upsert({
          conflict: ['tenantId', 'metric', 'period'],
          create: { tenantId, metric: 'executions', period, value },
          update: { value },
        });
      }
    });
    counted += page.length;
    logger.info(EVENT.reportProgress, `Usage report: ${counted} of ${tenants} tenants counted`, {
      job_id: job.id,
    });
    await pause(PAUSE_MS, signal);
  }
};
