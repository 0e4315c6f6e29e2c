/** A workflow and everything it is made of, as stored. */

export type WorkflowStatus = 'draft' | 'validating' | 'active' | 'invalid' | 'archived';
export type StepKind = 'http' | 'transform' | 'branch' | 'delay' | 'notify';

export interface Workflow {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly version: number;
  readonly status: WorkflowStatus;
  readonly ownerId: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly validatedAt: Date | null;
  readonly validationIssues: readonly ValidationIssue[] | null;
}

export interface WorkflowStep {
  readonly id: string;
  readonly workflowId: string;
  readonly position: number;
  readonly key: string;
  readonly kind: StepKind;
  readonly connector: string | null;
  readonly dependsOn: readonly string[];
  readonly config: Readonly<Record<string, unknown>>;
}

export interface WorkflowRevision {
  readonly id: string;
  readonly workflowId: string;
  readonly version: number;
  readonly authorId: string;
  readonly comment: string;
  readonly createdAt: Date;
}

export interface WorkflowTrigger {
  readonly id: string;
  readonly workflowId: string;
  readonly kind: 'schedule' | 'webhook' | 'manual';
  readonly schedule: string | null;
}

export interface Connector {
  readonly id: string;
  readonly tenantId: string;
  readonly key: string;
  readonly endpoint: string;
  readonly credentialId: string | null;
}

export interface Credential {
  readonly id: string;
  readonly tenantId: string;
  readonly kind: 'api-key' | 'oauth2' | 'basic';
  readonly expiresAt: Date | null;
}

export type ExecutionStatus = 'queued' | 'running' | 'succeeded' | 'failed';

export interface Execution {
  readonly id: string;
  readonly tenantId: string;
  readonly workflowId: string;
  readonly status: ExecutionStatus;
  readonly startedBy: string | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
}

export interface ExecutionStep {
  readonly id: string;
  readonly executionId: string;
  readonly stepKey: string;
  readonly status: ExecutionStatus;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly error: string | null;
}

/** A step as callers write it. */
export interface StepDefinition {
  readonly key: string;
  readonly kind: StepKind;
  readonly connector?: string | undefined;
  readonly dependsOn: readonly string[];
  readonly config: Readonly<Record<string, unknown>>;
}

/** A workflow as callers write it. */
export interface WorkflowDefinition {
  readonly name: string;
  readonly version: number;
  readonly steps: readonly StepDefinition[];
}

/** Several workflows that are imported, and validated, together. */
export interface WorkflowBundle {
  readonly workflows: readonly WorkflowDefinition[];
}

export interface ValidationIssue {
  readonly code: string;
  readonly message: string;
}

export interface WorkflowVerdict {
  readonly name: string;
  readonly valid: boolean;
  readonly issues: readonly ValidationIssue[];
}

/** A workflow made ready for the engine: steps with their connectors and credentials resolved. */
export interface ExecutionPlan {
  readonly workflowId: string;
  readonly tenantId: string;
  readonly version: number;
  readonly priority: 'normal' | 'high';
  /** An e-mail address. */
  readonly notifyOnFailure: string | null;
  /** Each after all that it depends on. */
  readonly steps: readonly PlannedStep[];
}

export interface PlannedStep {
  readonly key: string;
  readonly kind: StepKind;
  readonly dependsOn: readonly string[];
  readonly config: Readonly<Record<string, unknown>>;
  readonly endpoint: string | null;
  readonly credentialId: string | null;
}
