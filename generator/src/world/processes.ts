/** The app's two processes, started with configuration from an environment as anywhere else. */
import Transport from 'winston-transport';
import type { Parameters } from '../scenario/types.js';
import type { LogStream } from '../telemetry/log-collector.js';
import type { Recorder } from '../telemetry/recorder.js';
import type { App, Outside, Service } from './app.js';
import type { Network } from './network.js';
import type { PostgresServer } from './postgres/server.js';

const WORKER_HOSTS = ['job-scheduler', 'workflow-engine', 'notification-service'] as const;

export interface Processes {
  readonly api: Service;
  readonly worker: Service;
}

export interface ProcessOptions {
  readonly code: App;
  readonly appVersion: string;
  readonly network: Network;
  readonly recorder: Recorder;
  readonly server: PostgresServer;
  readonly parameters: Parameters;
}

/** Creates both processes and puts the worker's services on the network; they have still to be started. */
export function createProcesses(options: ProcessOptions): Processes {
  const { code, network } = options;
  const env = environment(options);
  const outside = outsideOf(options);
  const api = code.createApi(code.apiConfig(env), outside);
  const worker = code.createWorker(code.workerConfig(env), outside);
  for (const host of WORKER_HOSTS) {
    network.attach(host, ({ method, url, headers, body }) =>
      worker.fetch(new Request(url, { method, headers, ...(body !== undefined && { body }) })),
    );
  }
  return { api, worker };
}

function environment({ server, parameters }: ProcessOptions): Record<string, string> {
  const hosts = [
    'identity-provider',
    'validation-service',
    'payment-gateway',
    'email-provider',
    ...WORKER_HOSTS,
  ];
  const urls = hosts.map((host) => [`${host.toUpperCase().replaceAll('-', '_')}_URL`, `http://${host}`]);
  const { user, address, database } = server.parameters;
  return {
    ...Object.fromEntries(urls),
    DATABASE_URL: `postgresql://${user}@${address}/${database}`,
    API_POOL_MAX: String(parameters.pool_connections),
    WORKER_POOL_MAX: String(parameters.worker_connections),
    POOL_ACQUIRE_TIMEOUT_MS: String(Math.round(parameters.pool_wait_s * 1000)),
  };
}

function outsideOf({ server, recorder, appVersion }: ProcessOptions): Outside {
  return {
    connect: ({ applicationName }) => server.connect({ applicationName }),
    spanProcessors: (service) => [recorder.spanProcessor(service)],
    logTransports: (service) => [new RecorderTransport(recorder, logStream(service, appVersion))],
  };
}

function logStream(service: string, version: string): LogStream {
  const resource = { 'service.name': service, 'service.version': version };
  return { category: 'app', name: 'winston', resource };
}

const MESSAGE = Symbol.for('message');
const TRACE_ID = /"trace_id":"([0-9a-f]{32})","span_id":"([0-9a-f]{16})"/;

/** Takes a service's log lines as winston has written them. */
class RecorderTransport extends Transport {
  readonly #recorder: Recorder;
  readonly #stream: LogStream;

  constructor(recorder: Recorder, stream: LogStream) {
    super();
    this.#recorder = recorder;
    this.#stream = stream;
  }

  override log(info: { readonly level: string; readonly [MESSAGE]?: string }, done: () => void): void {
    const text = String(info[MESSAGE]);
    const [, traceId, spanId] = TRACE_ID.exec(text) ?? [];
    this.#recorder.addLog(this.#stream, { level: info.level, text, traceId, spanId });
    done();
  }
}
