import { createApi } from '../../src/api/server.js';
import { apiConfig } from '../../src/lib/config.js';
import { migrate } from '../../src/lib/database/migrations.js';
import { listen } from '../../src/lib/listen.js';
import { ordinaryOutside } from '../../src/lib/outside.js';
import { startPostgres, type TestPostgres } from './postgres.js';
import { type StandIns, startStandIns } from './stand-ins.js';
import { TelemetryRecorder } from './telemetry.js';
import { type RunningService, startWorker, workerUrls } from './worker.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any;
}

/** The whole application on real ports, over a PostgreSQL of its own and stand-ins of the outside services. */
export interface System {
  readonly postgres: TestPostgres;
  readonly standIns: StandIns;
  readonly telemetry: TelemetryRecorder;
  readonly api: RunningService;
  readonly worker: RunningService;
  /** Sends a request; a string is sent as it is, everything else as JSON. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  stop(): Promise<void>;
}

export interface CallOptions {
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** @param env changes to the configuration of both processes */
export async function startSystem(env: Readonly<Record<string, string>> = {}): Promise<System> {
  const [postgres, standIns] = await Promise.all([startPostgres(), startStandIns()]);
  const telemetry = new TelemetryRecorder();
  const all = {
    DATABASE_URL: postgres.url,
    API_POOL_MIN: '1',
    WORKER_POOL_MIN: '1',
    ...standIns.env,
    ...env,
  };
  await applyMigrations(postgres);
  const worker = await startWorker(all, telemetry);
  const api = await startApi({ ...all, ...workerUrls(worker.url) }, telemetry);
  return {
    postgres,
    standIns,
    telemetry,
    api,
    worker,
    call: (method, path, options) => call(api.url, method, path, options),
    async stop() {
      await api.stop();
      await worker.stop();
      await standIns.stop();
      await postgres.stop();
    },
  };
}

export async function applyMigrations(postgres: TestPostgres): Promise<readonly string[]> {
  const outside = ordinaryOutside(apiConfig({ DATABASE_URL: postgres.url }));
  const connection = await outside.connect({ applicationName: 'migrations' });
  try {
    return await migrate(connection);
  } finally {
    await connection.end();
  }
}

async function startApi(
  env: Readonly<Record<string, string>>,
  telemetry: TelemetryRecorder,
): Promise<RunningService> {
  const config = apiConfig(env);
  const service = createApi(config, telemetry.recording(ordinaryOutside(config)));
  await service.start();
  const listener = await listen(service, 0);
  return {
    url: `http://127.0.0.1:${listener.port}`,
    service,
    async stop() {
      await service.stop();
      await listener.close();
    },
  };
}

async function call(
  url: string,
  method: string,
  path: string,
  { token, body, headers }: CallOptions = {},
): Promise<Answer> {
  const response = await fetch(url + path, {
    method,
    headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers },
    body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}
