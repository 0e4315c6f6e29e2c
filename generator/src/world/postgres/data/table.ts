/** What the files of tables share: how a table is put together, how large the parts of a customer are. */
import { chance, withDefault } from './columns.js';
import type { Column, Population, RowPlace, Table, Unique } from './schema.js';

/** Tenants at scale 1; all else hangs on them. */
export const TENANTS = 320;

/** Most rows of a parent. */
export const MOST = {
  users: 60,
  teams: 10,
  memberships: 8,
  workflows: 150,
  steps: 10,
  executions: 24,
  connectors: 8,
  credentials: 6,
  datasets: 24,
  templates: 8,
  notifications: 5,
} as const;

/** Users that every tenant has. */
export const FEWEST_USERS = 40;

export const CONNECTORS = ['http', 'slack', 'postgres', 's3', 'salesforce', 'stripe', 'sendgrid', 'sftp'];
export const SUBJECTS = [
  'Invoice',
  'Order',
  'Customer',
  'Shipment',
  'Ticket',
  'Contract',
  'Payroll',
  'Lead',
  'Refund',
  'Stock',
];
export const LAST_NAMES = [
  'Abe',
  'Berg',
  'Costa',
  'Dahl',
  'Engel',
  'Fofana',
  'Garcia',
  'Haas',
  'Ito',
  'Jansen',
  'Kim',
  'Lopez',
];

/** A user of the tenant whose number is told by `tenant`. */
export const userOf = (salt: number, tenant: (place: RowPlace) => number) => (place: RowPlace) =>
  tenant(place) * MOST.users + Math.floor(chance(place, salt) * FEWEST_USERS);

/** The tenant of a row whose parent is one of the at most so many rows of a tenant. */
export const tenantOfParent = (most: number) => (place: RowPlace) => Math.floor(place.parent / most);

export const range = (count: number, at: (i: number) => number) =>
  Array.from({ length: count }, (_, i) => at(i));

export const now = (of: Column) => withDefault('now()', of);

export function table(
  name: string,
  population: Population,
  columns: Readonly<Record<string, Column>>,
  more: { primaryKey?: readonly string[]; unique?: readonly Unique[]; indexes?: readonly string[] } = {},
): Table {
  const primaryKey = more.primaryKey ?? ['id'];
  const own = [population.column, ...Object.keys(population.also), ...(more.indexes ?? [])];
  return {
    name,
    columns,
    primaryKey,
    unique: [unique(`${name}_pkey`, primaryKey), ...(more.unique ?? [])],
    population,
    indexes: own.filter((column) => column !== undefined),
  };
}

export function root(count: number): Population {
  return { per: [], column: undefined, count: [count, count], newestFirst: undefined, also: {} };
}

export function per(
  parents: string | readonly string[],
  column: string,
  count: readonly [number, number],
  { newestFirst, also = {} }: Partial<Pick<Population, 'newestFirst' | 'also'>> = {},
): Population {
  return { per: [parents].flat(), column, count, newestFirst, also };
}

export function unique(name: string, columns: readonly string[], where?: Unique['where']): Unique {
  return { name, columns, where };
}
