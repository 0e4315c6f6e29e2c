/** `npm run app`: the API and the worker in one process, on a port each, against PostgreSQL. */
import { createApi } from './api/server.js';
import { type ApiConfig, apiConfig, type WorkerConfig, workerConfig } from './lib/config.js';
import { migrate } from './lib/database/migrations.js';
import { type Listener, listen } from './lib/listen.js';
import { createLogger } from './lib/logger.js';
import { ordinaryOutside } from './lib/outside.js';
import type { Service } from './lib/service.js';
import { EVENT, SERVICE } from './lib/telemetry-names.js';
import { createWorker } from './worker/server.js';

const SHUTDOWN_MAX_MS = 60_000;

function readConfig(): { readonly api: ApiConfig; readonly worker: WorkerConfig } {
  try {
    return { api: apiConfig(process.env), worker: workerConfig(process.env) };
  } catch (error) {
    return fail(error);
  }
}

function fail(error: unknown): never {
  console.error(`interview-app: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}

/** An error of a connection attempt may be several, one for each address that was tried. */
function reasonOf(error: unknown): string {
  const [first] = error instanceof AggregateError ? error.errors : [error];
  return first instanceof Error ? first.message : String(first);
}

const config = readConfig();
const outside = ordinaryOutside(config.api);
const logger = createLogger(SERVICE.api, outside.logTransports(SERVICE.api));

async function migrateDatabase(): Promise<void> {
  const connection = await outside.connect({ applicationName: 'migrations' });
  try {
    const applied = await migrate(connection);
    for (const name of applied) logger.info(EVENT.migrationApplied, `Migration applied: ${name}`);
  } finally {
    await connection.end();
  }
}

async function startProcess(name: string, service: Service, port: number): Promise<Listener> {
  await service.start();
  const listener = await listen(service, port);
  logger.info(EVENT.serviceStarted, `Listening: ${name}`, { url: `http://localhost:${listener.port}` });
  return listener;
}

async function stopAll(processes: readonly { service: Service; listener: Listener }[]): Promise<void> {
  setTimeout(() => fail(`not stopped within ${SHUTDOWN_MAX_MS} ms`), SHUTDOWN_MAX_MS).unref();
  for (const { service, listener } of processes) {
    await service.stop();
    await listener.close();
  }
  logger.info(EVENT.serviceStopped, 'Stopped');
  await logger.close();
}

await migrateDatabase().catch((error) => fail(`the database of DATABASE_URL: ${reasonOf(error)}`));
const worker = createWorker(config.worker);
const api = createApi(config.api);
try {
  // The worker is there before the first request needs it, and stops when the last has been served.
  const workerListener = await startProcess('worker', worker, config.worker.port);
  const apiListener = await startProcess('api', api, config.api.port);
  const processes = [
    { service: api, listener: apiListener },
    { service: worker, listener: workerListener },
  ];
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => stopAll(processes).catch(fail));
  }
} catch (error) {
  fail(error);
}
