/** Loads the app that is simulated: the only place that knows where its code is and what it offers. */
import { pathToFileURL } from 'node:url';
import type { createApi } from '../../../interview-app/src/api/server.js';
import type { createWorker } from '../../../interview-app/src/worker/server.js';

export interface App {
  readonly createApi: typeof createApi;
  readonly createWorker: typeof createWorker;
}

/**
 * Imports the app's two processes.
 * @param folder the built app's folder, the one that holds `src/api/server.js`
 * @throws {Error} when a process is missing there
 */
export async function loadApp(folder: string): Promise<App> {
  const base = `${pathToFileURL(folder).href}/src`;
  const [api, worker] = await Promise.all([
    import(`${base}/api/server.js`),
    import(`${base}/worker/server.js`),
  ]);
  return { createApi: api.createApi, createWorker: worker.createWorker };
}
