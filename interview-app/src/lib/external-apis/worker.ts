import type {
  AcceptedNotification,
  EnqueuedJob,
  EnqueueJob,
  RecentExecutions,
  SendNotification,
  StartExecution,
  StartedExecution,
} from '../../types/job.js';
import type { EndpointConfig } from '../config.js';
import { SERVICE } from '../telemetry-names.js';
import type { Tracing } from '../tracing.js';
import { HttpClient } from './http-client.js';

/** Our own services behind the API; `types/job.ts` lists their endpoints. */
export class WorkerClient {
  readonly #jobScheduler: HttpClient;
  readonly #workflowEngine: HttpClient;
  readonly #notificationService: HttpClient;

  constructor(options: {
    readonly jobScheduler: EndpointConfig;
    readonly workflowEngine: EndpointConfig;
    readonly notificationService: EndpointConfig;
    readonly tracing: Tracing;
  }) {
    const { tracing } = options;
    const client = (service: string, endpoint: EndpointConfig) =>
      new HttpClient({ service, endpoint, tracing });
    this.#jobScheduler = client(SERVICE.jobScheduler, options.jobScheduler);
    this.#workflowEngine = client(SERVICE.workflowEngine, options.workflowEngine);
    this.#notificationService = client(SERVICE.notificationService, options.notificationService);
  }

  enqueueJob(job: EnqueueJob): Promise<EnqueuedJob> {
    return this.#jobScheduler.post<EnqueuedJob>('/jobs', job);
  }

  startExecution(execution: StartExecution): Promise<StartedExecution> {
    return this.#workflowEngine.post<StartedExecution>('/executions', execution);
  }

  recentExecutions(workflowId: string): Promise<RecentExecutions> {
    return this.#workflowEngine.get<RecentExecutions>(
      `/executions?workflowId=${encodeURIComponent(workflowId)}`,
    );
  }

  notify(notification: SendNotification): Promise<AcceptedNotification> {
    return this.#notificationService.post<AcceptedNotification>('/notifications', notification);
  }
}
