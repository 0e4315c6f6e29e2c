/** What is queued, and what was sent. */
import {
  after,
  daysAgo,
  id,
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
import type { Table } from './schema.js';
import { MOST, now, per, range, root, table, tenantOfParent } from './table.js';

export const jobsTables: readonly Table[] = [
  table(
    'jobs',
    root(0),
    {
      id: id('jobs'),
      tenant_id: { ...reference('tenants', () => 0), nullable: true },
      type: text(() => 'dataset-sync'),
      payload: json(() => ({})),
      status: text(() => 'succeeded'),
      attempts: withDefault(
        0,
        whole(() => 1),
      ),
      run_at: daysAgo(1, 0, 1),
      created_at: now(daysAgo(1, 0, 1)),
      finished_at: sometimesNull(0, 2, daysAgo(1, 0, 1)),
      error: sometimesNull(
        100,
        3,
        text(() => ''),
      ),
    },
    { indexes: ['status', 'tenant_id'] },
  ),
  table(
    'notifications',
    per('users', 'user_id', [2, MOST.notifications], {
      newestFirst: 'created_at',
      also: {
        tenant_id: (tenant) =>
          range(
            2 * MOST.users,
            (i) => (tenant * MOST.users + (i % MOST.users)) * MOST.notifications + Math.floor(i / MOST.users),
          ),
      },
    }),
    {
      id: id('notifications'),
      tenant_id: reference('tenants', tenantOfParent(MOST.users)),
      user_id: { ...parent('users'), nullable: true, references: undefined },
      channel: oneOf(1, ['email', 'in-app', 'in-app', 'webhook']),
      template: oneOf(2, ['workflow-failed', 'report-ready', 'invitation']),
      payload: json(({ slot }) => ({ number: slot })),
      status: text(() => 'sent'),
      created_at: now(newestFirst(3, 1)),
      sent_at: { ...after(newestFirst(3, 1), 4, 0.2, 3), nullable: true },
    },
    { indexes: ['status'] },
  ),
];
