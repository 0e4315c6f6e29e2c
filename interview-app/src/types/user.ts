/** People, and what they belong to. */

export type Role = 'admin' | 'editor' | 'viewer';

export type Permission =
  | 'workflows:read'
  | 'workflows:write'
  | 'workflows:execute'
  | 'users:read'
  | 'users:write'
  | 'data:write'
  | 'reports:write';

/** Who is calling, as the identity provider says. */
export interface Principal {
  readonly userId: string;
  readonly tenantId: string;
  readonly roles: readonly Role[];
}

export interface Tenant {
  readonly id: string;
  readonly name: string;
  readonly plan: 'free' | 'team' | 'enterprise';
  readonly seatLimit: number;
  readonly workflowLimit: number;
}

export interface User {
  readonly id: string;
  readonly tenantId: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly status: 'active' | 'deleted';
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface Team {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly memberCount: number;
}

export interface Membership {
  readonly id: string;
  readonly userId: string;
  readonly teamId: string;
  readonly createdAt: Date;
}

export interface UserPreference {
  readonly userId: string;
  readonly key: string;
  readonly value: string;
}

export interface UserSession {
  readonly id: string;
  readonly userId: string;
  readonly lastSeenAt: Date;
  readonly revokedAt: Date | null;
}

export interface AuditEntry {
  readonly id: string;
  readonly tenantId: string;
  readonly actorId: string | null;
  readonly action: string;
  readonly targetId: string;
  readonly createdAt: Date;
}

/** What a tenant used in a month, for its bill. */
export interface UsageCounter {
  readonly tenantId: string;
  readonly metric: 'workflows' | 'users' | 'executions' | 'records' | 'reports';
  /** `2026-03` */
  readonly period: string;
  readonly value: number;
}
