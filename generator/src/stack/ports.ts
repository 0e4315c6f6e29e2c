/** Ports on localhost: those that were asked for, and free ones for everything else. */
import { createServer, type Server } from 'node:net';
import { UserError } from '../user-error.js';
import type { ProgramName } from './programs.js';

export const ADDRESS = '127.0.0.1';

/** Flags in the form of `util.parseArgs`. */
export const PORT_FLAGS = {
  'grafana-port': { type: 'string', default: '3000' },
  'prometheus-port': { type: 'string' },
  'loki-port': { type: 'string' },
  'tempo-port': { type: 'string' },
} as const;

export type PortFlags = { readonly [name in keyof typeof PORT_FLAGS]?: string | undefined };

/** By what listens there: a program's HTTP interface, or another one of its own. */
export interface Ports extends Readonly<Record<ProgramName, number>> {
  readonly otlp: number;
  readonly lokiGrpc: number;
  readonly tempoGrpc: number;
}

const PORT_NAMES = ['grafana', 'prometheus', 'loki', 'tempo', 'otlp', 'lokiGrpc', 'tempoGrpc'] as const;

/**
 * All of them are held open until the last one is known, so that no two get the same.
 * @throws {UserError} when a flag is no port, or its port is taken
 */
export async function choosePorts(flags: PortFlags): Promise<Ports> {
  const held: Server[] = [];
  try {
    const chosen: [string, number][] = [];
    for (const name of PORT_NAMES) {
      const flag = `${name}-port` as keyof PortFlags;
      const server = await hold(flag, readPort(flag, flags[flag]));
      held.push(server);
      chosen.push([name, (server.address() as { port: number }).port]);
    }
    return Object.fromEntries(chosen) as unknown as Ports;
  } finally {
    await Promise.all(held.map((server) => new Promise((resolve) => server.close(resolve))));
  }
}

/** @returns 0, which stands for any free port, if none was given */
function readPort(flag: string, text: string | undefined): number {
  const port = Number(text ?? '0');
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new UserError(`--${flag} is "${text}": allowed are ports from 1 to 65535, and 0 for any free one`);
}

function hold(flag: string, port: number): Promise<Server> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return reject(error);
      const why = error.code === 'EACCES' ? 'is not allowed to this user' : 'is taken';
      reject(new UserError(`port ${port} ${why}: give another one by --${flag} N (0: any free one)`));
    });
    server.listen(port, ADDRESS, () => resolve(server));
  });
}
