/** What ordinary users ask for, in percent of their requests. `world/users` knows how each action is asked. */
import type { RequestKind } from '../types.js';

export const requestMix: readonly RequestKind[] = [
  { action: 'workflows.list', percent: 19, databasePercent: 30 },
  { action: 'workflows.status', percent: 19.4, databasePercent: 25 },
  { action: 'workflows.export', percent: 4, databasePercent: 60 },
  { action: 'workflows.execute', percent: 4, databasePercent: 40 },
  { action: 'workflows.create', percent: 5, databasePercent: 100 },
  { action: 'users.get', percent: 12, databasePercent: 35 },
  { action: 'users.create', percent: 2, databasePercent: 100 },
  { action: 'users.update', percent: 4, databasePercent: 100 },
  { action: 'users.delete', percent: 1.6, databasePercent: 100 },
  { action: 'dashboard.get', percent: 14, databasePercent: 30 },
  { action: 'data.sync', percent: 3, databasePercent: 30 },
  { action: 'data.transform', percent: 4, databasePercent: 60 },
  { action: 'reports.generate', percent: 4, databasePercent: 60 },
  { action: 'reports.schedule', percent: 3.4, databasePercent: 40 },
  // Mistakes of callers: answered 4xx, without the database.
  { action: 'mistake.token', percent: 0.2, databasePercent: 0 },
  { action: 'mistake.body', percent: 0.3, databasePercent: 0 },
  { action: 'mistake.permission', percent: 0.1, databasePercent: 0 },
];
