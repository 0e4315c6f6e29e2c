import { type SpanContext, trace } from '@opentelemetry/api';
import type { Database } from '../../lib/database/client.js';
import type { EnqueuedJob, Job, JobType } from '../../types/job.js';
import { WorkQueue } from '../../worker/work-queue.js';

export interface NewJob {
  readonly type: JobType;
  /** Null: a job of the platform, not of a tenant. */
  readonly tenantId: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
  /** As soon as possible when absent. */
  readonly runAt?: Date | undefined;
}

/** A job whose turn has come, and the span that asked for it when that was just now. */
export interface DueJob {
  readonly job: Job;
  readonly cause?: SpanContext | undefined;
}

export interface JobQueueOptions {
  readonly database: Database;
  run(due: DueJob): Promise<void>;
}

const WAITING_MAX = 200;
const AT_ONCE = 6;
const COLLECTED_MAX = 20;

/**
 * Jobs are kept in the database; those that are due wait in memory too, as far as there is room. Whatever is not in
 * memory - later ones, those that found no room, those of an earlier process - is collected when it is due.
 */
export class JobQueue {
  readonly #database: Database;
  readonly #due: WorkQueue<DueJob>;
  /** Ids of the jobs in `#due`, running ones included. */
  readonly #known = new Set<string>();

  constructor({ database, run }: JobQueueOptions) {
    this.#database = database;
    this.#due = new WorkQueue({
      capacity: WAITING_MAX,
      concurrency: AT_ONCE,
      run: (due) => run(due).finally(() => this.#known.delete(due.job.id)),
    });
  }

  /** Whether a job is waiting in memory, or running. */
  has(jobId: string): boolean {
    return this.#known.has(jobId);
  }

  async enqueue({ type, tenantId, payload, runAt }: NewJob): Promise<EnqueuedJob> {
    const now = new Date();
    const job = await this.#database.job.create({
      data: {
        id: crypto.randomUUID(),
        tenantId,
        type,
        payload,
        status: 'queued',
        attempts: 0,
        runAt: runAt ?? now,
        createdAt: now,
      },
    });
    if (job.runAt <= now) this.#offer({ job, cause: trace.getActiveSpan()?.spanContext() });
    return { jobId: job.id };
  }

  /** Puts the jobs that were running when an earlier process ended back in line. There is one worker, this one. */
  async recover(): Promise<void> {
    await this.#database.job.updateMany({ where: { status: 'running' }, data: { status: 'queued' } });
  }

  /** Takes in jobs that have become due. */
  async collect(): Promise<void> {
    const due = await this.#database.job.findMany({
      where: { status: 'queued', runAt: { lte: new Date() } },
      orderBy: { runAt: 'asc' },
      take: COLLECTED_MAX + this.#known.size,
    });
    for (const job of due) this.#offer({ job });
  }

  /** Waits for the jobs that run. */
  stop(): Promise<void> {
    return this.#due.stop();
  }

  #offer(due: DueJob): void {
    const { id } = due.job;
    if (this.#known.has(id)) return;
    this.#known.add(id);
    if (!this.#due.offer(due)) this.#known.delete(id);
  }
}
