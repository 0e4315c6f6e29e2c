import { SpanKind } from '@opentelemetry/api';
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
    try {
      await inBackground(telemetry.tracing, work, async () => {
        if (!(await this.#claim(job))) return;
        await handlers[job.type](job, { ...tools, signal: this.#stopping.signal });
        await tools.database.job.updateMany({
          where: { id: job.id },
          data: { status: 'succeeded', finishedAt: new Date(), error: null },
        });
        this.#counts.succeeded++;
      });
    } catch (error) {
      await this.#failed(job, error);
    }
  }

  /** Makes a queued job ours. @returns false when it is no longer queued */
  async #claim({ id }: Job): Promise<boolean> {
    const claimed = await this.#options.tools.database.job.updateMany({
      where: { id, status: 'queued' },
      data: { status: 'running', attempts: { increment: 1 } },
    });
    return claimed > 0;
  }

  async #failed(job: Job, error: unknown): Promise<void> {
    const { telemetry, tools } = this.#options;
    const attempt = job.attempts + 1;
    const stopped = this.#stopping.signal.aborted;
    const again = stopped || attempt < ATTEMPTS_MAX;
    if (!stopped) {
      telemetry.logger.warn(EVENT.jobFailed, again ? 'Job failed, to be tried again' : 'Job failed', {
        job_id: job.id,
        type: job.type,
        attempt,
        error: String(error),
      });
      this.#counts.failed++;
    }
    const data = again
      ? { status: 'queued' as const, runAt: new Date(Date.now() + (stopped ? 0 : RETRY_MS * attempt)) }
      : { status: 'failed' as const, finishedAt: new Date() };
    await tools.database.job
      .updateMany({ where: { id: job.id }, data: { ...data, error: String(error) } })
      .catch((cause: unknown) => {
        telemetry.logger.warn(EVENT.jobFailed, 'Job state was not saved', {
          job_id: job.id,
          error: String(cause),
        });
      });
  }
}
