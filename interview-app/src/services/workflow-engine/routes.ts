import { z } from 'zod';
import { id, readBody, readId, readQuery } from '../../api/middleware/validation.js';
import type { RecentExecutions } from '../../types/job.js';
import type { ServiceApp } from '../../worker/service-app.js';
import type { Executor } from './executor.js';
import type { StateManager } from './state-manager.js';
import { startExecution } from './validators.js';

const recentQuery = z.object({ workflowId: id });

/** `POST /` starts an execution, `GET /` lists a workflow's recent ones, `GET /:id` tells how one stands. */
export function executionRoutes(
  app: ServiceApp,
  { executor, states }: { readonly executor: Executor; readonly states: StateManager },
): ServiceApp {
  return app
    .post('/', async (c) => c.json(await executor.start(await readBody(c, startExecution)), 202))
    .get('/', (c) => {
      const { workflowId } = readQuery(c, recentQuery);
      return c.json({ executions: states.recent(workflowId) } satisfies RecentExecutions);
    })
    .get('/:id', async (c) => c.json(await states.find(readId(c, 'execution'))));
}
