/**
 * How each action of a user is asked of the API, in two ways: one that the app can answer from what it knows already
 * or hand to its worker, and one that needs its database.
 */

import type { VirtualClock } from '../../simulation/clock.js';
import type { Random } from '../../simulation/random.js';
import { entityId } from '../postgres/data/entity-id.js';
import { MOST } from '../postgres/data/table.js';
import type { Bearer } from '../tokens.js';
import { definition, type Names } from './bundle.js';
import type { Directory, Owned, OwnedTable } from './directory.js';

export interface UserRequest {
  readonly method: string;
  readonly path: string;
  /** Who asks; nobody where the token is missing. */
  readonly bearer: Bearer | undefined;
  readonly body?: unknown;
}

export interface ActionContext {
  readonly random: Random;
  readonly clock: VirtualClock;
  readonly directory: Directory;
  readonly names: Names;
}

/** @param needsDatabase which of the two ways is wanted */
type Action = (context: ActionContext, needsDatabase: boolean) => UserRequest;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export const actions: Readonly<Record<string, Action>> = {
  'workflows.list': ({ random, directory }, needsDatabase) => {
    if (!needsDatabase) return get('/api/workflows', directory.viewer(directory.busyTenant()));
    const filter = random.pick([
      'page=2',
      'page=3',
      'page=5',
      'status=active',
      'search=Invoice',
      'search=sync',
    ]);
    return get(`/api/workflows?${filter}`, directory.viewer(directory.quietTenant()));
  },
  'workflows.status': (context, needsDatabase) => {
    const { tenant, id } = pick(context, 'workflows', needsDatabase);
    return get(`/api/workflows/${id}/status`, context.directory.viewer(tenant));
  },
  'workflows.export': (context, needsDatabase) => {
    const { tenant, id } = pick(context, 'workflows', needsDatabase);
    return get(`/api/workflows/${id}/export`, context.directory.viewer(tenant));
  },
  'workflows.execute': (context, needsDatabase) => {
    const { tenant, id } = pick(context, 'workflows', needsDatabase);
    const priority = context.random.next() < 0.6 ? 'high' : 'normal';
    const input = { reference: `R-${context.random.integer(10_000, 99_999)}`, priority };
    return send('POST', `/api/workflows/${id}/execute`, context.directory.admin(tenant), { input });
  },
  'workflows.create': ({ random, directory, names }) => {
    return send(
      'POST',
      '/api/workflows',
      directory.admin(directory.quietTenant()),
      definition(names.next(), random),
    );
  },
  'users.get': (context, needsDatabase) => {
    const { tenant, id } = pick(context, 'users', needsDatabase);
    return get(`/api/users/${id}`, context.directory.viewer(tenant));
  },
  'users.create': (context) => {
    const tenant = context.directory.quietTenant();
    const name = context.names.next();
    const email = `${name.toLowerCase().replaceAll(' ', '.')}@tenant-${tenant + 1}.example`;
    const body = { email, name, role: 'editor', teamIds: teams(context, tenant, 4) };
    return send('POST', '/api/users', context.directory.admin(tenant), body);
  },
  'users.update': (context) => {
    const { tenant, id } = context.directory.unfamiliar('users');
    const body = { teamIds: teams(context, tenant, 5), preferences: { theme: 'dark', digest: 'daily' } };
    return send('PATCH', `/api/users/${id}`, context.directory.admin(tenant), body);
  },
  'users.delete': ({ directory }) => {
    const { tenant, id } = directory.unfamiliar('users');
    return send('DELETE', `/api/users/${id}`, directory.admin(tenant));
  },
  'dashboard.get': ({ random, clock, directory }, needsDatabase) => {
    if (!needsDatabase) {
      return get(
        `/api/dashboard?range=${random.pick(['24h', '7d'])}`,
        directory.viewer(directory.busyTenant()),
      );
    }
    const to = clock.wallMs - random.integer(0, 5) * DAY_MS;
    const from = to - random.integer(2, 20) * DAY_MS;
    return get(`/api/dashboard?from=${iso(from)}&to=${iso(to)}`, directory.viewer(directory.quietTenant()));
  },
  'data.sync': (context, needsDatabase) => {
    const { tenant, id } = pick(context, 'datasets', needsDatabase);
    const full = context.random.next() < 0.1;
    return send('POST', '/api/data/sync', context.directory.admin(tenant), { datasetId: id, full });
  },
  'data.transform': (context, needsDatabase) => {
    const { tenant, id } = context.directory.unfamiliar('datasets');
    const recipe = [
      { kind: 'trim', field: 'name' },
      { kind: 'number', field: 'amount' },
    ];
    const records = [{ name: ' Ada ', amount: '12' }];
    const body = needsDatabase ? { recipe, datasetId: id } : { recipe, records };
    return send('POST', '/api/data/transform', context.directory.admin(tenant), body);
  },
  'reports.generate': ({ random, clock, directory }, needsDatabase) => {
    const kind = random.pick(['operations', 'adoption']);
    if (!needsDatabase) {
      const bearer = directory.admin(directory.busyTenant());
      return send('POST', '/api/reports/generate', bearer, { kind, range: 'last-30-days' });
    }
    const to = clock.wallMs - random.integer(0, 30) * DAY_MS;
    const body = { kind, from: iso(to - random.integer(3, 40) * DAY_MS), to: iso(to) };
    return send('POST', '/api/reports/generate', directory.admin(directory.quietTenant()), body);
  },
  'reports.schedule': (context, needsDatabase) => {
    const { tenant, id } = pick(context, 'report_templates', needsDatabase);
    const runAt = iso(context.clock.wallMs + context.random.integer(6, 48) * HOUR_MS);
    const body = { templateId: id, runAt, recipients: [`reports@tenant-${tenant + 1}.example`] };
    return send('POST', '/api/reports/schedule', context.directory.admin(tenant), body);
  },

  'mistake.token': () => ({ method: 'GET', path: '/api/workflows', bearer: undefined }),
  'mistake.body': ({ directory }) => {
    return send('POST', '/api/workflows', directory.admin(directory.quietTenant()), { name: '', steps: [] });
  },
  'mistake.permission': ({ directory }) => {
    const { tenant, id } = directory.unfamiliar('users');
    return send('DELETE', `/api/users/${id}`, directory.viewer(tenant));
  },
};

function pick({ directory }: ActionContext, table: OwnedTable, needsDatabase: boolean): Owned {
  return needsDatabase ? directory.unfamiliar(table) : directory.familiar(table);
}

function teams({ random }: ActionContext, tenant: number, count: number): string[] {
  const first = random.integer(0, MOST.teams - 1);
  return Array.from({ length: count }, (_, i) =>
    entityId('teams', tenant * MOST.teams + ((first + i) % MOST.teams)),
  );
}

function get(path: string, bearer: Bearer): UserRequest {
  return { method: 'GET', path, bearer };
}

function send(method: string, path: string, bearer: Bearer, body?: unknown): UserRequest {
  return body === undefined ? { method, path, bearer } : { method, path, bearer, body };
}

function iso(timeMs: number): string {
  return new Date(Math.floor(timeMs)).toISOString();
}
