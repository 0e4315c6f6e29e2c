/**
 * What the API asks of the worker, over HTTP:
 *
 *     POST {job-scheduler}/jobs                    EnqueueJob          -> 202 EnqueuedJob
 *     POST {workflow-engine}/executions            StartExecution      -> 202 StartedExecution
 *     GET  {workflow-engine}/executions?workflowId= -                  -> 200 RecentExecutions
 *     GET  {workflow-engine}/executions/:id         -                  -> 200 ExecutionState, 404
 *     POST {notification-service}/notifications    SendNotification    -> 202 AcceptedNotification
 *
 * Errors are answered as `ErrorBody` of `api.ts`.
 */
import type { ExecutionPlan, ExecutionStatus } from './workflow.js';

export type JobType =
  | 'dataset-sync'
  | 'scheduled-report'
  | 'usage-billing'
  | 'usage-report'
  | 'activity-digest'
  | 'session-cleanup';

export type JobStatus = 'queued' | 'running' | 'succeeded' | 'failed';

/** A job as stored. */
export interface Job {
  readonly id: string;
  readonly tenantId: string | null;
  readonly type: JobType;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly status: JobStatus;
  readonly attempts: number;
  readonly runAt: Date;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  readonly error: string | null;
}

export interface EnqueueJob {
  readonly type: JobType;
  readonly tenantId: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** ISO 8601; as soon as possible when absent. */
  readonly runAt?: string;
}

export interface EnqueuedJob {
  readonly jobId: string;
}

export interface StartExecution {
  readonly plan: ExecutionPlan;
  readonly startedBy: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface StartedExecution {
  readonly executionId: string;
}

export interface ExecutionState {
  readonly executionId: string;
  readonly workflowId: string;
  readonly status: ExecutionStatus;
  /** ISO 8601 */
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly stepsDone: number;
  readonly stepsTotal: number;
}

/** Newest first, at most 10, from the engine's memory: what ran before its start is in the database only. */
export interface RecentExecutions {
  readonly executions: readonly ExecutionState[];
}

export type NotificationChannel = 'email' | 'webhook' | 'in-app';

/** A notification as stored. */
export interface Notification {
  readonly id: string;
  readonly tenantId: string;
  readonly userId: string | null;
  readonly channel: NotificationChannel;
  readonly template: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly status: 'queued' | 'sent' | 'failed';
  readonly createdAt: Date;
  readonly sentAt: Date | null;
}

export interface SendNotification {
  readonly tenantId: string;
  readonly channel: NotificationChannel;
  readonly template: string;
  /** An address for e-mail, a user's id for in-app, a URL for a webhook. */
  readonly to: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface AcceptedNotification {
  readonly notificationId: string;
}
