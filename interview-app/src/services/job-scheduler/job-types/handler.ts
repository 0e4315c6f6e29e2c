import type { Database } from '../../../lib/database/client.js';
import type { PaymentGateway } from '../../../lib/external-apis/payment-gateway.js';
import type { WorkerClient } from '../../../lib/external-apis/worker.js';
import type { Logger } from '../../../lib/logger.js';
import type { Tracing } from '../../../lib/tracing.js';
import type { Job } from '../../../types/job.js';

/** What jobs work with. */
export interface JobTools {
  readonly database: Database;
  readonly services: WorkerClient;
  readonly payments: PaymentGateway;
  readonly tracing: Tracing;
  readonly logger: Logger;
  /** Aborted when the process is about to stop: the job then ends early, by an error, and is run again later. */
  readonly signal: AbortSignal;
}

/** Does a job. It may be called again after it failed, so it leaves no half-done work that a second run would double. */
export type JobHandler = (job: Job, tools: JobTools) => Promise<void>;
