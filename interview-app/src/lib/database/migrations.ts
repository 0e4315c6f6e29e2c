import type { DatabaseConnection } from '../outside.js';

interface Migration {
  readonly name: string;
  readonly statements: readonly string[];
}

/** In order, applied once each; what was applied is never changed, only added to. */
const MIGRATIONS: readonly Migration[] = [
  {
    name: '0001_tenants_and_users',
    statements: [
      `CREATE TABLE tenants (
        id uuid PRIMARY KEY, name text NOT NULL, plan text NOT NULL,
        seat_limit integer NOT NULL, workflow_limit integer NOT NULL)`,
      `CREATE TABLE users (
        id uuid PRIMARY KEY, tenant_id uuid NOT NULL REFERENCES tenants, email text NOT NULL, name text NOT NULL,
        role text NOT NULL, status text NOT NULL DEFAULT 'active',
        created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now())`,
      `CREATE UNIQUE INDEX users_email ON users (tenant_id, email) WHERE status = 'active'`,
      `CREATE TABLE user_preferences (
        user_id uuid NOT NULL REFERENCES users, key text NOT NULL, value text NOT NULL, PRIMARY KEY (user_id, key))`,
      `CREATE TABLE user_sessions (
        id uuid PRIMARY KEY, user_id uuid NOT NULL REFERENCES users, last_seen_at timestamptz NOT NULL,
        revoked_at timestamptz)`,
      'CREATE INDEX user_sessions_user ON user_sessions (user_id)',
      `CREATE TABLE teams (
        id uuid PRIMARY KEY, tenant_id uuid NOT NULL REFERENCES tenants, name text NOT NULL,
        member_count integer NOT NULL DEFAULT 0)`,
      `CREATE TABLE memberships (
        id uuid PRIMARY KEY, user_id uuid NOT NULL REFERENCES users, team_id uuid NOT NULL REFERENCES teams,
        created_at timestamptz NOT NULL DEFAULT now(), UNIQUE (user_id, team_id))`,
      `CREATE TABLE audit_entries (
        id uuid PRIMARY KEY, tenant_id uuid NOT NULL REFERENCES tenants, actor_id uuid, action text NOT NULL,
        target_id uuid NOT NULL, created_at timestamptz NOT NULL DEFAULT now())`,
      'CREATE INDEX audit_entries_target ON audit_entries (target_id, created_at)',
      `CREATE TABLE usage_counters (
        tenant_id uuid NOT NULL REFERENCES tenants, metric text NOT NULL, period text NOT NULL,
        value integer NOT NULL, PRIMARY KEY (tenant_id, metric, period))`,
    ],
  },
  {
    name: '0002_workflows',
    statements: [
      `CREATE TABLE workflows (
        id uuid PRIMARY KEY, tenant_id uuid NOT NULL REFERENCES tenants, name text NOT NULL,
        version integer NOT NULL, status text NOT NULL, owner_id uuid NOT NULL REFERENCES users,
        created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
        validated_at timestamptz, validation_issues jsonb)`,
      'CREATE INDEX workflows_tenant ON workflows (tenant_id, created_at)',
      `CREATE TABLE workflow_steps (
        id uuid PRIMARY KEY, workflow_id uuid NOT NULL REFERENCES workflows, position integer NOT NULL,
        key text NOT NULL, kind text NOT NULL, connector text, depends_on jsonb NOT NULL DEFAULT '[]',
        config jsonb NOT NULL DEFAULT '{}', UNIQUE (workflow_id, key))`,
      `CREATE TABLE workflow_revisions (
        id uuid PRIMARY KEY, workflow_id uuid NOT NULL REFERENCES workflows, version integer NOT NULL,
        author_id uuid NOT NULL REFERENCES users, comment text NOT NULL DEFAULT '',
        created_at timestamptz NOT NULL DEFAULT now())`,
      'CREATE INDEX workflow_revisions_workflow ON workflow_revisions (workflow_id, version)',
      `CREATE TABLE workflow_triggers (
        id uuid PRIMARY KEY, workflow_id uuid NOT NULL REFERENCES workflows, kind text NOT NULL, schedule text)`,
      'CREATE INDEX workflow_triggers_workflow ON workflow_triggers (workflow_id)',
      `CREATE TABLE credentials (
        id uuid PRIMARY KEY, tenant_id uuid NOT NULL REFERENCES tenants, kind text NOT NULL, expires_at timestamptz)`,
      `CREATE TABLE connectors (
        id uuid PRIMARY KEY, tenant_id uuid NOT NULL REFERENCES tenants, key text NOT NULL, endpoint text NOT NULL,
        credential_id uuid REFERENCES credentials, UNIQUE (tenant_id, key))`,
      `CREATE TABLE executions (
        id uuid PRIMARY KEY, tenant_id uuid NOT NULL REFERENCES tenants,
        workflow_id uuid NOT NULL REFERENCES workflows, status text NOT NULL, started_by uuid,
        started_at timestamptz NOT NULL DEFAULT now(), finished_at timestamptz)`,
      'CREATE INDEX executions_workflow ON executions (workflow_id, started_at)',
      'CREATE INDEX executions_tenant ON executions (tenant_id, started_at)',
      `CREATE TABLE execution_steps (
        id uuid PRIMARY KEY, execution_id uuid NOT NULL REFERENCES executions, step_key text NOT NULL,
        status text NOT NULL, started_at timestamptz NOT NULL DEFAULT now(), finished_at timestamptz, error text)`,
      'CREATE INDEX execution_steps_execution ON execution_steps (execution_id)',
    ],
  },
  {
    name: '0003_data_and_reports',
    statements: [
      `CREATE TABLE datasets (
        id uuid PRIMARY KEY, tenant_id uuid NOT NULL REFERENCES tenants, name text NOT NULL,
        connector text NOT NULL, row_count integer NOT NULL DEFAULT 0, synced_at timestamptz)`,
      `CREATE TABLE dataset_fields (
        id uuid PRIMARY KEY, dataset_id uuid NOT NULL REFERENCES datasets, name text NOT NULL, kind text NOT NULL,
        source_path text NOT NULL, UNIQUE (dataset_id, name))`,
      `CREATE TABLE field_rules (
        id uuid PRIMARY KEY, field_id uuid NOT NULL REFERENCES dataset_fields, kind text NOT NULL,
        config jsonb NOT NULL DEFAULT '{}')`,
      'CREATE INDEX field_rules_field ON field_rules (field_id)',
      `CREATE TABLE dataset_records (
        id uuid PRIMARY KEY, dataset_id uuid NOT NULL REFERENCES datasets, key text NOT NULL,
        payload jsonb NOT NULL, updated_at timestamptz NOT NULL DEFAULT now(), UNIQUE (dataset_id, key))`,
      `CREATE TABLE dataset_runs (
        id uuid PRIMARY KEY, dataset_id uuid NOT NULL REFERENCES datasets, kind text NOT NULL,
        records integer NOT NULL, started_at timestamptz NOT NULL DEFAULT now())`,
      'CREATE INDEX dataset_runs_dataset ON dataset_runs (dataset_id, started_at)',
      `CREATE TABLE report_templates (
        id uuid PRIMARY KEY, tenant_id uuid NOT NULL REFERENCES tenants, name text NOT NULL,
        owner_id uuid NOT NULL REFERENCES users)`,
      `CREATE TABLE report_sections (
        id uuid PRIMARY KEY, template_id uuid NOT NULL REFERENCES report_templates, position integer NOT NULL,
        metric text NOT NULL, dataset_id uuid REFERENCES datasets)`,
      'CREATE INDEX report_sections_template ON report_sections (template_id, position)',
      `CREATE TABLE reports (
        id uuid PRIMARY KEY, tenant_id uuid NOT NULL REFERENCES tenants, kind text NOT NULL,
        range_from timestamptz NOT NULL, range_to timestamptz NOT NULL, content jsonb NOT NULL,
        created_by uuid NOT NULL, created_at timestamptz NOT NULL DEFAULT now())`,
    ],
  },
  {
    name: '0004_jobs_and_notifications',
    statements: [
      `CREATE TABLE jobs (
        id uuid PRIMARY KEY, tenant_id uuid REFERENCES tenants, type text NOT NULL, payload jsonb NOT NULL,
        status text NOT NULL, attempts integer NOT NULL DEFAULT 0, run_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(), finished_at timestamptz, error text)`,
      `CREATE INDEX jobs_due ON jobs (run_at) WHERE status = 'queued'`,
      `CREATE TABLE notifications (
        id uuid PRIMARY KEY, tenant_id uuid NOT NULL REFERENCES tenants, user_id uuid, channel text NOT NULL,
        template text NOT NULL, payload jsonb NOT NULL, status text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(), sent_at timestamptz)`,
    ],
  },
];

/** Any number, the same for all who migrate: only one of them at a time. */
const LOCK_ID = 7_301_442;

/**
 * Brings the schema up to date. Each migration is applied whole or not at all, and recorded in `migrations`.
 * @returns the names of those that were applied now
 * @throws what the database says about a statement that fails
 */
export async function migrate(connection: DatabaseConnection): Promise<readonly string[]> {
  await connection.query('SELECT pg_advisory_lock($1)', [LOCK_ID]);
  try {
    await connection.query(
      'CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())',
    );
    const { rows } = await connection.query('SELECT name FROM migrations');
    const applied = new Set(rows.map((row) => row.name));
    const missing = MIGRATIONS.filter((migration) => !applied.has(migration.name));
    for (const migration of missing) await apply(connection, migration);
    return missing.map((migration) => migration.name);
  } finally {
    await connection.query('SELECT pg_advisory_unlock($1)', [LOCK_ID]);
  }
}

async function apply(connection: DatabaseConnection, { name, statements }: Migration): Promise<void> {
  await connection.query('BEGIN');
  try {
    for (const statement of statements) await connection.query(statement);
    await connection.query('INSERT INTO migrations (name) VALUES ($1)', [name]);
    await connection.query('COMMIT');
  } catch (error) {
    await connection.query('ROLLBACK');
    throw error;
  }
}
