/** Customers, their people, and what is kept about them. */
import {
  choose,
  daysAgo,
  id,
  integer,
  newestFirst,
  oneOf,
  parent,
  reference,
  sometimesNull,
  text,
  withDefault,
} from './columns.js';
import { entityId } from './entity-id.js';
import type { RowPlace, Table } from './schema.js';
import {
  LAST_NAMES,
  MOST,
  now,
  per,
  range,
  root,
  SUBJECTS,
  TENANTS,
  table,
  unique,
  userOf,
} from './table.js';

const FIRST_NAMES = [
  'Ada',
  'Bruno',
  'Chidi',
  'Dana',
  'Elif',
  'Farah',
  'Goran',
  'Hana',
  'Ines',
  'Jonas',
  'Kemal',
  'Lena',
];
const TEAMS = [
  'Operations',
  'Finance',
  'Support',
  'Sales',
  'People',
  'Platform',
  'Legal',
  'Security',
  'Design',
  'Data',
];
const METRICS = ['workflows', 'users', 'executions', 'records', 'reports'];
/** What a user may have chosen, and from what. */
const PREFERENCES: readonly (readonly [key: string, values: readonly string[]])[] = [
  ['locale', ['en-GB', 'de-DE', 'fr-FR']],
  ['digest', ['daily', 'weekly', 'never']],
  ['timezone', ['Europe/Berlin', 'Europe/London', 'America/New_York']],
  ['theme', ['dark', 'light']],
  ['landing', ['dashboard', 'workflows']],
  ['density', ['compact', 'comfortable']],
];
/** So far back goes what is kept for bills. */
const MONTHS = 6;
/** The texts of these months: they are asked for again and again. */
const monthsByEpoch = new Map<number, readonly string[]>();
const AUDITED = ['workflows', 'users', 'datasets'] as const;

export const accountsTables: readonly Table[] = [
  table('tenants', root(TENANTS), {
    id: id('tenants'),
    name: text(({ n }) => `${LAST_NAMES[n % 12]} ${SUBJECTS[Math.floor(n / 12) % 10]} ${n + 1}`),
    plan: oneOf(1, ['team', 'team', 'enterprise']),
    seat_limit: integer(2, 400, 1000),
    workflow_limit: integer(3, 20_000, 50_000),
  }),
  table(
    'users',
    per('tenants', 'tenant_id', [40, MOST.users], { newestFirst: 'created_at' }),
    {
      id: id('users'),
      tenant_id: parent('tenants'),
      email: text(
        ({ n, parent: tenant }) =>
          `${nameOf(n).toLowerCase().replace(' ', '.')}.${n}@tenant-${tenant + 1}.example`,
      ),
      name: text(({ n }) => nameOf(n)),
      role: text(({ slot }) => (slot < 4 ? 'admin' : slot % 3 === 0 ? 'viewer' : 'editor')),
      status: withDefault(
        'active',
        text(() => 'active'),
      ),
      created_at: now(newestFirst(1, 9)),
      updated_at: now(daysAgo(2, 0.1, 5)),
    },
    { unique: [unique('users_email', ['tenant_id', 'email'], { column: 'status', value: 'active' })] },
  ),
  table(
    'user_preferences',
    per('users', 'user_id', [3, PREFERENCES.length]),
    {
      user_id: parent('users'),
      key: text(({ slot }) => PREFERENCES[slot]?.[0] ?? ''),
      value: text((place) => choose(place, 1, PREFERENCES[place.slot]?.[1] ?? [''])),
    },
    { primaryKey: ['user_id', 'key'] },
  ),
  table('user_sessions', per('users', 'user_id', [1, 3], { newestFirst: 'last_seen_at' }), {
    id: id('user_sessions'),
    user_id: parent('users'),
    last_seen_at: newestFirst(1, 0.7),
    // Those that were revoked more than an hour ago have been cleaned up.
    revoked_at: sometimesNull(97, 2, daysAgo(3, 0, 0.04)),
  }),
  table('teams', per('tenants', 'tenant_id', [MOST.teams, MOST.teams]), {
    id: id('teams'),
    tenant_id: parent('tenants'),
    name: text(({ slot }) => TEAMS[slot] as string),
    member_count: withDefault(0, integer(1, 5, 30)),
  }),
  table(
    'memberships',
    per('users', 'user_id', [6, MOST.memberships], { also: { team_id: membershipsOfTeam } }),
    {
      id: id('memberships'),
      user_id: parent('users'),
      team_id: reference('teams', ({ parent: user, slot }) => {
        return Math.floor(user / MOST.users) * MOST.teams + ((user + slot) % MOST.teams);
      }),
      created_at: now(daysAgo(1, 1, 500)),
    },
    { unique: [unique('memberships_user_id_team_id_key', ['user_id', 'team_id'])] },
  ),
  table(
    'audit_entries',
    per(AUDITED, 'target_id', [4, 10], {
      newestFirst: 'created_at',
      also: {
        tenant_id: (tenant) =>
          range(60, (i) => (tenant * MOST.workflows + (i >> 1)) * AUDITED.length * 10 + (i & 1)),
      },
    }),
    {
      id: id('audit_entries'),
      tenant_id: reference('tenants', auditedTenant),
      actor_id: { ...reference('users', userOf(1, auditedTenant)), nullable: true, references: undefined },
      action: oneOf(2, ['created', 'updated', 'viewed', 'shared', 'updated']),
      target_id: {
        ...text((place) => entityId(AUDITED[place.parent % 3] as string, Math.floor(place.parent / 3))),
        type: 'uuid',
      },
      created_at: now(newestFirst(3, 2)),
    },
  ),
  table(
    'usage_counters',
    per('tenants', 'tenant_id', [METRICS.length * MONTHS, METRICS.length * MONTHS]),
    {
      tenant_id: parent('tenants'),
      metric: text(({ slot }) => METRICS[slot % METRICS.length] as string),
      period: text(({ slot, epochMs }) => monthsBefore(epochMs, Math.floor(slot / METRICS.length))),
      value: integer(1, 20, 5000),
    },
    { primaryKey: ['tenant_id', 'metric', 'period'] },
  ),
];

function nameOf(n: number): string {
  return `${FIRST_NAMES[n % 12]} ${LAST_NAMES[Math.floor(n / 12) % 12]}`;
}

/** A user is a member of the teams of the tenant from the user's own number on. */
function membershipsOfTeam(team: number): number[] {
  const firstUser = Math.floor(team / MOST.teams) * MOST.users;
  return range(MOST.users, (i) => {
    const slot = (((team - firstUser - i) % MOST.teams) + MOST.teams) % MOST.teams;
    return slot < MOST.memberships ? (firstUser + i) * MOST.memberships + slot : -1;
  }).filter((n) => n >= 0);
}

/** The tenant of a workflow, user or data set. */
function auditedTenant({ parent: audited }: RowPlace): number {
  const most = [MOST.workflows, MOST.users, MOST.datasets][audited % 3] as number;
  return Math.floor(audited / 3 / most);
}

/** The month so many months before, as `2026-03`. */
function monthsBefore(epochMs: number, count: number): string {
  let months = monthsByEpoch.get(epochMs);
  if (months === undefined) {
    const date = new Date(epochMs);
    const first = (back: number) => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back));
    months = Array.from({ length: MONTHS }, (_, back) => first(back).toISOString().slice(0, 7));
    monthsByEpoch.set(epochMs, months);
  }
  return months[count] as string;
}
