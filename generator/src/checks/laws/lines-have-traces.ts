import type { AppLine } from '../reading/read-logs.js';
import { at, Findings, type Law, type LawVerdict } from './law.js';

/** Every log line that names a trace, names one that is stored; in its text and in its record the same. */
export class LinesHaveTraces implements Law {
  readonly #traces: ReadonlySet<string>;
  readonly #findings = new Findings();

  constructor(traces: ReadonlySet<string>) {
    this.#traces = traces;
  }

  line({ traceId, event, time_us, agreesWithRecord }: AppLine): void {
    if (traceId === '' && agreesWithRecord) return;
    this.#findings.check(
      agreesWithRecord && this.#traces.has(traceId),
      () =>
        `line ${event} at ${at(time_us)}: ${agreesWithRecord ? `trace ${traceId} is not stored` : 'its text names another trace than its record'}`,
    );
  }

  verdict(): LawVerdict {
    return this.#findings.verdict('a', 'every log line that names a trace has that trace');
  }
}
