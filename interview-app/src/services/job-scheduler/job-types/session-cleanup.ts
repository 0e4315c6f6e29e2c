import { EVENT } from '../../../lib/telemetry-names.js';
import type { UserSession } from '../../../types/user.js';
import type { JobHandler } from './handler.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Removes sessions that nobody can use any more. */
export const sessionCleanup: JobHandler = async (job, { database, logger }) => {
  const now = Date.now();
  const rules = [
    { rule: 'revoked', field: 'revokedAt', before: new Date(now - HOUR_MS) },
    { rule: 'idle', field: 'lastSeenAt', before: new Date(now - 30 * DAY_MS) },
  ] as const satisfies readonly { rule: string; field: keyof UserSession; before: Date }[];

  logger.info(EVENT.sessionCleanup, 'Session clean-up started', { job_id: job.id });
  let removed = 0;
  for (const { rule, field, before } of rules) {
    const count = await database.userSession.deleteMany({ where: { [field]: { lt: before } } });
    logger.info(EVENT.sessionCleanup, `Session clean-up: removed ${count} ${rule} sessions`, {
      job_id: job.id,
      rule,
    });
    removed += count;
  }
  logger.info(EVENT.sessionCleanup, 'Session clean-up finished', { job_id: job.id, removed });
};
