/** Reads the files of a run once each and shows every observer what is in them. */
import path from 'node:path';
import { readSeries } from '../telemetry/openmetrics-reader.js';
import {
  type FileDigest,
  type ReadOptions,
  RUN_FILES,
  readGzip,
  readLines,
  readLogBatches,
} from '../telemetry/run-files.js';
import type { Found } from './laws/manifest.js';
import type { MeasureContext, Observer } from './measures/measure.js';
import { MetricStore } from './reading/metric-store.js';
import { linesOf } from './reading/read-logs.js';
import { tracesOf } from './reading/read-traces.js';
import type { Trace } from './reading/trace.js';

type Files = (typeof RUN_FILES)[keyof typeof RUN_FILES];

/** Reads traces, then logs, then metrics, so that a law knows all traces when it sees a line. */
export class RunReader {
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

  get found(): Found {
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
