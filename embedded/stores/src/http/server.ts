/** One HTTP server on this machine: requests below a base address go to its API, all others to what else is served. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Api, ApiAnswer } from './api.js';
import { refusal } from './guard.js';
import { RequestError, readRequest } from './read-request.js';

/** The only address: whoever is to reach it from elsewhere has to come through this machine. */
export const ADDRESS = '127.0.0.1';

/** Queries travel in addresses too, and some are long. */
const HEADER_BYTES_MAX = 128 * 1024;

export interface ServerOptions {
  /** 0 for any that is free. */
  readonly port: number;
  /** By base address, such as `/stores/loki`, without a slash at its end. */
  readonly apis: ReadonlyMap<string, Api>;
  /** Answers what lies below no base address. */
  readonly others?: Api;
}

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  /** Ends open requests too. */
  readonly close: () => Promise<void>;
}

/** @throws what `listen` throws: `EADDRINUSE` when the port is taken */
export async function startServer({ port, apis, others }: ServerOptions): Promise<RunningServer> {
  const server = createServer({ maxHeaderSize: HEADER_BYTES_MAX });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, ADDRESS, resolve);
  });
  const own = (server.address() as AddressInfo).port;
  server.on('request', (message, response) => {
    const abort = new AbortController();
    response.once('close', () => response.writableFinished || abort.abort());
    answer(message, { port: own, apis, others, signal: abort.signal })
      .catch((error) => failure(error))
      .then((reply) => send(response, reply));
  });
  return { url: `http://${ADDRESS}:${own}`, port: own, close: () => close(server) };
}

interface Serving extends Pick<ServerOptions, 'port' | 'apis'> {
  readonly others: Api | undefined;
  readonly signal: AbortSignal;
}

async function answer(message: IncomingMessage, { port, apis, others, signal }: Serving): Promise<ApiAnswer> {
  const refused = refusal(message.headers, port);
  if (refused) throw new RequestError(403, refused);
  const { path, parameters, body } = await readRequest(message);
  const request = { method: message.method ?? 'GET', parameters, headers: message.headers, body, signal };
  for (const [base, api] of apis) {
    if (path !== base && !path.startsWith(`${base}/`)) continue;
    return api({ ...request, path: path.slice(base.length) || '/' });
  }
  if (others) return others({ ...request, path });
  throw new RequestError(404, `${path} is nothing here: there are ${[...apis.keys()].join(', ')}`);
}

function failure(error: unknown): ApiAnswer {
  if (!(error instanceof RequestError)) console.error(error);
  const known = error instanceof RequestError;
  return {
    status: known ? error.status : 500,
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    body: `${known ? error.message : 'internal error'}\n`,
  };
}

function send(response: ServerResponse, { status, headers, body }: ApiAnswer): void {
  if (response.destroyed) return;
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'X-Content-Type-Options': 'nosniff',
    'Content-Length': typeof body === 'string' ? Buffer.byteLength(body) : body.length,
    ...headers,
  });
  response.end(body);
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
