import type { User } from '../../../types/user.js';
import type { JobHandler, JobTools } from './handler.js';

/** The job runs once in each slot of the day. */
export const DIGEST_SLOT_MS = 5 * 60_000;
const DAY_MS = 24 * 3_600_000;
const READERS_MAX = 200;

/** Mails what happened since yesterday to those who asked for it at this time of the day (preference `digest_at`). */
export const activityDigest: JobHandler = async (job, tools) => {
  const until = new Date(Math.floor(job.runAt.getTime() / DIGEST_SLOT_MS) * DIGEST_SLOT_MS);
  const slot = until.toISOString().slice(11, 16);
  const readers = await tools.database.$connection(async (db) => {
    const preferences = await db.userPreference.findMany({
      where: { key: 'digest_at', value: slot },
      orderBy: { userId: 'asc' },
      take: READERS_MAX,
    });
    if (preferences.length === 0) return [];
    const id = { in: preferences.map((preference) => preference.userId) };
    return db.user.findMany({ where: { id, status: 'active' }, take: READERS_MAX });
  });
  const activityOf = new Map<string, Activity>();
  for (const reader of readers) {
    tools.signal.throwIfAborted();
    const { tenantId } = reader;
    const activity = activityOf.get(tenantId) ?? (await readActivity(tenantId, until, tools));
    activityOf.set(tenantId, activity);
    await send(reader, activity, tools);
  }
};

interface Activity {
  readonly executions: number;
  readonly failed: number;
}

function readActivity(tenantId: string, until: Date, { database }: JobTools): Promise<Activity> {
  const startedAt = { gte: new Date(until.getTime() - DAY_MS), lt: until };
  return database.$connection(async (db) => ({
    executions: await db.execution.count({ where: { tenantId, startedAt } }),
    failed: await db.execution.count({ where: { tenantId, startedAt, status: 'failed' } }),
  }));
}

async function send(
  { tenantId, email, name }: User,
  activity: Activity,
  { services }: JobTools,
): Promise<void> {
  await services.notify({
    tenantId,
    channel: 'email',
    template: 'activity-digest',
    to: email,
    data: { name, ...activity },
  });
}
