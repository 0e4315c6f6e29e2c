import { SpanKind } from '@opentelemetry/api';
import { EVENT } from '../../lib/telemetry-names.js';
import type { JobType } from '../../types/job.js';
import { inBackground } from '../../worker/background-work.js';
import type { Telemetry } from '../../worker/service-app.js';
import type { JobExecutor } from './job-executor.js';
import type { JobQueue } from './job-queue.js';
import { DIGEST_SLOT_MS } from './job-types/activity-digest.js';

interface RecurringJob {
  readonly type: JobType;
  readonly everyMs: number;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

const RECURRING_JOBS: readonly RecurringJob[] = [
  { type: 'session-cleanup', everyMs: 15 * SECOND_MS },
  { type: 'activity-digest', everyMs: DIGEST_SLOT_MS },
  { type: 'usage-report', everyMs: 5 * MINUTE_MS },
  { type: 'usage-billing', everyMs: 10 * MINUTE_MS },
];
const SUMMARY_MS = MINUTE_MS;

export interface SchedulerOptions {
  readonly telemetry: Telemetry;
  readonly queue: JobQueue;
  readonly executor: JobExecutor;
  /** How often due jobs are looked for. */
  readonly intervalMs: number;
}

/** The clock of the jobs: recurring ones are queued, and stored ones are collected when they are due. */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #underWay = new Set<Promise<void>>();

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { queue, intervalMs } = this.#options;
    await queue.recover();
    this.#every(intervalMs, 'collect due jobs', () => queue.collect());
    for (const job of RECURRING_JOBS) {
      let lastId: string | undefined;
      this.#every(job.everyMs, `cron ${job.type}`, async () => {
        if (lastId !== undefined && queue.has(lastId)) return;
        const { jobId } = await queue.enqueue({ type: job.type, tenantId: null, payload: {} });
        lastId = jobId;
      });
    }
    this.#timers.push(setInterval(() => this.#summarise(), SUMMARY_MS));
  }

  /** Starts nothing more and waits for what was just being queued. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await Promise.all(this.#underWay);
  }

  /** A turn that takes longer than the interval is not overtaken by the next. */
  #every(intervalMs: number, name: string, work: () => Promise<void>): void {
    let turn: Promise<void> | undefined;
    this.#timers.push(
      setInterval(() => {
        if (turn) return;
        const begun = this.#turn(name, work).finally(() => {
          this.#underWay.delete(begun);
          turn = undefined;
        });
        turn = begun;
        this.#underWay.add(begun);
      }, intervalMs),
    );
  }

  /** One failed turn is no reason to stop: the next one makes up for it. */
  async #turn(name: string, work: () => Promise<void>): Promise<void> {
    const { tracing, logger } = this.#options.telemetry;
    await inBackground(tracing, { name, kind: SpanKind.INTERNAL }, work, (error) => {
      logger.warn(EVENT.schedulerFailed, 'Scheduler turn failed', { turn: name, error: String(error) });
    });
  }

  #summarise(): void {
    const { succeeded, failed } = this.#options.executor.takeCounts();
    if (succeeded + failed === 0) return;
    this.#options.telemetry.logger.info(
      EVENT.jobsSummary,
      `Jobs of the last minute: ${succeeded} done, ${failed} failed`,
      {
        succeeded,
        failed,
      },
    );
  }
}
