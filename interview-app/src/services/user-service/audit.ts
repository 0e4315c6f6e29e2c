import type { Session } from '../../lib/database/client.js';
import type { Principal, UsageCounter } from '../../types/user.js';

export interface AuditedAction {
  readonly action: string;
  readonly targetId: string;
}

/** Who did what, and how much of what a tenant pays for was used: written with the change itself, or not at all. */
export class Audit {
  async record(
    tx: Session,
    { tenantId, userId }: Principal,
    { action, targetId }: AuditedAction,
  ): Promise<void> {
    await tx.auditEntry.create({
      data: { id: crypto.randomUUID(), tenantId, actorId: userId, action, targetId, createdAt: new Date() },
    });
  }

  /** Adds to this month's counter, or takes from it. */
  async countUsage(tx: Session, tenantId: string, metric: UsageCounter['metric'], amount = 1): Promise<void> {
    const period = new Date().toISOString().slice(0, 'yyyy-mm'.length);
    await tx.usageCounter.upsert({
      conflict: ['tenantId', 'metric', 'period'],
      create: { tenantId, metric, period, value: amount },
      update: { value: { increment: amount } },
    });
  }
}
