import { LRUCache } from 'lru-cache';
import type { Database } from '../../lib/database/client.js';
import { notFound } from '../../lib/errors.js';
import type { ExecutionState } from '../../types/job.js';
import type { ExecutionPlan, ExecutionStatus, ExecutionStep } from '../../types/workflow.js';

export interface NewExecution {
  readonly plan: ExecutionPlan;
  readonly startedBy: string;
}

export interface FinishedStep {
  readonly key: string;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  /** What went wrong, null when nothing did. */
  readonly error: string | null;
}

const EXECUTIONS_MAX = 10_000;
const WORKFLOWS_MAX = 5000;
const RECENT_MAX = 10;

/** Where each execution stands: in memory for those who ask, in the database for good. */
export class StateManager {
  readonly #database: Database;
  readonly #states = new LRUCache<string, ExecutionState>({ max: EXECUTIONS_MAX });
  /** Ids of a workflow's executions, newest first. */
  readonly #recent = new LRUCache<string, readonly string[]>({ max: WORKFLOWS_MAX });

  constructor(database: Database) {
    this.#database = database;
  }

  /** What an earlier process left behind will not go on. */
  async closeInterrupted(): Promise<void> {
    await this.#database.execution.updateMany({
      where: { status: { in: ['queued', 'running'] } },
      data: { status: 'failed', finishedAt: new Date() },
    });
  }

  async create({ plan, startedBy }: NewExecution): Promise<ExecutionState> {
    const { workflowId, tenantId, steps } = plan;
    const execution = await this.#database.execution.create({
      data: {
        id: crypto.randomUUID(),
        tenantId,
        workflowId,
        status: 'queued',
        startedBy,
        startedAt: new Date(),
      },
    });
    const state: ExecutionState = {
      executionId: execution.id,
      workflowId,
      status: 'queued',
      startedAt: execution.startedAt.toISOString(),
      finishedAt: null,
      stepsDone: 0,
      stepsTotal: steps.length,
    };
    this.#states.set(state.executionId, state);
    const earlier = this.#recent.get(workflowId) ?? [];
    this.#recent.set(workflowId, [state.executionId, ...earlier].slice(0, RECENT_MAX));
    return state;
  }

  async began(executionId: string): Promise<void> {
    await this.#database.execution.update({ where: { id: executionId }, data: { status: 'running' } });
    this.#change(executionId, { status: 'running' });
  }

  stepFinished(executionId: string, { error }: FinishedStep): void {
    if (error !== null) return;
    const stepsDone = (this.#states.get(executionId)?.stepsDone ?? 0) + 1;
    this.#change(executionId, { stepsDone });
  }

  /** Records how an execution ended, together with all steps that it ran. */
  async finished(
    executionId: string,
    status: ExecutionStatus,
    steps: readonly FinishedStep[],
  ): Promise<void> {
    const finishedAt = new Date();
    await this.#database.$connection(async (db) => {
      await db.executionStep.createMany({ data: steps.map((step) => stepRecord(executionId, step)) });
      await db.execution.update({ where: { id: executionId }, data: { status, finishedAt } });
    });
    this.#change(executionId, { status, finishedAt: finishedAt.toISOString() });
  }

  /** Executions of a workflow that this process has seen, newest first, at most 10. */
  recent(workflowId: string): ExecutionState[] {
    const ids = this.#recent.get(workflowId) ?? [];
    return ids.map((id) => this.#states.get(id)).filter((state) => state !== undefined);
  }

  /** @throws {ApiError} 404 */
  async find(executionId: string): Promise<ExecutionState> {
    return this.#states.get(executionId) ?? (await this.#read(executionId));
  }

  #read(executionId: string): Promise<ExecutionState> {
    return this.#database.$connection(async (db) => {
      const execution = await db.execution.findFirst({ where: { id: executionId } });
      if (!execution) throw notFound('execution', executionId);
      const { workflowId, status, startedAt, finishedAt } = execution;
      const stepsDone = await db.executionStep.count({ where: { executionId, status: 'succeeded' } });
      const stepsTotal = await db.workflowStep.count({ where: { workflowId } });
      return {
        executionId,
        workflowId,
        status,
        startedAt: startedAt.toISOString(),
        finishedAt: finishedAt?.toISOString() ?? null,
        stepsDone,
        stepsTotal,
      };
    });
  }

  #change(executionId: string, change: Partial<ExecutionState>): void {
    const state = this.#states.get(executionId);
    if (state) this.#states.set(executionId, { ...state, ...change });
  }
}

function stepRecord(executionId: string, { key, startedAt, finishedAt, error }: FinishedStep): ExecutionStep {
  const status = error === null ? 'succeeded' : 'failed';
  return { id: crypto.randomUUID(), executionId, stepKey: key, status, startedAt, finishedAt, error };
}
