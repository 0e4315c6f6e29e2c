/** The connections of one load, all with the same patience and ended by the same signal. */
import { HttpClient, type HttpOptions } from '../sinks/http.js';
import type { Endpoints } from './options.js';

export type Clients = { readonly [name in keyof Endpoints]: HttpClient };

export function connect(endpoints: Endpoints, options: HttpOptions): Clients {
  return {
    prometheus: new HttpClient(endpoints.prometheus, options),
    remoteWrite: new HttpClient(endpoints.remoteWrite, options),
    loki: new HttpClient(endpoints.loki, options),
    tempo: new HttpClient(endpoints.tempo, options),
    otlp: new HttpClient(endpoints.otlp, options),
  };
}

/**
 * Waits until each store says that it is ready, with the clients' own patience. A store behind a gateway may have no
 * such address: a 404 counts as ready, and the first real request tells.
 * @throws {StoreError} naming a store that is still not ready, or that refuses to talk
 */
export async function waitUntilReady({ prometheus, loki, tempo }: Clients): Promise<void> {
  const wait = async (client: HttpClient, path: string) => {
    const reply = await client.get(path);
    if (reply.status !== 404) client.expectSuccess(path, reply);
  };
  await Promise.all([wait(prometheus, '/-/ready'), wait(loki, '/ready'), wait(tempo, '/ready')]);
}
