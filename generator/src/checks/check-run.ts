/** Measures a run: reads its files once each, shows every measure and law what is in them, and asks for verdicts. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { readSeries } from '../telemetry/openmetrics-reader.js';
import {
  type FileDigest,
  type Manifest,
  type ReadOptions,
  RUN_FILES,
  readGzip,
  readLines,
  readLogBatches,
} from '../telemetry/run-files.js';
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
import type { Measure, MeasureContext, Observer } from './measures/measure.js';
import { PoolMeasure } from './measures/pool.js';
import { RequestMeasure } from './measures/requests.js';
import { MetricStore } from './reading/metric-store.js';
import { linesOf } from './reading/read-logs.js';
import { tracesOf } from './reading/read-traces.js';
import { runWindow } from './reading/run-window.js';
import type { Trace } from './reading/trace.js';
import type { CheckReport } from './report.js';
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

type Files = (typeof RUN_FILES)[keyof typeof RUN_FILES];

/** Reads traces, then logs, then metrics, so that a law knows all traces when it sees a line. */
class RunReader {
  readonly #folder: string;
  readonly #context: MeasureContext;
  readonly #onBytes: ReadOptions['onBytes'];
  readonly #files: Record<string, FileDigest> = {};
  readonly #splitTraces: string[] = [];
  #counts = { traces: 0, spans: 0, app: 0, session_snapshot: 0, series: 0, samples: 0, exemplars: 0 };

  constructor(folder: string, context: MeasureContext, onBytes: ReadOptions['onBytes']) {
    this.#folder = folder;
    this.#context = context;
    this.#onBytes = onBytes;
  }

  get found() {
    const { app, session_snapshot, ...counts } = this.#counts;
    return {
      counts: { ...counts, log_lines: { app, session_snapshot } },
      files: this.#files,
      splitTraces: this.#splitTraces,
    };
  }

  /** @param traces is filled with the ids of all traces */
  async read(observers: readonly Observer[], traces: Set<string>): Promise<MetricStore> {
    await this.#readTraces(observers, traces);
    await this.#readLogs(observers);
    return this.#readMetrics(observers);
  }

  async #readTraces(observers: readonly Observer[], traces: Set<string>): Promise<void> {
    const interested = observers.filter((observer) => observer.trace);
    const { api } = this.#context.measuring;
    const [file, options] = this.#file(RUN_FILES.traces);
    let number = 0;
    for await (const line of readLines(file, options)) {
      number++;
      for (const trace of this.#tracesOf(line, `${file}:${number}`)) {
        if (traces.has(trace.id)) this.#splitTraces.push(trace.id);
        traces.add(trace.id);
        this.#counts.spans += trace.spans.length;
        const request = trace.requestOf(api);
        for (const observer of interested) observer.trace?.(trace, request);
      }
    }
    this.#counts.traces = traces.size;
  }

  #tracesOf(line: Buffer, place: string): Trace[] {
    try {
      return tracesOf(line, this.#context.window.start_ms);
    } catch (error) {
      throw new Error(`${place}: ${(error as Error).message}`, { cause: error });
    }
  }

  async #readLogs(observers: readonly Observer[]): Promise<void> {
    for await (const batch of readLogBatches(...this.#file(RUN_FILES.logs))) {
      for (const line of linesOf(batch, this.#context.window.start_ms)) {
        if (line.kind === 'app') {
          this.#counts.app++;
          for (const observer of observers) observer.line?.(line);
        } else {
          this.#counts.session_snapshot++;
          for (const observer of observers) observer.session?.(line);
        }
      }
    }
  }

  async #readMetrics(observers: readonly Observer[]): Promise<MetricStore> {
    const store = new MetricStore(observers.flatMap(({ metrics = [] }) => metrics));
    for await (const series of readSeries(readGzip(...this.#file(RUN_FILES.metrics)))) {
      this.#counts.series++;
      this.#counts.samples += series.values.length;
      this.#counts.exemplars += series.exemplars.length;
      store.add(series);
    }
    return store;
  }

  #file(name: Files): [file: string, options: ReadOptions] {
    const onDigest = (digest: FileDigest) => {
      this.#files[name] = digest;
    };
    return [path.join(this.#folder, name), { onDigest, ...(this.#onBytes && { onBytes: this.#onBytes }) }];
  }
}
