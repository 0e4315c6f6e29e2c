/** Loads the app that is simulated: the only place that knows where its code is and what it offers. */
import { pathToFileURL } from 'node:url';
import type { createApi } from '../../../interview-app/src/api/server.js';
import type { apiConfig, workerConfig } from '../../../interview-app/src/lib/config.js';
import type { createWorker } from '../../../interview-app/src/worker/server.js';

export type { Outside } from '../../../interview-app/src/lib/outside.js';

export interface App {
  readonly createApi: typeof createApi;
  readonly createWorker: typeof createWorker;
  readonly apiConfig: typeof apiConfig;
  readonly workerConfig: typeof workerConfig;
}

export type Service = ReturnType<typeof createApi>;

/**
 * Imports what the app's processes are made of.
 * @param folder the built app's folder, the one that holds `src/api/server.js`
 * @throws {Error} when a module is missing there
 */
export async function loadApp(folder: string): Promise<App> {
  const base = `${pathToFileURL(folder).href}/src`;
  const [api, worker, config] = await Promise.all([
    import(`${base}/api/server.js`),
    import(`${base}/worker/server.js`),
    import(`${base}/lib/config.js`),
  ]);
  return {
    createApi: api.createApi,
    createWorker: worker.createWorker,
    apiConfig: config.apiConfig,
    workerConfig: config.workerConfig,
  };
}
