import type { Handler } from 'hono';
import type { ApiEnv } from '../middleware/auth.js';

/** GET /health: whether this process answers. What it depends on is looked at elsewhere. */
export function health(version: string): Handler<ApiEnv> {
  return (c) => c.json({ status: 'ok', version });
}
