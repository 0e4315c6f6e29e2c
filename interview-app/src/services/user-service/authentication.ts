import { unauthenticated } from '../../lib/errors.js';
import type { IdentityProvider } from '../../lib/external-apis/identity-provider.js';
import type { Principal } from '../../types/user.js';

const BEARER = /^Bearer ([\w.~+/-]+=*)$/i;

/**
 * Whose request this is. Every request asks anew: tokens are opaque to us, and one that was revoked must not work for
 * a moment longer.
 * @throws {ApiError} 401 when the header is missing or malformed, or the token is not active
 */
export async function authenticate(
  authorization: string | undefined,
  identityProvider: IdentityProvider,
): Promise<Principal> {
  if (!authorization) throw unauthenticated('The request has no bearer token');
  const [, token] = BEARER.exec(authorization) ?? [];
  if (!token) throw unauthenticated('The Authorization header is not a bearer token');
  const introspection = await identityProvider.introspect(token);
  if (!introspection.active) throw unauthenticated('The token is not valid');
  const { sub, tenant_id, roles } = introspection;
  return { userId: sub, tenantId: tenant_id, roles };
}
