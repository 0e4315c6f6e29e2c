/** Runs a scenario in a thread of its own and writes what it emitted into a run's folder. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { resolveParameters } from './scenario/resolve.js';
import type { Scenario } from './scenario/types.js';
import { RunFolder } from './sinks/run-folder.js';
import { ByteRing } from './telemetry/byte-ring.js';
import type { Manifest } from './telemetry/run-files.js';
import { UserError } from './user-error.js';
import type { ThreadData, ThreadMessage } from './world/thread.js';

const REPOSITORY = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
/** Most of what a simulation makes is needed for an instant only: the longer it may lie there, the less is copied. */
const YOUNG_GENERATION_MB = 64;
/** Far more than is used; but a heap that has a limit is collected before it is several times as large as its content. */
const OLD_GENERATION_MB = { least: 1024, perScale: 128 } as const;
/** How far the simulation may be ahead of what writes its output. */
const OUTPUT_BYTES = 8 * 1024 * 1024;

export interface GenerateOptions {
  readonly scenario: string;
  readonly seed: number;
  /** The window's end, in ms since the epoch. */
  readonly endMs: number;
  readonly out: string;
  readonly replace: boolean;
  /** The folder of the app to run. */
  readonly app: string;
  readonly scale: number;
  /** Overridden parameters, as the user gave them. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Called now and then with the simulated share of the run, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

export interface GeneratedRun {
  readonly manifest: Manifest;
  /** Virtual events that the simulation took. */
  readonly events: number;
}

/**
 * Simulates and writes one run.
 * @throws {ParameterError | UserError} before anything is written, when an option is wrong
 * @throws {Error} when the simulation fails; nothing is left behind then
 */
export async function generate(options: GenerateOptions): Promise<GeneratedRun> {
  const { seed, endMs, scale } = options;
  const scenario = await loadScenario(options.scenario);
  const parameters = resolveParameters(scenario.parameterSpecs, { overrides: options.parameters, scale });
  const app = buildApp(options.app);
  const window_s = parameters.baseline_s + parameters.incident_s;
  const data: ThreadData = {
    scenario: { faults: scenario.faults, requestMix: scenario.requestMix },
    seed,
    parameters,
    scale,
    epochMs: endMs - (window_s + parameters.warmup_s) * 1000,
    app,
    output: ByteRing.memory(OUTPUT_BYTES),
  };

  const folder = new RunFolder(options.out, { replace: options.replace });
  const discard = () => folder.discard();
  process.once('exit', discard);
  try {
    const { counts, events } = await simulate(data, folder, options.onProgress ?? (() => {}));
    const at = (seconds: number) => new Date(endMs - seconds * 1000).toISOString();
    const manifest = folder.finish({
      format: 1,
      scenario: scenario.name,
      seed,
      options: { scale, parameters: options.parameters },
      window: {
        start: at(window_s),
        incident: at(parameters.incident_s),
        steady: at(parameters.incident_s - parameters.settling_s),
        end: at(0),
      },
      counts,
      names: { app: `${app.name}@${app.version}` },
    });
    return { manifest, events };
  } catch (error) {
    folder.discard();
    throw error;
  } finally {
    process.off('exit', discard);
  }
}

function simulate(
  data: ThreadData,
  folder: RunFolder,
  onProgress: (share: number) => void,
): Promise<Extract<ThreadMessage, { kind: 'end' }>> {
  const thread = new Worker(new URL('./world/thread.js', import.meta.url), {
    workerData: data,
    resourceLimits: {
      maxYoungGenerationSizeMb: YOUNG_GENERATION_MB,
      maxOldGenerationSizeMb: Math.max(OLD_GENERATION_MB.least, OLD_GENERATION_MB.perScale * data.scale),
    },
  });
  const ring = new ByteRing(data.output);
  return new Promise((resolve, reject) => {
    thread.on('error', reject);
    thread.on('exit', (code) => reject(new Error(`the simulation's thread ended early, with code ${code}`)));
    thread.on('message', (message: ThreadMessage) => {
      switch (message.kind) {
        case 'bytes':
          return ring.take(message.piece, (bytes) => folder.write(message.content, bytes));
        case 'progress':
          return onProgress(message.share);
        case 'failed':
          return reject(new Error(message.error));
        case 'end':
          return resolve(message);
      }
    });
  });
}

/** Scenarios are found by the names of their folders. */
async function loadScenario(name: string): Promise<Scenario> {
  const entries = readdirSync(new URL('scenario/', import.meta.url), { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  if (!names.includes(name)) throw new UserError(`unknown scenario "${name}": there is ${names.join(', ')}`);
  const { scenario } = await import(`./scenario/${name}/index.js`);
  return scenario;
}

/** Builds the app to where its dependencies can be found: a copy elsewhere has no `node_modules` of its own. */
function buildApp(folder: string): ThreadData['app'] {
  const source = path.resolve(folder);
  const { name, version } = readPackage(source);
  const isOurs = source === path.join(REPOSITORY, 'interview-app');
  const key = createHash('sha256').update(source).digest('hex').slice(0, 12);
  const built = isOurs
    ? path.join(source, 'dist')
    : path.join(REPOSITORY, 'generator', '.cache', `app-${key}`);
  // A copy that took another's place may well be older than what was built of it.
  if (!isOurs) rmSync(built, { recursive: true, force: true });
  const build = [path.join(REPOSITORY, 'scripts', 'build.mjs'), source, built];
  const { status, stderr } = spawnSync(process.execPath, build, { encoding: 'utf8' });
  if (status !== 0) throw new UserError(`--app ${folder} can't be built: ${stderr.trim()}`);
  return { folder: built, name, version };
}

function readPackage(folder: string): { readonly name: string; readonly version: string } {
  try {
    return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  } catch (error) {
    throw new UserError(`--app ${folder} has no readable package.json: ${(error as Error).message}`);
  }
}
