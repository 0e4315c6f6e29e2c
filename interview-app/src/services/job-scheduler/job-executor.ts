import { SpanKind } from '@opentelemetry/api';
import type { Changes } from '../../lib/database/model.js';
import { EVENT } from '../../lib/telemetry-names.js';
import type { Job, JobType } from '../../types/job.js';
import { inBackground } from '../../worker/background-work.js';
import type { Telemetry } from '../../worker/service-app.js';
import type { DueJob } from './job-queue.js';
import type { JobHandler, JobTools } from './job-types/handler.js';

export interface JobExecutorOptions {
  readonly telemetry: Telemetry;
  readonly handlers: Readonly<Record<JobType, JobHandler>>;
  readonly tools: Omit<JobTools, 'signal'>;
}

export interface JobCounts {
  readonly succeeded: number;
  readonly failed: number;
}

const ATTEMPTS_MAX = 3;
const RETRY_MS = 15_000;

/** Runs jobs, and writes down what became of them. */
export class JobExecutor {
  readonly #options: JobExecutorOptions;
  readonly #stopping = new AbortController();
  #counts = { succeeded: 0, failed: 0 };

  constructor(options: JobExecutorOptions) {
    this.#options = options;
  }

  /** Jobs that ended since the last call. */
  takeCounts(): JobCounts {
    const counts = this.#counts;
    this.#counts = { succeeded: 0, failed: 0 };
    return counts;
  }

  /** Asks running jobs to end early. */
  stop(): void {
    this.#stopping.abort(new Error('the worker is stopping'));
  }

  /** Runs a job in a trace of its own. Never throws: what went wrong is in the job's row, and in a line. */
  async run({ job, cause }: DueJob): Promise<void> {
    const { telemetry, handlers, tools } = this.#options;
    const work = { name: `job ${job.type}`, kind: SpanKind.CONSUMER, cause };
    const execute = async () => {
      if (!(await this.#claim(job))) return;
      await handlers[job.type](job, { ...tools, signal: this.#stopping.signal });
      await this.#save(job, { status: 'succeeded', finishedAt: new Date(), error: null });
      this.#counts.succeeded++;
    };
    await inBackground(telemetry.tracing, work, execute, (error) => this.#failed(job, error));
  }

  /** Makes a queued job ours. @returns false when it is no longer queued */
  async #claim({ id }: Job): Promise<boolean> {
    const claimed = await this.#options.tools.database.job.updateMany({
      where: { id, status: 'queued' },
      data: { status: 'running', attempts: { increment: 1 } },
    });
    return claimed > 0;
  }

  /** Puts the job back in line, or gives it up after its last attempt; only the latter is worth a line. */
  async #failed(job: Job, error: unknown): Promise<void> {
    const attempts = job.attempts + 1;
    if (this.#stopping.signal.aborted) {
      await this.#save(job, { status: 'queued', runAt: new Date(), error: String(error) });
      return;
    }
    this.#counts.failed++;
    if (attempts < ATTEMPTS_MAX) {
      const runAt = new Date(Date.now() + RETRY_MS * attempts);
      await this.#save(job, { status: 'queued', runAt, error: String(error) });
      return;
    }
    const { logger } = this.#options.telemetry;
    logger.warn(EVENT.jobFailed, 'Job given up', {
      job_id: job.id,
      type: job.type,
      attempts,
      error: String(error),
    });
    await this.#save(job, { status: 'failed', finishedAt: new Date(), error: String(error) });
  }

  async #save({ id, type }: Job, data: Changes<Job>): Promise<void> {
    const { telemetry, tools } = this.#options;
    try {
      await tools.database.job.updateMany({ where: { id }, data });
    } catch (error) {
      telemetry.logger.warn(EVENT.jobFailed, 'Job state not saved', {
        job_id: id,
        type,
        error: String(error),
      });
    }
  }
}
