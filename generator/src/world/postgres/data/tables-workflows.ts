/** Workflows, what they are made of, and their executions. */
import {
  after,
  chance,
  choose,
  daysAgo,
  id,
  integer,
  json,
  newestFirst,
  oneOf,
  parent,
  reference,
  sometimesNull,
  text,
  whole,
  withDefault,
} from './columns.js';
import { hashText, mix } from './entity-id.js';
import type { RowPlace, Table } from './schema.js';
import {
  CONNECTORS,
  FEWEST_USERS,
  MOST,
  now,
  per,
  range,
  SUBJECTS,
  table,
  tenantOfParent,
  unique,
  userOf,
} from './table.js';

const ACTIVITIES = [
  'approval',
  'sync',
  'export',
  'onboarding',
  'reminder',
  'cleanup',
  'import',
  'review',
  'escalation',
];
const STEP_KINDS = ['http', 'transform', 'branch', 'delay', 'notify'];
/** So many of a tenant's executions are found by the tenant: enough for two months of counts. */
const SEEN_BY_TENANT = { workflows: 13, executions: 18 };

export const workflowsTables: readonly Table[] = [
  table(
    'workflows',
    per('tenants', 'tenant_id', [136, MOST.workflows], {
      newestFirst: 'created_at',
      also: {
        owner_id: workflowsOfOwner,
      },
    }),
    {
      id: id('workflows'),
      tenant_id: parent('tenants'),
      name: text(
        (place) => `${choose(place, 1, SUBJECTS)} ${choose(place, 2, ACTIVITIES)} ${place.slot + 1}`,
      ),
      version: integer(3, 1, 9),
      status: oneOf(4, ['active', 'active', 'active', 'active', 'active', 'active', 'draft', 'archived']),
      owner_id: reference('users', ({ parent: tenant, slot }) => tenant * MOST.users + (slot % FEWEST_USERS)),
      created_at: now(newestFirst(6, 4)),
      updated_at: now(daysAgo(7, 0.1, 3)),
      validated_at: sometimesNull(10, 8, daysAgo(9, 0.5, 30)),
      validation_issues: sometimesNull(
        100,
        10,
        json(() => []),
      ),
    },
  ),
  table(
    'workflow_steps',
    per('workflows', 'workflow_id', [8, MOST.steps]),
    {
      id: id('workflow_steps'),
      workflow_id: parent('workflows'),
      position: whole(({ slot }) => slot),
      key: text(({ slot }) => `step-${slot + 1}`),
      kind: oneOf(1, STEP_KINDS),
      connector: {
        ...text(({ parent: workflow, slot }) => CONNECTORS[(workflow + slot) % CONNECTORS.length] as string),
        nullable: true,
      },
      depends_on: withDefault(
        '[]',
        json(({ slot }) => (slot === 0 ? [] : [`step-${slot}`])),
      ),
      config: withDefault(
        '{}',
        json((place) => ({ retries: 1 + Math.floor(chance(place, 3) * 4), ...configOf(place) })),
      ),
    },
    { unique: [unique('workflow_steps_workflow_id_key_key', ['workflow_id', 'key'])] },
  ),
  table('workflow_revisions', per('workflows', 'workflow_id', [5, 8], { newestFirst: 'created_at' }), {
    id: id('workflow_revisions'),
    workflow_id: parent('workflows'),
    version: whole(({ slot }) => 9 - slot),
    author_id: reference('users', userOf(1, tenantOfParent(MOST.workflows))),
    comment: withDefault('', oneOf(2, ['', 'New address', 'Retry more often', 'Reviewed', 'Renamed steps'])),
    created_at: now(newestFirst(3, 12)),
  }),
  table('workflow_triggers', per('workflows', 'workflow_id', [1, 3]), {
    id: id('workflow_triggers'),
    workflow_id: parent('workflows'),
    kind: text(({ slot }) => ['schedule', 'webhook', 'manual'][slot] as string),
    schedule: { ...text(() => ''), nullable: true, value: ({ slot }) => (slot === 0 ? '0 6 * * *' : null) },
  }),
  table('credentials', per('tenants', 'tenant_id', [MOST.credentials, MOST.credentials]), {
    id: id('credentials'),
    tenant_id: parent('tenants'),
    kind: oneOf(1, ['api-key', 'oauth2', 'basic']),
    expires_at: sometimesNull(40, 2, daysAgo(3, -400, -20)),
  }),
  table(
    'connectors',
    per('tenants', 'tenant_id', [MOST.connectors, MOST.connectors]),
    {
      id: id('connectors'),
      tenant_id: parent('tenants'),
      key: text(({ slot }) => CONNECTORS[slot] as string),
      endpoint: text(
        ({ slot, parent: tenant }) => `https://${CONNECTORS[slot]}.tenant-${tenant + 1}.example/`,
      ),
      credential_id: {
        ...reference(
          'credentials',
          ({ parent: tenant, slot }) => tenant * MOST.credentials + (slot % MOST.credentials),
        ),
        nullable: true,
      },
    },
    { unique: [unique('connectors_tenant_id_key_key', ['tenant_id', 'key'])] },
  ),
  table(
    'executions',
    per('workflows', 'workflow_id', [18, MOST.executions], {
      newestFirst: 'started_at',
      also: { tenant_id: executionsOfTenant },
    }),
    {
      id: id('executions'),
      tenant_id: reference('tenants', tenantOfParent(MOST.workflows)),
      workflow_id: parent('workflows'),
      status: text((place) => (failed(place) ? 'failed' : 'succeeded')),
      started_by: sometimesNull(4, 2, {
        ...reference('users', userOf(3, tenantOfParent(MOST.workflows))),
        references: undefined,
      }),
      started_at: now(newestFirst(4, 3.5)),
      finished_at: { ...after(newestFirst(4, 3.5), 5, 2, 240), nullable: true },
    },
  ),
  table('execution_steps', per('executions', 'execution_id', [8, MOST.steps]), {
    id: id('execution_steps'),
    execution_id: parent('executions'),
    step_key: text(({ slot }) => `step-${slot + 1}`),
    status: text(({ parent: execution, slot }) =>
      slot === 6 && hasFailed(execution) ? 'failed' : 'succeeded',
    ),
    started_at: now(daysAgo(1, 0.1, 10)),
    finished_at: { ...after(daysAgo(1, 0.1, 10), 2, 1, 40), nullable: true },
    error: {
      ...text(() => ''),
      nullable: true,
      value: ({ parent: execution, slot }) =>
        slot === 6 && hasFailed(execution) ? 'the connector answered 502' : null,
    },
  }),
];

/** What a step of its kind needs to know. */
function configOf(place: RowPlace): Readonly<Record<string, unknown>> {
  switch (choose(place, 1, STEP_KINDS)) {
    case 'branch':
      return { path: 'input.priority', equals: 'high' };
    case 'delay':
      return { ms: 50 + Math.floor(chance(place, 4) * 500) };
    case 'http':
      return { path: '/records' };
    default:
      return {};
  }
}

/** The workflows of a tenant have its first users as owners, in turn. */
function workflowsOfOwner(user: number): number[] {
  const tenant = Math.floor(user / MOST.users);
  const slot = user - tenant * MOST.users;
  if (slot >= FEWEST_USERS) return [];
  const count = Math.ceil((MOST.workflows - slot) / FEWEST_USERS);
  return range(count, (i) => tenant * MOST.workflows + slot + i * FEWEST_USERS);
}

/** The executions of some of a tenant's workflows, the newest of each first. */
function executionsOfTenant(tenant: number): number[] {
  const count = SEEN_BY_TENANT.workflows * SEEN_BY_TENANT.executions;
  return range(count, (i) => {
    const workflow = tenant * MOST.workflows + (i % SEEN_BY_TENANT.workflows);
    return workflow * MOST.executions + Math.floor(i / SEEN_BY_TENANT.workflows);
  });
}

function hasFailed(execution: number): boolean {
  return failed({ hash: mix(execution ^ hashText('executions')) });
}

function failed(place: Pick<RowPlace, 'hash'>): boolean {
  return chance(place, 1) < 0.2;
}
