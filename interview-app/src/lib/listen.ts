import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import type { Service } from './service.js';

export interface Listener {
  readonly port: number;
  /** Takes no more connections and ends the open ones as their last answer is out. */
  close(): Promise<void>;
}

const IDLE_CHECK_MS = 50;

/**
 * Serves a service's HTTP interface to this machine; who is outside comes through a proxy.
 * @param port 0 takes any free one
 * @throws {NodeJS.ErrnoException} `EADDRINUSE` when somebody else has the port
 */
export function listen(service: Pick<Service, 'fetch'>, port: number): Promise<Listener> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: service.fetch, port, hostname: '127.0.0.1' }, (address) => {
      server.off('error', reject);
      resolve({ port: address.port, close: () => close(server) });
    }) as Server;
    server.once('error', reject);
  });
}

/** A connection that is kept alive becomes idle at any time, so it is not enough to look once. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
    server.close(() => {
      clearInterval(timer);
      resolve();
    });
  });
}
