import type { Handler } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../middleware/auth.js';
import { instant, readBody } from '../../middleware/validation.js';
import type { ApiServices } from '../../services.js';

const DAY_MS = 86_400_000;
const RANGES_DAYS = { 'last-7-days': 7, 'last-30-days': 30, 'last-90-days': 90 } as const;

const kind = z.enum(['operations', 'adoption']);
const standardRange = z.enum(['last-7-days', 'last-30-days', 'last-90-days']);

const bodySchema = z.union([
  z.strictObject({ kind, range: standardRange }),
  z
    .strictObject({ kind, from: instant, to: instant })
    .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be after from' }),
]);

/** POST /api/reports/generate: a report over a standard range up to yesterday's end, or over a range of one's own. */
export function generateReport({ reporter }: ApiServices): Handler<ApiEnv> {
  return async (c) => {
    const body = await readBody(c, bodySchema);
    const range = 'range' in body ? upToYesterday(body.range) : body;
    return c.json(await reporter.generate(c.get('principal'), body.kind, range), 201);
  };
}

function upToYesterday(range: keyof typeof RANGES_DAYS) {
  const toMs = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const from = new Date(toMs - RANGES_DAYS[range] * DAY_MS);
  return { from, to: new Date(toMs), standardRange: `${range} ${toMs}` };
}
