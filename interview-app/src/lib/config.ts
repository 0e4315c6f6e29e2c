/** Configuration: the environment is read once, checked, and handed on as plain typed data. */

export interface DatabaseConfig {
  readonly url: string;
  readonly connectTimeoutMs: number;
  readonly pool: PoolConfig;
}

export interface PoolConfig {
  readonly max: number;
  /** Opened at start and kept open. */
  readonly min: number;
  /** A connection beyond `min` that nobody borrowed for so long is closed. */
  readonly idleTimeoutMs: number;
  /** How long a checkout waits unless it says otherwise. */
  readonly acquireTimeoutMs: number;
}

export interface TelemetryConfig {
  /** OTLP/HTTP traces endpoint; without it spans go nowhere. */
  readonly otlpTracesUrl?: string;
  /** Base address of Loki; without it lines only go to the console. */
  readonly lokiUrl?: string;
}

export interface EndpointConfig {
  readonly url: string;
  /** A call without an answer by then has failed. */
  readonly timeoutMs: number;
}

export interface ApiConfig {
  readonly port: number;
  readonly version: string;
  readonly database: DatabaseConfig;
  readonly telemetry: TelemetryConfig;
  readonly cache: { readonly maxEntries: number; readonly ttlMs: number };
  readonly identityProvider: EndpointConfig;
  readonly validationService: EndpointConfig;
  readonly jobScheduler: EndpointConfig;
  readonly workflowEngine: EndpointConfig;
  readonly notificationService: EndpointConfig;
}

export interface WorkerConfig {
  readonly port: number;
  readonly version: string;
  readonly database: DatabaseConfig;
  readonly telemetry: TelemetryConfig;
  readonly paymentGateway: EndpointConfig;
  readonly emailProvider: EndpointConfig;
  /** The worker's services call each other as the API does. */
  readonly jobScheduler: EndpointConfig;
  readonly workflowEngine: EndpointConfig;
  readonly notificationService: EndpointConfig;
  readonly webhooks: { readonly signingKey: string; readonly timeoutMs: number };
  /** How often due jobs are looked for. */
  readonly schedulerIntervalMs: number;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const VERSION = '2.4.1';
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** @throws {Error} naming the variable that is missing or out of range */
export function apiConfig(env: Environment): ApiConfig {
  return {
    port: integer(env, 'API_PORT', 3000, { min: 0, max: 65_535 }),
    version: VERSION,
    database: databaseConfig(env, { max: 200, min: 20, prefix: 'API' }),
    telemetry: telemetryConfig(env),
    cache: {
      maxEntries: integer(env, 'CACHE_MAX_ENTRIES', 5000, { min: 1, max: 1_000_000 }),
      ttlMs: integer(env, 'CACHE_TTL_MS', 6 * HOUR_MS, { min: 1, max: 24 * HOUR_MS }),
    },
    identityProvider: endpoint(env, 'IDENTITY_PROVIDER', 'http://localhost:4001', 5 * SECOND_MS),
    validationService: endpoint(env, 'VALIDATION_SERVICE', 'http://localhost:4002', 45 * SECOND_MS),
    ...workerEndpoints(env),
  };
}

/** @throws {Error} naming the variable that is missing or out of range */
export function workerConfig(env: Environment): WorkerConfig {
  return {
    port: integer(env, 'WORKER_PORT', 3001, { min: 0, max: 65_535 }),
    version: VERSION,
    database: databaseConfig(env, { max: 17, min: 4, prefix: 'WORKER' }),
    telemetry: telemetryConfig(env),
    paymentGateway: endpoint(env, 'PAYMENT_GATEWAY', 'http://localhost:4003', 10 * SECOND_MS),
    emailProvider: endpoint(env, 'EMAIL_PROVIDER', 'http://localhost:4004', 15 * SECOND_MS),
    ...workerEndpoints(env),
    webhooks: {
      signingKey: env.WEBHOOK_SIGNING_KEY ?? 'local-development',
      timeoutMs: integer(env, 'WEBHOOK_TIMEOUT_MS', 10 * SECOND_MS, { min: 1, max: MINUTE_MS }),
    },
    schedulerIntervalMs: integer(env, 'SCHEDULER_INTERVAL_MS', 5 * SECOND_MS, { min: 10, max: HOUR_MS }),
  };
}

function databaseConfig(
  env: Environment,
  pool: { readonly max: number; readonly min: number; readonly prefix: string },
): DatabaseConfig {
  const max = integer(env, `${pool.prefix}_POOL_MAX`, pool.max, { min: 1, max: 10_000 });
  return {
    url: databaseUrl(env),
    connectTimeoutMs: 5 * SECOND_MS,
    pool: {
      max,
      min: integer(env, `${pool.prefix}_POOL_MIN`, Math.min(pool.min, max), { min: 0, max }),
      idleTimeoutMs: 10 * MINUTE_MS,
      acquireTimeoutMs: integer(env, 'POOL_ACQUIRE_TIMEOUT_MS', 10 * SECOND_MS, { min: 1, max: MINUTE_MS }),
    },
  };
}

function workerEndpoints(env: Environment) {
  return {
    jobScheduler: endpoint(env, 'JOB_SCHEDULER', 'http://localhost:3001', 5 * SECOND_MS),
    workflowEngine: endpoint(env, 'WORKFLOW_ENGINE', 'http://localhost:3001', 5 * SECOND_MS),
    notificationService: endpoint(env, 'NOTIFICATION_SERVICE', 'http://localhost:3001', 5 * SECOND_MS),
  };
}

function telemetryConfig(env: Environment): TelemetryConfig {
  return {
    otlpTracesUrl: httpUrl(env, 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'),
    lokiUrl: httpUrl(env, 'LOKI_URL'),
  };
}

function endpoint(env: Environment, name: string, url: string, timeoutMs: number): EndpointConfig {
  return {
    url: httpUrl(env, `${name}_URL`) ?? url,
    timeoutMs: integer(env, `${name}_TIMEOUT_MS`, timeoutMs, { min: 1, max: 5 * MINUTE_MS }),
  };
}

function databaseUrl(env: Environment): string {
  const example = 'postgres://user:password@localhost:5432/database';
  const text = env.DATABASE_URL;
  if (!text) throw new Error(`DATABASE_URL is not set, it must be like ${example}`);
  if (!hasProtocol(text, ['postgres:', 'postgresql:'])) {
    // Not shown: it may hold a password.
    throw new Error(`DATABASE_URL is no address of a PostgreSQL database, it must be like ${example}`);
  }
  return text;
}

function httpUrl(env: Environment, name: string): string | undefined {
  const text = env[name];
  if (!text) return undefined;
  if (!hasProtocol(text, ['http:', 'https:'])) {
    throw new Error(`${name} is "${text}", allowed are http and https addresses`);
  }
  return text;
}

function hasProtocol(text: string, protocols: readonly string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol);
}

function integer(
  env: Environment,
  name: string,
  fallback: number,
  { min, max }: { readonly min: number; readonly max: number },
): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new Error(`${name} is "${text}", allowed are whole numbers from ${min} to ${max}`);
  }
  return value;
}
