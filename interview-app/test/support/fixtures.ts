import type { TestPostgres } from './postgres.js';

export interface TestTenant {
  readonly id: string;
  readonly adminId: string;
  readonly adminEmail: string;
  readonly teamId: string;
}

/** Puts a tenant with one admin and one team into the database. */
export async function addTenant(postgres: TestPostgres, plan = 'enterprise'): Promise<TestTenant> {
  const [id, adminId, teamId] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
  const adminEmail = `admin@${id.slice(0, 8)}.example`;
  await postgres.query(
    'INSERT INTO tenants (id, name, plan, seat_limit, workflow_limit) VALUES ($1, $2, $3, 100, 1000)',
    [id, `Tenant ${id.slice(0, 8)}`, plan],
  );
  await postgres.query(
    `INSERT INTO users (id, tenant_id, email, name, role) VALUES ($1, $2, $3, 'Admin', 'admin')`,
    [adminId, id, adminEmail],
  );
  await postgres.query(`INSERT INTO teams (id, tenant_id, name) VALUES ($1, $2, 'Everybody')`, [teamId, id]);
  return { id, adminId, adminEmail, teamId };
}

/** Puts a workflow without steps into the database. @returns its id */
export async function addWorkflow(
  postgres: TestPostgres,
  tenant: TestTenant,
  status = 'active',
): Promise<string> {
  const id = crypto.randomUUID();
  await postgres.query(
    'INSERT INTO workflows (id, tenant_id, name, version, status, owner_id) VALUES ($1, $2, $3, 1, $4, $5)',
    [id, tenant.id, `Workflow ${id.slice(0, 8)}`, status, tenant.adminId],
  );
  return id;
}
