import { Cache } from '../lib/cache.js';
import type { ApiConfig } from '../lib/config.js';
import type { Database } from '../lib/database/client.js';
import { IdentityProvider } from '../lib/external-apis/identity-provider.js';
import { ValidationService } from '../lib/external-apis/validation-service.js';
import { WorkerClient } from '../lib/external-apis/worker.js';
import type { Logger } from '../lib/logger.js';
import type { Metrics } from '../lib/metrics.js';
import type { Tracing } from '../lib/tracing.js';
import { Exporter } from '../services/data-service/exporter.js';
import { DatasetImporter } from '../services/data-service/importer.js';
import { Reporter } from '../services/data-service/reporter.js';
import { Transformer } from '../services/data-service/transformer.js';
import { Audit } from '../services/user-service/audit.js';
import { UserManager } from '../services/user-service/user-manager.js';
import { WorkflowExecutor } from '../services/workflow-service/executor.js';
import { WorkflowStateManager } from '../services/workflow-service/state-manager.js';
import type { Dashboard } from '../types/api.js';

/** What the routes are given to work with. */
export type ApiServices = ReturnType<typeof createServices>;

export interface Infrastructure {
  readonly db: Database;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
}

export function createServices(config: ApiConfig, { db, logger, metrics, tracing }: Infrastructure) {
  const cache = <T extends object>(name: string) => new Cache<T>({ name, ...config.cache }, metrics);
  const audit = new Audit();
  const worker = new WorkerClient({ ...config, tracing });
  return {
    db,
    logger,
    tracing,
    audit,
    worker,
    identityProvider: new IdentityProvider({ endpoint: config.identityProvider, tracing, metrics }),
    validationService: new ValidationService({ endpoint: config.validationService, tracing, metrics }),
    workflowState: new WorkflowStateManager(db, {
      workflowLists: cache('workflow-lists'),
      workflowStatus: cache('workflow-status'),
    }),
    executor: new WorkflowExecutor(db, worker, cache('execution-plans')),
    exporter: new Exporter(db, cache('workflow-exports')),
    users: new UserManager(db, audit, cache('user-profiles')),
    datasets: new DatasetImporter(db, worker, cache('sync-plans')),
    transformer: new Transformer(db, audit),
    reporter: new Reporter(db, audit, {
      reports: cache('reports'),
      reportTemplates: cache('report-templates'),
    }),
    dashboards: cache<Dashboard>('dashboards'),
  };
}
