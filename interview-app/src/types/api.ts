/** What callers of the REST API see. Dates become ISO 8601 strings on the way. */
import type { ExecutionState } from './job.js';
import type { Permission, Role } from './user.js';
import type { ExecutionStatus, StepDefinition, ValidationIssue, WorkflowStatus } from './workflow.js';

export interface ErrorBody {
  readonly error: {
    /** Stable: callers may branch on it. */
    readonly code: string;
    readonly message: string;
    readonly request_id: string;
    readonly details?: readonly { readonly path: string; readonly message: string }[] | undefined;
  };
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly page: number;
  readonly total: number;
}

export interface WorkflowSummary {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly status: WorkflowStatus;
  readonly owner: string | null;
  readonly steps: number;
  readonly lastExecution: { readonly status: ExecutionStatus; readonly startedAt: Date } | null;
}

export interface WorkflowHistoryEntry {
  readonly id: string;
  readonly status: ExecutionStatus;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly startedBy: string | null;
  readonly steps: number;
  readonly errors: readonly { readonly step: string; readonly message: string }[];
}

export interface WorkflowStatusView {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly version: number;
  readonly status: WorkflowStatus;
  readonly validatedAt: Date | null;
  readonly owner: string | null;
  readonly triggers: readonly { readonly kind: string; readonly schedule: string | null }[];
  /** The last executions when this was read. */
  readonly history: readonly WorkflowHistoryEntry[];
}

export interface LiveWorkflowStatus extends WorkflowStatusView {
  /** What the engine runs, or ran a moment ago. */
  readonly recent: readonly ExecutionState[];
}

export interface ImportedWorkflow {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly status: WorkflowStatus;
  readonly steps: number;
  readonly issues: readonly ValidationIssue[];
}

/** A workflow with all that belongs to it, to be kept elsewhere or imported again. */
export interface WorkflowExport {
  readonly format: 1;
  readonly tenantId: string;
  readonly workflow: {
    readonly name: string;
    readonly version: number;
    readonly steps: readonly StepDefinition[];
  };
  readonly connectors: readonly { readonly key: string; readonly endpoint: string }[];
  readonly triggers: readonly { readonly kind: string; readonly schedule: string | null }[];
  readonly revisions: readonly {
    readonly version: number;
    readonly author: string | null;
    readonly comment: string;
    readonly createdAt: Date;
    /** How often the workflow was executed since. */
    readonly executions: number;
  }[];
}

export interface UserProfile {
  readonly id: string;
  readonly tenantId: string;
  readonly tenant: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly status: string;
  readonly permissions: readonly Permission[];
  readonly teams: readonly { readonly id: string; readonly name: string; readonly members: number }[];
  readonly preferences: Readonly<Record<string, string>>;
  readonly lastSeenAt: Date | null;
  readonly workflows: number;
  readonly recentActions: readonly { readonly action: string; readonly at: Date }[];
}

export interface Dashboard {
  readonly tenant: string;
  readonly range: { readonly from: Date; readonly to: Date };
  readonly executions: readonly { readonly from: Date; readonly total: number; readonly failed: number }[];
  readonly activeWorkflows: number;
  readonly users: number;
  readonly recentFailures: readonly ReportFailureView[];
}

export interface ReportView {
  readonly id: string;
  readonly kind: string;
  readonly tenant: string;
  readonly range: { readonly from: Date; readonly to: Date };
  readonly sections: readonly ReportSectionView[];
  readonly failures: readonly ReportFailureView[];
}

export interface ReportSectionView {
  readonly metric: string;
  readonly total: number;
  /** The same in the range before, which is as long. */
  readonly previous: number;
}

export interface ReportFailureView {
  readonly workflow: string | null;
  readonly step: string | null;
  readonly startedAt: Date;
}
