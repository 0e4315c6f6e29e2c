/** Measures a run: shows every measure and law what is in its files, then asks them for verdicts. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Manifest, RUN_FILES } from '../telemetry/run-files.js';
import { UserError } from '../user-error.js';
import { judge } from './judge.js';
import { Enclosure } from './laws/enclosure.js';
import type { Law } from './laws/law.js';
import { LinesHaveTraces } from './laws/lines-have-traces.js';
import { LittlesLaw } from './laws/littles-law.js';
import { manifestLaw } from './laws/manifest.js';
import { OneOfEach } from './laws/one-of-each.js';
import { PoolGauge } from './laws/pool-gauge.js';
import { ServerErrors } from './laws/server-errors.js';
import { ServiceGraph } from './laws/service-graph.js';
import { Sessions } from './laws/sessions.js';
import { DatabaseMeasure } from './measures/database.js';
import { EndpointMeasure } from './measures/endpoints.js';
import { GraphMeasure } from './measures/graph.js';
import { ImportMeasure } from './measures/imports.js';
import { LogMeasure } from './measures/log-lines.js';
import type { Measure, MeasureContext } from './measures/measure.js';
import { PoolMeasure } from './measures/pool.js';
import { RequestMeasure } from './measures/requests.js';
import { runWindow } from './reading/run-window.js';
import type { CheckReport } from './report.js';
import { RunReader } from './run-reader.js';
import { type CheckedScenario, checkedScenario } from './scenarios.js';

export interface CheckOptions {
  /** Called with the share of the work that was done since the last call; the shares add up to 1. */
  readonly onProgress?: (step: number) => void;
  /** What is checked instead of the targets of the run's own scenario. */
  readonly scenario?: CheckedScenario;
}

/**
 * Checks a run directory against its scenario's targets and the laws that hold between its signals.
 * @throws {UserError} when the directory holds no run, or one of an unknown scenario
 * @throws {Error} naming the file when a file of it can't be read
 */
export async function checkRun(folder: string, options: CheckOptions = {}): Promise<CheckReport> {
  const manifest = await readManifest(folder);
  const scenario = options.scenario ?? (await checkedScenario(manifest.scenario));
  const { scale } = manifest.options;
  const context: MeasureContext = { window: runWindow(manifest), measuring: scenario.measuring, scale };
  const traces = new Set<string>();
  const measures = createMeasures(context);
  const laws = createLaws(context, traces);
  const reader = new RunReader(folder, context, await progressOf(folder, options.onProgress));
  const metrics = await reader.read([...measures, ...laws], traces);

  const measurements = new Map(measures.flatMap((measure) => Object.entries(measure.results(metrics))));
  const targets = judge(scenario.targets, measurements, scale);
  const verdicts = [...laws.map((law) => law.verdict(metrics)), manifestLaw(manifest, reader.found)];
  return {
    run: { scenario: manifest.scenario, seed: manifest.seed, scale },
    targets,
    laws: verdicts,
    passed: targets.every(({ met }) => met) && verdicts.every(({ holds }) => holds),
  };
}

function createMeasures(context: MeasureContext): Measure[] {
  return [
    new RequestMeasure(context),
    new EndpointMeasure(context),
    new LogMeasure(context),
    new DatabaseMeasure(context),
    new PoolMeasure(context),
    new ImportMeasure(context),
    new GraphMeasure(context),
  ];
}

function createLaws(context: MeasureContext, traces: ReadonlySet<string>): Law[] {
  return [
    new LinesHaveTraces(traces),
    new OneOfEach(context),
    new ServerErrors(context),
    new Enclosure(),
    new PoolGauge(context, traces),
    new LittlesLaw(context),
    new Sessions(context, traces),
    new ServiceGraph(context),
  ];
}

async function readManifest(folder: string): Promise<Manifest> {
  const file = path.join(folder, RUN_FILES.manifest);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT')
      throw new UserError(`${folder} holds no run: it has no ${RUN_FILES.manifest}`);
    throw error;
  });
  let manifest: Manifest;
  try {
    manifest = JSON.parse(text) as Manifest;
  } catch (error) {
    throw new UserError(`${file}: ${(error as Error).message}`);
  }
  if (manifest.format !== 1) throw new UserError(`${file}: format ${manifest.format} is not known, 1 is`);
  return manifest;
}

/** Progress by bytes of the compressed files. */
async function progressOf(folder: string, onProgress: CheckOptions['onProgress']) {
  if (!onProgress) return undefined;
  const names = [RUN_FILES.traces, RUN_FILES.logs, RUN_FILES.metrics];
  const sizes = await Promise.all(names.map((name) => stat(path.join(folder, name))));
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  return (bytes: number) => onProgress(bytes / total);
}
