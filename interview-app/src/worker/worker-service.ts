import type { Database } from '../lib/database/client.js';
import type { WorkerClient } from '../lib/external-apis/worker.js';
import type { ServiceApp, Telemetry } from './service-app.js';

/** What each of the worker's services gets. */
export interface ServiceParts {
  readonly telemetry: Telemetry;
  readonly database: Database;
  /** The worker's services as seen from this one. */
  readonly services: WorkerClient;
}

/** One of the worker's services. */
export interface WorkerService {
  /** Below which its routes are. */
  readonly path: string;
  readonly app: ServiceApp;
  start(): Promise<void>;
  /** Begins nothing more and waits for what is under way. */
  stop(): Promise<void>;
}
