import type { Handler } from 'hono';
import { z } from 'zod';
import type { Session } from '../../lib/database/client.js';
import { invalidRequest } from '../../lib/errors.js';
import type { Dashboard } from '../../types/api.js';
import type { ApiEnv } from '../middleware/auth.js';
import { instant, readQuery } from '../middleware/validation.js';
import type { ApiServices } from '../services.js';

const HOUR_MS = 3_600_000;
const RANGES_MS = { '24h': 24 * HOUR_MS, '7d': 7 * 24 * HOUR_MS, '30d': 30 * 24 * HOUR_MS } as const;
const MAX_RANGE_MS = 92 * 24 * HOUR_MS;
/** How many bars the chart has, whatever the range. */
const BARS = 7;
const RECENT_FAILURES = 4;

const querySchema = z.strictObject({
  range: z.enum(['24h', '7d', '30d']).optional(),
  from: instant.optional(),
  to: instant.optional(),
});

/** GET /api/dashboard?range=24h|7d|30d or ?from=&to=. Numbers of a standard range may be some hours old. */
export function dashboard({ db, dashboards }: ApiServices): Handler<ApiEnv> {
  return async (c) => {
    const { tenantId } = c.get('principal');
    const { range = '24h', from, to } = readQuery(c, querySchema);
    if (from || to) {
      return c.json(
        await db.$connection((session) => loadDashboard(session, tenantId, customRange(from, to))),
      );
    }
    const key = `${tenantId} ${range}`;
    const cached = dashboards.get(key);
    if (cached) return c.json(cached);
    const now = Date.now();
    const standard = { from: new Date(now - RANGES_MS[range]), to: new Date(now) };
    const loaded = await db.$connection((session) => loadDashboard(session, tenantId, standard));
    dashboards.set(key, loaded);
    return c.json(loaded);
  };
}

/** @throws {ApiError} 422 */
function customRange(from: Date | undefined, to: Date | undefined): Dashboard['range'] {
  if (!from || !to) throw invalidRequest([{ path: from ? 'to' : 'from', message: 'is missing' }]);
  const lengthMs = to.getTime() - from.getTime();
  if (lengthMs <= 0 || lengthMs > MAX_RANGE_MS) {
    throw invalidRequest([{ path: 'to', message: 'must be after from, by at most 92 days' }]);
  }
  return { from, to };
}

async function loadDashboard(db: Session, tenantId: string, range: Dashboard['range']): Promise<Dashboard> {
  const tenant = await db.tenant.findFirstOrThrow({ where: { id: tenantId } });
  const executions = await countExecutions(db, tenantId, range);
  const activeWorkflows = await db.workflow.count({ where: { tenantId, status: 'active' } });
  const users = await db.user.count({ where: { tenantId, status: 'active' } });
  const recentFailures = await loadFailures(db, tenantId, range);
  return { tenant: tenant.name, range, executions, activeWorkflows, users, recentFailures };
}

async function countExecutions(db: Session, tenantId: string, { from, to }: Dashboard['range']) {
  const barMs = (to.getTime() - from.getTime()) / BARS;
  const bars: Dashboard['executions'][number][] = [];
  for (let bar = 0; bar < BARS; bar++) {
    const start = new Date(from.getTime() + bar * barMs);
    const startedAt = { gte: start, lt: new Date(start.getTime() + barMs) };
    const total = await db.execution.count({ where: { tenantId, startedAt } });
    const failed = await db.execution.count({ where: { tenantId, status: 'failed', startedAt } });
    bars.push({ from: start, total, failed });
  }
  return bars;
}

async function loadFailures(db: Session, tenantId: string, { from, to }: Dashboard['range']) {
  const executions = await db.execution.findMany({
    where: { tenantId, status: 'failed', startedAt: { gte: from, lt: to } },
    orderBy: { startedAt: 'desc' },
    take: RECENT_FAILURES,
  });
  const failures: Dashboard['recentFailures'][number][] = [];
  for (const { id, workflowId, startedAt } of executions) {
    const workflow = await db.workflow.findFirst({ where: { id: workflowId } });
    const step = await db.executionStep.findFirst({ where: { executionId: id, status: 'failed' } });
    failures.push({ workflow: workflow?.name ?? null, step: step?.stepKey ?? null, startedAt });
  }
  return failures;
}
