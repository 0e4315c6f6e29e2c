/** `npm start`: from nothing to an incident in the browser. */
import { readFileSync } from 'node:fs';
import { freemem } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { check, simulate } from 'generator/generate-command';
import { untilInterrupted } from 'generator/run-command';
import { UserError } from 'generator/user-error';
import { type Api, type RunningStores, startStores } from 'stores';
import { earlierRun } from './earlier-run.js';
import { Exercise } from './exercise.js';
import { loadRun } from './load.js';
import { readOptions, type StartOptions } from './options.js';
import { createPages } from './pages.js';

const REPOSITORY = fileURLToPath(new URL('../../../../', import.meta.url));
const WORKBENCH = path.join(REPOSITORY, 'embedded', 'workbench', 'dist');
const EXERCISE_FILE = path.join('out', 'exercise');
/** What the stores and the loader take together, at most; the simulation before them takes less. */
const MEMORY_MB = 1536;

/** @returns whether every target is met and all of the run has arrived; then only once it was interrupted */
export async function startCommand(args: readonly string[]): Promise<boolean> {
  const options = readOptions(args);
  checkMemory();
  // Bound before anything takes time: a port that is taken is told at once.
  let pages: Api = async () => ({
    status: 503,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Retry-After': '5' },
    body: 'The incident is being prepared: come back in a moment.\n',
  });
  const stores = await startStores({ port: options.port, others: (request) => pages(request) }).catch(
    (error) => {
      throw asUserError(error, options.port);
    },
  );
  try {
    const { run, app } = await provideRun(options);
    if (!(await check(run))) return false;
    if (!(await loadRun(run, stores.urls))) return false;
    if (!options.writable) stores.seal();
    const exercise = new Exercise(EXERCISE_FILE);
    if (options.reset) exercise.reset();
    pages = createPages({ workbench: WORKBENCH, window: windowOf(run), exercise, app });
    console.log(greeting(stores));
    await untilInterrupted();
    return true;
  } finally {
    await stores.close();
  }
}

async function provideRun({ source }: StartOptions): Promise<{ run: string; app: string }> {
  if (source.kind === 'given') return { run: source.run, app: path.join(REPOSITORY, 'interview-app') };
  const { out, app } = source.options;
  const end = source.again ? undefined : earlierRun(source.options);
  if (end === undefined) await simulate(source.options);
  else console.log(`the run in ${out} is the same and ends at ${end}: --replace simulates it anew`);
  return { run: out, app };
}

/** @throws {UserError} when there is too little for the stores */
function checkMemory(): void {
  const free_mb = Math.round(freemem() / 1024 / 1024);
  if (free_mb >= MEMORY_MB) return;
  throw new UserError(
    `${free_mb} MB of memory are free and ${MEMORY_MB} are needed: close something else, or use --scale 0.5`,
  );
}

function asUserError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE')
    return new UserError(`port ${port} is taken: give another one by --port N (0: any free one)`);
  if (error.code === 'EACCES')
    return new UserError(`port ${port} is not allowed to this user: give another one by --port N`);
  return error;
}

function windowOf(run: string): { readonly start: string; readonly end: string } {
  const { window } = JSON.parse(readFileSync(path.join(run, 'manifest.json'), 'utf8')) as {
    readonly window: { readonly start: string; readonly end: string };
  };
  return { start: window.start, end: window.end };
}

function greeting({ port, urls }: RunningStores): string {
  return [
    '',
    `Open  http://localhost:${port}  and begin with the incident report`,
    `      Prometheus ${urls.prometheus}`,
    `      Loki       ${urls.loki}`,
    `      Tempo      ${urls.tempo}`,
    '      Ctrl-C stops it; npm start -- --reset begins anew for the next candidate',
  ].join('\n');
}
