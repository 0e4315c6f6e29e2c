import { createServiceApp } from '../../worker/service-app.js';
import type { ServiceParts, WorkerService } from '../../worker/worker-service.js';
import { Executor } from './executor.js';
import { executionRoutes } from './routes.js';
import { StateManager } from './state-manager.js';
import { StepRunner } from './step-runner.js';

export function createWorkflowEngine({ telemetry, database, services }: ServiceParts): WorkerService {
  const states = new StateManager(database);
  const steps = new StepRunner({ database, services, tracing: telemetry.tracing });
  const executor = new Executor({ telemetry, states, steps, services });
  return {
    path: '/executions',
    app: executionRoutes(createServiceApp(telemetry), { executor, states }),
    start: () => states.closeInterrupted(),
    stop: () => executor.stop(),
  };
}
