import type {
  Dataset,
  DatasetField,
  DatasetRecord,
  DatasetRun,
  FieldRule,
  Report,
  ReportSection,
  ReportTemplate,
} from '../../types/data.js';
import type { Job, Notification } from '../../types/job.js';
import type {
  AuditEntry,
  Membership,
  Team,
  Tenant,
  UsageCounter,
  User,
  UserPreference,
  UserSession,
} from '../../types/user.js';
import type {
  Connector,
  Credential,
  Execution,
  ExecutionStep,
  Workflow,
  WorkflowRevision,
  WorkflowStep,
  WorkflowTrigger,
} from '../../types/workflow.js';
import { defineTable, Model, type Statement, type StatementResult, type StatementRunner } from './model.js';

const tables = {
  tenant: defineTable<Tenant>({
    table: 'tenants',
    columns: {
      id: 'id',
      name: 'name',
      plan: 'plan',
      seatLimit: 'seat_limit',
      workflowLimit: 'workflow_limit',
    },
  }),
  user: defineTable<User>({
    table: 'users',
    columns: {
      id: 'id',
      tenantId: 'tenant_id',
      email: 'email',
      name: 'name',
      role: 'role',
      status: 'status',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
    },
  }),
  userPreference: defineTable<UserPreference>({
    table: 'user_preferences',
    columns: { userId: 'user_id', key: 'key', value: 'value' },
  }),
  userSession: defineTable<UserSession>({
    table: 'user_sessions',
    columns: { id: 'id', userId: 'user_id', lastSeenAt: 'last_seen_at', revokedAt: 'revoked_at' },
  }),
  team: defineTable<Team>({
    table: 'teams',
    columns: { id: 'id', tenantId: 'tenant_id', name: 'name', memberCount: 'member_count' },
  }),
  membership: defineTable<Membership>({
    table: 'memberships',
    columns: { id: 'id', userId: 'user_id', teamId: 'team_id', createdAt: 'created_at' },
  }),
  auditEntry: defineTable<AuditEntry>({
    table: 'audit_entries',
    columns: {
      id: 'id',
      tenantId: 'tenant_id',
      actorId: 'actor_id',
      action: 'action',
      targetId: 'target_id',
      createdAt: 'created_at',
    },
  }),
  usageCounter: defineTable<UsageCounter>({
    table: 'usage_counters',
    columns: { tenantId: 'tenant_id', metric: 'metric', period: 'period', value: 'value' },
  }),
  workflow: defineTable<Workflow>({
    table: 'workflows',
    columns: {
      id: 'id',
      tenantId: 'tenant_id',
      name: 'name',
      version: 'version',
      status: 'status',
      ownerId: 'owner_id',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
      validatedAt: 'validated_at',
      validationIssues: 'validation_issues',
    },
    json: ['validationIssues'],
  }),
  workflowStep: defineTable<WorkflowStep>({
    table: 'workflow_steps',
    columns: {
      id: 'id',
      workflowId: 'workflow_id',
      position: 'position',
      key: 'key',
      kind: 'kind',
      connector: 'connector',
      dependsOn: 'depends_on',
      config: 'config',
    },
    json: ['dependsOn', 'config'],
  }),
  workflowRevision: defineTable<WorkflowRevision>({
    table: 'workflow_revisions',
    columns: {
      id: 'id',
      workflowId: 'workflow_id',
      version: 'version',
      authorId: 'author_id',
      comment: 'comment',
      createdAt: 'created_at',
    },
  }),
  workflowTrigger: defineTable<WorkflowTrigger>({
    table: 'workflow_triggers',
    columns: { id: 'id', workflowId: 'workflow_id', kind: 'kind', schedule: 'schedule' },
  }),
  connector: defineTable<Connector>({
    table: 'connectors',
    columns: {
      id: 'id',
      tenantId: 'tenant_id',
      key: 'key',
      endpoint: 'endpoint',
      credentialId: 'credential_id',
    },
  }),
  credential: defineTable<Credential>({
    table: 'credentials',
    columns: { id: 'id', tenantId: 'tenant_id', kind: 'kind', expiresAt: 'expires_at' },
  }),
  execution: defineTable<Execution>({
    table: 'executions',
    columns: {
      id: 'id',
      tenantId: 'tenant_id',
      workflowId: 'workflow_id',
      status: 'status',
      startedBy: 'started_by',
      startedAt: 'started_at',
      finishedAt: 'finished_at',
    },
  }),
  executionStep: defineTable<ExecutionStep>({
    table: 'execution_steps',
    columns: {
      id: 'id',
      executionId: 'execution_id',
      stepKey: 'step_key',
      status: 'status',
      startedAt: 'started_at',
      finishedAt: 'finished_at',
      error: 'error',
    },
  }),
  dataset: defineTable<Dataset>({
    table: 'datasets',
    columns: {
      id: 'id',
      tenantId: 'tenant_id',
      name: 'name',
      connector: 'connector',
      rowCount: 'row_count',
      syncedAt: 'synced_at',
    },
  }),
  datasetField: defineTable<DatasetField>({
    table: 'dataset_fields',
    columns: {
      id: 'id',
      datasetId: 'dataset_id',
      name: 'name',
      kind: 'kind',
      sourcePath: 'source_path',
    },
  }),
  fieldRule: defineTable<FieldRule>({
    table: 'field_rules',
    columns: { id: 'id', fieldId: 'field_id', kind: 'kind', config: 'config' },
    json: ['config'],
  }),
  datasetRecord: defineTable<DatasetRecord>({
    table: 'dataset_records',
    columns: {
      id: 'id',
      datasetId: 'dataset_id',
      key: 'key',
      payload: 'payload',
      updatedAt: 'updated_at',
    },
    json: ['payload'],
  }),
  datasetRun: defineTable<DatasetRun>({
    table: 'dataset_runs',
    columns: {
      id: 'id',
      datasetId: 'dataset_id',
      kind: 'kind',
      records: 'records',
      startedAt: 'started_at',
    },
  }),
  report: defineTable<Report>({
    table: 'reports',
    columns: {
      id: 'id',
      tenantId: 'tenant_id',
      kind: 'kind',
      rangeFrom: 'range_from',
      rangeTo: 'range_to',
      content: 'content',
      createdBy: 'created_by',
      createdAt: 'created_at',
    },
    json: ['content'],
  }),
  reportTemplate: defineTable<ReportTemplate>({
    table: 'report_templates',
    columns: { id: 'id', tenantId: 'tenant_id', name: 'name', ownerId: 'owner_id' },
  }),
  reportSection: defineTable<ReportSection>({
    table: 'report_sections',
    columns: {
      id: 'id',
      templateId: 'template_id',
      position: 'position',
      metric: 'metric',
      datasetId: 'dataset_id',
    },
  }),
  job: defineTable<Job>({
    table: 'jobs',
    columns: {
      id: 'id',
      tenantId: 'tenant_id',
      type: 'type',
      payload: 'payload',
      status: 'status',
      attempts: 'attempts',
      runAt: 'run_at',
      createdAt: 'created_at',
      finishedAt: 'finished_at',
      error: 'error',
    },
    json: ['payload'],
  }),
  notification: defineTable<Notification>({
    table: 'notifications',
    columns: {
      id: 'id',
      tenantId: 'tenant_id',
      userId: 'user_id',
      channel: 'channel',
      template: 'template',
      payload: 'payload',
      status: 'status',
      createdAt: 'created_at',
      sentAt: 'sent_at',
    },
    json: ['payload'],
  }),
};

/** The tables by name. How a statement gets its connection is up to who extends this. */
export abstract class Models implements StatementRunner {
  abstract execute(statement: Statement): Promise<StatementResult>;

  get tenant() {
    return new Model(this, tables.tenant);
  }
  get user() {
    return new Model(this, tables.user);
  }
  get userPreference() {
    return new Model(this, tables.userPreference);
  }
  get userSession() {
    return new Model(this, tables.userSession);
  }
  get team() {
    return new Model(this, tables.team);
  }
  get membership() {
    return new Model(this, tables.membership);
  }
  get auditEntry() {
    return new Model(this, tables.auditEntry);
  }
  get usageCounter() {
    return new Model(this, tables.usageCounter);
  }
  get workflow() {
    return new Model(this, tables.workflow);
  }
  get workflowStep() {
    return new Model(this, tables.workflowStep);
  }
  get workflowRevision() {
    return new Model(this, tables.workflowRevision);
  }
  get workflowTrigger() {
    return new Model(this, tables.workflowTrigger);
  }
  get connector() {
    return new Model(this, tables.connector);
  }
  get credential() {
    return new Model(this, tables.credential);
  }
  get execution() {
    return new Model(this, tables.execution);
  }
  get executionStep() {
    return new Model(this, tables.executionStep);
  }
  get dataset() {
    return new Model(this, tables.dataset);
  }
  get datasetField() {
    return new Model(this, tables.datasetField);
  }
  get fieldRule() {
    return new Model(this, tables.fieldRule);
  }
  get datasetRecord() {
    return new Model(this, tables.datasetRecord);
  }
  get datasetRun() {
    return new Model(this, tables.datasetRun);
  }
  get report() {
    return new Model(this, tables.report);
  }
  get reportTemplate() {
    return new Model(this, tables.reportTemplate);
  }
  get reportSection() {
    return new Model(this, tables.reportSection);
  }
  get job() {
    return new Model(this, tables.job);
  }
  get notification() {
    return new Model(this, tables.notification);
  }
}
