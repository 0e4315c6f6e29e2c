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
import type { RowPlace, Table } from './schema.js';
import {
  CONNECTORS,
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
const DONE = ['succeeded', 'succeeded', 'succeeded', 'succeeded', 'failed'];

export const workflowsTables: readonly Table[] = [
  table(
    'workflows',
    per('tenants', 'tenant_id', [90, MOST.workflows], {
      newestFirst: 'created_at',
      also: {
        owner_id: (user) => range(MOST.workflows, (i) => Math.floor(user / MOST.users) * MOST.workflows + i),
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
      owner_id: reference(
        'users',
        userOf(5, (place) => place.parent),
      ),
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
    per('workflows', 'workflow_id', [5, MOST.steps]),
    {
      id: id('workflow_steps'),
      workflow_id: parent('workflows'),
      position: whole(({ slot }) => slot),
      key: text(({ slot }) => `step-${slot + 1}`),
      kind: text((place) => stepKind(place)),
      connector: {
        ...text(() => ''),
        nullable: true,
        value: (place) =>
          stepKind(place) === 'http' || stepKind(place) === 'notify' ? choose(place, 2, CONNECTORS) : null,
      },
      depends_on: withDefault(
        '[]',
        json(({ slot }) => (slot === 0 ? [] : [`step-${slot}`])),
      ),
      config: withDefault(
        '{}',
        json((place) => ({ retries: 1 + Math.floor(chance(place, 3) * 4) })),
      ),
    },
    { unique: [unique('workflow_steps_workflow_id_key_key', ['workflow_id', 'key'])] },
  ),
  table('workflow_revisions', per('workflows', 'workflow_id', [3, 6], { newestFirst: 'created_at' }), {
    id: id('workflow_revisions'),
    workflow_id: parent('workflows'),
    version: whole(({ slot }) => 9 - slot),
    author_id: reference('users', userOf(1, tenantOfParent(MOST.workflows))),
    comment: withDefault('', oneOf(2, ['', 'New address', 'Retry more often', 'Reviewed', 'Renamed steps'])),
    created_at: now(newestFirst(3, 12)),
  }),
  table('workflow_triggers', per('workflows', 'workflow_id', [1, 2]), {
    id: id('workflow_triggers'),
    workflow_id: parent('workflows'),
    kind: text(({ slot }) => (slot === 0 ? 'schedule' : 'webhook')),
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
    per('workflows', 'workflow_id', [12, MOST.executions], {
      newestFirst: 'started_at',
      also: {
        tenant_id: (tenant) =>
          range(240, (i) => (tenant * MOST.workflows + (i % 60)) * MOST.executions + Math.floor(i / 60)),
      },
    }),
    {
      id: id('executions'),
      tenant_id: reference('tenants', tenantOfParent(MOST.workflows)),
      workflow_id: parent('workflows'),
      status: oneOf(1, DONE),
      started_by: sometimesNull(60, 2, {
        ...reference('users', userOf(3, tenantOfParent(MOST.workflows))),
        references: undefined,
      }),
      started_at: now(newestFirst(4, 0.6)),
      finished_at: { ...after(newestFirst(4, 0.6), 5, 2, 240), nullable: true },
    },
  ),
  table('execution_steps', per('executions', 'execution_id', [5, MOST.steps]), {
    id: id('execution_steps'),
    execution_id: parent('executions'),
    step_key: text(({ slot }) => `step-${slot + 1}`),
    status: text(() => 'succeeded'),
    started_at: now(daysAgo(1, 0.1, 10)),
    finished_at: { ...after(daysAgo(1, 0.1, 10), 2, 1, 40), nullable: true },
    error: sometimesNull(
      100,
      3,
      text(() => ''),
    ),
  }),
];

function stepKind(place: RowPlace): string {
  return choose(place, 1, STEP_KINDS);
}
