import type { Role } from '../../types/user.js';
import { OUTSIDE_SERVICE } from '../telemetry-names.js';
import { HttpClient, type HttpClientOptions } from './http-client.js';

/** RFC 7662, with the claims that our identity provider adds. */
export type Introspection =
  | { readonly active: false }
  | {
      readonly active: true;
      readonly sub: string;
      readonly tenant_id: string;
      readonly roles: readonly Role[];
    };

export class IdentityProvider {
  readonly #client: HttpClient;

  constructor(options: Omit<HttpClientOptions, 'service'>) {
    this.#client = new HttpClient({ ...options, service: OUTSIDE_SERVICE.identityProvider });
  }

  /** Asks whose token this is and whether it still holds: a token can be revoked at any time. */
  introspect(token: string): Promise<Introspection> {
    return this.#client.post<Introspection>('/introspect', { token });
  }
}
