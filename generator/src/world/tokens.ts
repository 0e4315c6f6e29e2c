/** Bearer tokens of simulated users: they say themselves whose they are, as the identity provider would look up. */

export interface Bearer {
  readonly role: 'owner' | 'editor' | 'viewer';
  readonly userId: string;
  readonly organizationId: string;
}

const TOKEN = /^(owner|editor|viewer)\.([0-9a-f-]{36})\.([0-9a-f-]{36})$/;

export function writeToken({ role, userId, organizationId }: Bearer): string {
  return `${role}.${userId}.${organizationId}`;
}

/** Whose token it is; undefined for one that nobody issued. */
export function readToken(token: string): Bearer | undefined {
  const [, role, userId, organizationId] = TOKEN.exec(token) ?? [];
  if (role === undefined || userId === undefined || organizationId === undefined) return undefined;
  return { role: role as Bearer['role'], userId, organizationId };
}
