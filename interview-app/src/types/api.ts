/** What callers of the REST API see. */

export interface ErrorBody {
  readonly error: {
    /** Stable: callers may branch on it. */
    readonly code: string;
    readonly message: string;
    readonly request_id: string;
    readonly details?: readonly { readonly path: string; readonly message: string }[];
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
  readonly status: string;
  readonly owner: string | null;
  readonly steps: number;
  readonly lastExecution: { readonly status: string; readonly startedAt: string } | null;
}

export interface ImportedWorkflow {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly status: string;
  readonly steps: number;
  readonly issues: readonly { readonly code: string; readonly message: string }[];
}
