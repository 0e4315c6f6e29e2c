/** Data sets of a tenant, and reports about them. */

export interface Dataset {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly connector: string;
  readonly rowCount: number;
  readonly syncedAt: Date | null;
}

export interface DatasetField {
  readonly id: string;
  readonly datasetId: string;
  readonly name: string;
  readonly kind: 'text' | 'number' | 'date' | 'boolean';
  readonly sourcePath: string;
}

export interface FieldRule {
  readonly id: string;
  readonly fieldId: string;
  readonly kind: 'required' | 'unique' | 'range' | 'mask';
  readonly config: Readonly<Record<string, unknown>>;
}

export interface DatasetRecord {
  readonly id: string;
  readonly datasetId: string;
  readonly key: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly updatedAt: Date;
}

export interface DatasetRun {
  readonly id: string;
  readonly datasetId: string;
  readonly kind: 'sync' | 'transform';
  readonly records: number;
  readonly startedAt: Date;
}

export interface ReportTemplate {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly ownerId: string;
}

export interface ReportSection {
  readonly id: string;
  readonly templateId: string;
  readonly position: number;
  readonly metric: 'executions' | 'failures' | 'records' | 'users';
  readonly datasetId: string | null;
}

export interface Report {
  readonly id: string;
  readonly tenantId: string;
  readonly kind: string;
  readonly rangeFrom: Date;
  readonly rangeTo: Date;
  readonly content: Readonly<Record<string, unknown>>;
  readonly createdBy: string;
  readonly createdAt: Date;
}
