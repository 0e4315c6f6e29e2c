import { EVENT } from '../../../lib/telemetry-names.js';
import type { UsageCounter } from '../../../types/user.js';
import type { JobHandler, JobTools } from './handler.js';
import { periodOf } from './period.js';

const PAGE_SIZE = 25;
/** So many tenants are charged at most in one run; the next run goes on. */
const CHARGES_MAX = 25;
const CENTS_PER_EXECUTION = 2;

/** Charges tenants for what they ran last month, each once: a charge is recorded in the tenant's audit trail. */
export const usageBilling: JobHandler = async (job, tools) => {
  const { database, logger } = tools;
  const { period } = periodOf(job.runAt, -1);
  const action = `billing.charged.${period}`;
  let charged = 0;
  for (let page = 0; charged < CHARGES_MAX; page++) {
    const { usage, billed } = await database.$connection(async (db) => {
      const usage = await db.usageCounter.findMany({
        where: { metric: 'executions', period, value: { gt: 0 } },
        orderBy: { tenantId: 'asc' },
        take: PAGE_SIZE,
        skip: page * PAGE_SIZE,
      });
      const tenantId = { in: usage.map((counter) => counter.tenantId) };
      const entries = await db.auditEntry.findMany({ where: { action, tenantId } });
      return { usage, billed: new Set(entries.map((entry) => entry.tenantId)) };
    });
    for (const counter of usage) {
      tools.signal.throwIfAborted();
      if (!billed.has(counter.tenantId) && (await charge(counter, action, tools))) charged++;
    }
    if (usage.length < PAGE_SIZE) break;
  }
  if (charged > 0)
    logger.info(EVENT.billingCompleted, `Usage billing: ${charged} tenants charged`, { period });
};

/** @returns whether the money is coming; a declined charge is tried again by the next run */
async function charge(counter: UsageCounter, action: string, { database, payments, logger }: JobTools) {
  const { tenantId, period, value } = counter;
  const receipt = await payments.charge({
    tenantId,
    amount: value * CENTS_PER_EXECUTION,
    currency: 'EUR',
    idempotencyKey: `usage-${tenantId}-${period}`,
  });
  if (receipt.status === 'declined') {
    logger.warn(EVENT.billingDeclined, 'Charge declined', { tenant_id: tenantId, period });
    return false;
  }
  await database.auditEntry.create({
    data: {
      id: crypto.randomUUID(),
      tenantId,
      actorId: null,
      action,
      targetId: tenantId,
      createdAt: new Date(),
    },
  });
  return true;
}
