import { type SpanContext, SpanKind, trace } from '@opentelemetry/api';
import { ApiError } from '../../lib/errors.js';
import type { WorkerClient } from '../../lib/external-apis/worker.js';
import { EVENT } from '../../lib/telemetry-names.js';
import type { StartExecution, StartedExecution } from '../../types/job.js';
import type { ExecutionStatus, PlannedStep } from '../../types/workflow.js';
import { inBackground } from '../../worker/background-work.js';
import type { Telemetry } from '../../worker/service-app.js';
import { WorkQueue } from '../../worker/work-queue.js';
import type { FinishedStep, StateManager } from './state-manager.js';
import type { StepRunner, StepScope } from './step-runner.js';

interface PendingExecution {
  readonly executionId: string;
  readonly request: StartExecution;
  readonly cause: SpanContext | undefined;
}

export interface ExecutorOptions {
  readonly telemetry: Telemetry;
  readonly states: StateManager;
  readonly steps: StepRunner;
  readonly services: WorkerClient;
}

const WAITING_MAX = 1000;
/** Executions that run at the same time, by priority; they spend most of their time waiting for others. */
const AT_ONCE = { high: 20, normal: 30 } as const;

/** Runs executions: takes them in, answers, and works through their steps afterwards. */
export class Executor {
  readonly #options: ExecutorOptions;
  readonly #queues: Readonly<Record<keyof typeof AT_ONCE, WorkQueue<PendingExecution>>>;
  readonly #stopping = new AbortController();

  constructor(options: ExecutorOptions) {
    this.#options = options;
    const queue = (concurrency: number) =>
      new WorkQueue<PendingExecution>({
        capacity: WAITING_MAX,
        concurrency,
        run: (pending) => this.#run(pending),
      });
    this.#queues = { high: queue(AT_ONCE.high), normal: queue(AT_ONCE.normal) };
  }

  /** @throws {ApiError} 503 when too many wait already */
  async start(request: StartExecution): Promise<StartedExecution> {
    const queue = this.#queues[request.plan.priority];
    if (queue.waiting >= WAITING_MAX)
      throw new ApiError(503, 'queue_full', 'Too many executions are waiting');
    const { executionId } = await this.#options.states.create(request);
    queue.offer({ executionId, request, cause: trace.getActiveSpan()?.spanContext() });
    return { executionId };
  }

  /** Ends what runs after its present step; it is recorded as failed. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error('the engine is stopping'));
    await Promise.all(Object.values(this.#queues).map((queue) => queue.stop()));
  }

  async #run({ executionId, request, cause }: PendingExecution): Promise<void> {
    const { telemetry, states } = this.#options;
    const execute = async () => {
      await states.began(executionId);
      const finished: FinishedStep[] = [];
      const status = await this.#runSteps(request, (step) => {
        finished.push(step);
        states.stepFinished(executionId, step);
      });
      await states.finished(executionId, status, finished);
      if (status === 'failed') await this.#tellOwner(executionId, request);
    };
    const work = { name: 'execution', kind: SpanKind.CONSUMER, cause };
    await inBackground(telemetry.tracing, work, execute, (error) => {
      telemetry.logger.warn(EVENT.executionFailed, 'Execution was not completed', {
        execution_id: executionId,
        error: String(error),
      });
    });
  }

  /** Steps behind a branch that was not taken, and those that depend on them, are left out. */
  async #runSteps(
    { plan, input }: StartExecution,
    onFinished: (step: FinishedStep) => void,
  ): Promise<ExecutionStatus> {
    const outputs: Record<string, unknown> = {};
    const leftOut = new Set<string>();
    const scope: StepScope = {
      tenantId: plan.tenantId,
      input,
      steps: outputs,
      signal: this.#stopping.signal,
    };
    for (const step of plan.steps) {
      const { key, kind, dependsOn } = step;
      if (dependsOn.some((dependency) => leftOut.has(dependency))) {
        leftOut.add(key);
        continue;
      }
      const startedAt = new Date();
      try {
        outputs[key] = await this.#runStep(step, scope);
      } catch (error) {
        onFinished({ key, startedAt, finishedAt: new Date(), error: messageOf(error) });
        return 'failed';
      }
      onFinished({ key, startedAt, finishedAt: new Date(), error: null });
      if (kind === 'branch' && outputs[key] === false) leftOut.add(key);
    }
    return 'succeeded';
  }

  async #tellOwner(executionId: string, { plan }: StartExecution): Promise<void> {
    const { tenantId, workflowId, notifyOnFailure } = plan;
    if (notifyOnFailure === null) return;
    await this.#options.services.notify({
      tenantId,
      channel: 'email',
      template: 'execution-failed',
      to: notifyOnFailure,
      data: { executionId, workflowId },
    });
  }

  #runStep(step: PlannedStep, scope: StepScope): Promise<unknown> {
    scope.signal.throwIfAborted();
    const { telemetry, steps } = this.#options;
    return telemetry.tracing.inSpan(`step ${step.kind}`, {}, () => steps.run(step, scope));
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
