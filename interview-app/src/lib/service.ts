import type { Hono } from 'hono';

/** A process as its host sees it: an HTTP interface that can be started and stopped. */
export interface Service {
  /** The whole HTTP interface, `GET /metrics` included. */
  fetch(request: Request): Response | Promise<Response>;
  /** Opens connections and starts timers. */
  start(): Promise<void>;
  /** Refuses new requests, finishes those under way, then flushes and closes everything. */
  stop(): Promise<void>;
}

/** Counts requests under way, so that `stop` can wait for them before it runs the given one. */
export function createService(parts: {
  // biome-ignore lint/suspicious/noExplicitAny: a service's variables are its own affair
  readonly app: Hono<any>;
  start(): Promise<void>;
  stop(): Promise<void>;
}): Service {
  let underWay = 0;
  let stopping = false;
  let finished: (() => void) | undefined;
  return {
    async fetch(request) {
      if (stopping) return shuttingDown();
      underWay++;
      try {
        return await parts.app.fetch(request);
      } finally {
        underWay--;
        if (underWay === 0) finished?.();
      }
    },
    start: () => parts.start(),
    async stop() {
      if (stopping) return;
      stopping = true;
      if (underWay > 0) await new Promise<void>((resolve) => (finished = resolve));
      await parts.stop();
    },
  };
}

function shuttingDown(): Response {
  const error = { code: 'shutting_down', message: 'The service is shutting down' };
  return Response.json({ error }, { status: 503, headers: { 'retry-after': '5' } });
}
