import type { User } from '../../../types/user.js';
import type { JobHandler, JobTools } from './handler.js';

/** The job runs once in each slot of the day; every reader has one of the slots. */
export const DIGEST_SLOT_MS = 5 * 60_000;
const DAY_MS = 24 * 3_600_000;
const READERS_MAX = 200;
const MONDAY = 1;

/** Mails what happened since the day before to those who want to know daily, or on Mondays for the week. */
export const activityDigest: JobHandler = async (job, tools) => {
  const until = new Date(Math.floor(job.runAt.getTime() / DIGEST_SLOT_MS) * DIGEST_SLOT_MS);
  await sendDigests({ frequency: 'daily', since: new Date(until.getTime() - DAY_MS), until }, tools);
  if (until.getUTCDay() === MONDAY) {
    await sendDigests({ frequency: 'weekly', since: new Date(until.getTime() - 7 * DAY_MS), until }, tools);
  }
};

interface Digest {
  readonly frequency: 'daily' | 'weekly';
  readonly since: Date;
  readonly until: Date;
}

interface Activity {
  readonly executions: number;
  readonly failed: number;
}

async function sendDigests(digest: Digest, tools: JobTools): Promise<void> {
  const activityOf = new Map<string, Activity>();
  for (const reader of await findReaders(digest, tools)) {
    tools.signal.throwIfAborted();
    const { tenantId } = reader;
    const activity = activityOf.get(tenantId) ?? (await readActivity(tenantId, digest, tools));
    activityOf.set(tenantId, activity);
    await send(reader, { ...activity, frequency: digest.frequency }, tools);
  }
}

/** Readers are spread over the slots of the day by their ids. */
function findReaders({ frequency, until }: Digest, { database }: JobTools): Promise<readonly User[]> {
  const slot = (until.getTime() % DAY_MS) / DIGEST_SLOT_MS;
  return database.$connection(async (db) => {
    const preferences = await db.userPreference.findMany({
      where: { key: 'digest', value: frequency, userId: { gte: firstIdOf(slot), lte: lastIdOf(slot) } },
      orderBy: { userId: 'asc' },
      take: READERS_MAX,
    });
    if (preferences.length === 0) return [];
    const id = { in: preferences.map((preference) => preference.userId) };
    return db.user.findMany({ where: { id, status: 'active' }, take: READERS_MAX });
  });
}

const SLOTS = DAY_MS / DIGEST_SLOT_MS;
const PREFIXES = 0x1_0000_0000;

function firstIdOf(slot: number): string {
  return `${prefix(Math.ceil((slot * PREFIXES) / SLOTS))}-0000-0000-0000-000000000000`;
}

function lastIdOf(slot: number): string {
  return `${prefix(Math.ceil(((slot + 1) * PREFIXES) / SLOTS) - 1)}-ffff-ffff-ffff-ffffffffffff`;
}

/** The first eight digits of a UUID. */
function prefix(value: number): string {
  return value.toString(16).padStart(8, '0');
}

function readActivity(tenantId: string, { since, until }: Digest, { database }: JobTools): Promise<Activity> {
  const startedAt = { gte: since, lt: until };
  return database.$connection(async (db) => ({
    executions: await db.execution.count({ where: { tenantId, startedAt } }),
    failed: await db.execution.count({ where: { tenantId, startedAt, status: 'failed' } }),
  }));
}

async function send(
  { tenantId, email, name }: User,
  content: Activity & Pick<Digest, 'frequency'>,
  { services }: JobTools,
): Promise<void> {
  await services.notify({
    tenantId,
    channel: 'email',
    template: 'activity-digest',
    to: email,
    data: { name, ...content },
  });
}
