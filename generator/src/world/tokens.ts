/** Bearer tokens of simulated users: they say themselves whose they are, as the identity provider would look up. */

export interface Bearer {
  readonly role: 'admin' | 'editor' | 'viewer';
  readonly userId: string;
  readonly tenantId: string;
}

const TOKEN = /^(admin|editor|viewer)\.([0-9a-f-]{36})\.([0-9a-f-]{36})$/;

export function writeToken({ role, userId, tenantId }: Bearer): string {
  return `${role}.${userId}.${tenantId}`;
}

/** Whose token it is; undefined for one that nobody issued. */
export function readToken(token: string): Bearer | undefined {
  const [, role, userId, tenantId] = TOKEN.exec(token) ?? [];
  if (role === undefined || userId === undefined || tenantId === undefined) return undefined;
  return { role: role as Bearer['role'], userId, tenantId };
}
