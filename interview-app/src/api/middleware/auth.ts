import type { MiddlewareHandler } from 'hono';
import { forbidden } from '../../lib/errors.js';
import type { IdentityProvider } from '../../lib/external-apis/identity-provider.js';
import type { ServiceEnv } from '../../lib/server-span.js';
import { authenticate } from '../../services/user-service/authentication.js';
import { isAllowed } from '../../services/user-service/permissions.js';
import type { Permission, Principal } from '../../types/user.js';

/** What a handler of the API finds in its context. */
export interface ApiEnv {
  Variables: ServiceEnv['Variables'] & { principal: Principal };
}

/** Lets only callers with a valid token through, and tells the handlers who it is. */
export function requirePrincipal(identityProvider: IdentityProvider): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    c.set('principal', await authenticate(c.req.header('authorization'), identityProvider));
    await next();
  };
}

export function requirePermission(permission: Permission): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    if (!isAllowed(c.get('principal'), permission))
      throw forbidden(`This needs the permission ${permission}`);
    await next();
  };
}
