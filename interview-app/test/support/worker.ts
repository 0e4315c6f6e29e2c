import { workerConfig } from '../../src/lib/config.js';
import { listen } from '../../src/lib/listen.js';
import { ordinaryOutside } from '../../src/lib/outside.js';
import type { Service } from '../../src/lib/service.js';
import { createWorker } from '../../src/worker/server.js';
import { freePort } from './network.js';
import type { TelemetryRecorder } from './telemetry.js';

export interface RunningService {
  readonly url: string;
  readonly service: Service;
  stop(): Promise<void>;
}

/** Starts the worker on a free port; `env` is what it reads its configuration from. */
export async function startWorker(
  env: Readonly<Record<string, string>>,
  telemetry: TelemetryRecorder,
): Promise<RunningService> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const config = workerConfig({ ...env, ...workerUrls(url), WORKER_PORT: String(port) });
  const service = createWorker(config, telemetry.recording(ordinaryOutside(config)));
  await service.start();
  const listener = await listen(service, port);
  return {
    url,
    service,
    async stop() {
      await service.stop();
      await listener.close();
    },
  };
}

/** The variables that lead to a worker at `url`. */
export function workerUrls(url: string): Readonly<Record<string, string>> {
  return { JOB_SCHEDULER_URL: url, WORKFLOW_ENGINE_URL: url, NOTIFICATION_SERVICE_URL: url };
}
