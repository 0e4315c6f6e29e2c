/** One HTTP server on this machine: requests below a base address go to its API, all others to what else is served. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Api, ApiAnswer } from './api.js';
import { refusal } from './guard.js';
import { RequestError, readAddress, readContent } from './read-request.js';
import { Turns, type TurnsOptions } from './turns.js';

/** The only address: whoever is to reach it from elsewhere has to come through this machine. */
export const ADDRESS = '127.0.0.1';

/** Queries travel in addresses too, and some are long. */
const HEADER_BYTES_MAX = 128 * 1024;

/** Each may hold a body, or what a query's budget allows, and its answer: together that stays below a GiB. */
const TURNS: TurnsOptions = { atOnce: 3, patience_ms: 30_000 };

/** For a request to arrive whole, and between two signs of life of a client that takes its answer. */
const REQUEST_MS_MAX = 60_000;

export interface ServerOptions {
  /** 0 for any that is free. */
  readonly port: number;
  /** By base address, such as `/stores/loki`, without a slash at its end. */
  readonly apis: ReadonlyMap<string, Api>;
  /** Answers what lies below no base address. */
  readonly others?: Api;
  /** How many requests to the APIs are worked on at once. */
  readonly turns?: TurnsOptions;
}

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  /** Ends open requests too. */
  readonly close: () => Promise<void>;
}

/** @throws what `listen` throws: `EADDRINUSE` when the port is taken */
export async function startServer({
  port,
  apis,
  others,
  turns = TURNS,
}: ServerOptions): Promise<RunningServer> {
  const server = createServer({ maxHeaderSize: HEADER_BYTES_MAX, requestTimeout: REQUEST_MS_MAX });
  server.timeout = REQUEST_MS_MAX;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, ADDRESS, resolve);
  });
  const own = (server.address() as AddressInfo).port;
  const serving = { port: own, apis, others, turns: new Turns(turns) };
  server.on('request', (message, response) => {
    const abort = new AbortController();
    response.once('close', () => response.writableFinished || abort.abort());
    answer(message, response, { ...serving, signal: abort.signal })
      .catch((error) => failure(error))
      .then((reply) => send(response, reply));
  });
  return { url: `http://${ADDRESS}:${own}`, port: own, close: () => close(server) };
}

interface Serving extends Pick<ServerOptions, 'port' | 'apis'> {
  readonly others: Api | undefined;
  readonly turns: Turns;
  readonly signal: AbortSignal;
}

async function answer(
  message: IncomingMessage,
  response: ServerResponse,
  { port, apis, others, turns, signal }: Serving,
): Promise<ApiAnswer> {
  const refused = refusal(message.headers, port);
  if (refused) throw new RequestError(403, refused);
  const { path, parameters } = readAddress(message.url ?? '/');
  const request = { method: message.method ?? 'GET', parameters, headers: message.headers, signal };
  for (const [base, api] of apis) {
    if (path !== base && !path.startsWith(`${base}/`)) continue;
    const release = await turns.take(signal);
    if (release === undefined) throw new RequestError(503, 'too many requests at once: try again later');
    // Its memory is in use until the client has all of the answer, or has gone.
    response.once('close', release);
    if (response.closed) release();
    const body = await readContent(message, parameters);
    return api({ ...request, body, path: path.slice(base.length) || '/' });
  }
  if (others) return others({ ...request, body: await readContent(message, parameters), path });
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
