/** Customers' data, and reports about it. */
import {
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
import type { Table } from './schema.js';
import {
  CONNECTORS,
  LAST_NAMES,
  MOST,
  now,
  per,
  SUBJECTS,
  table,
  tenantOfParent,
  unique,
  userOf,
} from './table.js';

const FIELDS = ['id', 'name', 'email', 'amount', 'currency', 'status', 'owner', 'due', 'paid', 'region'];
const FIELD_KINDS = ['text', 'text', 'text', 'number', 'text', 'text', 'text', 'date', 'boolean', 'text'];

export const datasetsTables: readonly Table[] = [
  table('datasets', per('tenants', 'tenant_id', [16, MOST.datasets]), {
    id: id('datasets'),
    tenant_id: parent('tenants'),
    name: text((place) => `${choose(place, 1, SUBJECTS)} records ${place.slot + 1}`),
    connector: oneOf(2, CONNECTORS),
    row_count: withDefault(0, integer(3, 200, 90_000)),
    synced_at: sometimesNull(5, 4, daysAgo(5, 0, 2)),
  }),
  table(
    'dataset_fields',
    per('datasets', 'dataset_id', [8, FIELDS.length]),
    {
      id: id('dataset_fields'),
      dataset_id: parent('datasets'),
      name: text(({ slot }) => FIELDS[slot] as string),
      kind: text(({ slot }) => FIELD_KINDS[slot] as string),
      source_path: text(({ slot }) => `$.fields[${slot}]`),
    },
    { unique: [unique('dataset_fields_dataset_id_name_key', ['dataset_id', 'name'])] },
  ),
  table('field_rules', per('dataset_fields', 'field_id', [1, 2]), {
    id: id('field_rules'),
    field_id: parent('dataset_fields'),
    kind: oneOf(1, ['required', 'unique', 'range', 'mask']),
    config: withDefault(
      '{}',
      json((place) => ({ strict: chance(place, 2) < 0.5 })),
    ),
  }),
  table(
    'dataset_records',
    per('datasets', 'dataset_id', [60, 90], { newestFirst: 'updated_at' }),
    {
      id: id('dataset_records'),
      dataset_id: parent('datasets'),
      key: text(({ slot }) => `record-${slot + 1}`),
      payload: json((place) => ({
        name: choose(place, 1, LAST_NAMES),
        amount: Math.floor(chance(place, 2) * 100_000) / 100,
        status: choose(place, 3, ['open', 'paid', 'late']),
      })),
      updated_at: now(newestFirst(4, 0.2)),
    },
    { unique: [unique('dataset_records_dataset_id_key_key', ['dataset_id', 'key'])] },
  ),
  table('dataset_runs', per('datasets', 'dataset_id', [5, 8], { newestFirst: 'started_at' }), {
    id: id('dataset_runs'),
    dataset_id: parent('datasets'),
    kind: oneOf(1, ['sync', 'sync', 'transform']),
    records: integer(2, 10, 900),
    started_at: now(newestFirst(3, 1)),
  }),
  table('report_templates', per('tenants', 'tenant_id', [5, MOST.templates]), {
    id: id('report_templates'),
    tenant_id: parent('tenants'),
    name: text((place) => `${choose(place, 1, SUBJECTS)} report ${place.slot + 1}`),
    owner_id: reference(
      'users',
      userOf(2, (place) => place.parent),
    ),
  }),
  table('report_sections', per('report_templates', 'template_id', [6, 8]), {
    id: id('report_sections'),
    template_id: parent('report_templates'),
    position: whole(({ slot }) => slot),
    metric: oneOf(1, ['executions', 'failures', 'records', 'users']),
    dataset_id: {
      ...reference('datasets', (place) => {
        return tenantOfParent(MOST.templates)(place) * MOST.datasets + Math.floor(chance(place, 3) * 16);
      }),
      nullable: true,
    },
  }),
  table('reports', per('tenants', 'tenant_id', [20, 40], { newestFirst: 'created_at' }), {
    id: id('reports'),
    tenant_id: parent('tenants'),
    kind: oneOf(1, ['usage', 'failures', 'activity']),
    range_from: daysAgo(2, 30, 37),
    range_to: daysAgo(2, 1, 8),
    content: json((place) => ({ rows: 5 + Math.floor(chance(place, 3) * 40) })),
    created_by: {
      ...reference(
        'users',
        userOf(4, (place) => place.parent),
      ),
      references: undefined,
    },
    created_at: now(newestFirst(5, 1.5)),
  }),
];
