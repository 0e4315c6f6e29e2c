/** Log queries: which lines, and with what labels. */
import type { Budget } from '../../query/budget.js';
import { compilePipeline, type Pipeline } from '../pipeline/compile.js';
import { ALL_LABELS } from '../pipeline/hints.js';
import { type Categories, LineState } from '../pipeline/line-state.js';
import type { LogsStore, Span } from '../store.js';
import type { Instant, LogStream } from '../stream.js';
import type { LogExpression } from './ast.js';

export type Direction = 'forward' | 'backward';

export interface LogQuery {
  readonly span: Span;
  readonly limit: number;
  readonly direction: Direction;
  /** Between a line and the next one that is given; 0 gives all. */
  readonly interval_ns: number;
}

export interface LogEntry {
  readonly time: Instant;
  readonly line: string;
  readonly labels: Categories;
}

export interface LogResult {
  /** In the direction of the query. */
  readonly entries: readonly LogEntry[];
  readonly scanned: Scanned;
}

/** What an answer cost, for its statistics. */
export interface Scanned {
  lines: number;
  bytes: number;
  /** Of them, left after all filters. */
  kept: number;
}

export function nothingScanned(): Scanned {
  return { lines: 0, bytes: 0, kept: 0 };
}

/** Looked at without a break. */
const PIECE = 4096;

export async function evaluateLogs(
  store: LogsStore,
  expression: LogExpression,
  { query, budget }: { readonly query: LogQuery; readonly budget: Budget },
): Promise<LogResult> {
  const pipeline = compilePipeline(expression);
  const scan = new LogScan(query, pipeline, budget);
  for (const stream of store.selectWithin(expression.matchers, query.span)) await scan.read(stream);
  return { entries: scan.entries(), scanned: scan.scanned };
}

export function compareTimes(a: Instant, b: Instant): number {
  return a.ms - b.ms || a.ns - b.ns;
}

class LogScan {
  readonly scanned = nothingScanned();
  readonly #query: LogQuery;
  readonly #pipeline: Pipeline;
  readonly #budget: Budget;
  readonly #state = new LineState(ALL_LABELS);
  #found: LogEntry[] = [];
  /** Nothing behind this time can be among the first any more. */
  #last: Instant | undefined;

  constructor(query: LogQuery, pipeline: Pipeline, budget: Budget) {
    this.#query = query;
    this.#pipeline = pipeline;
    this.#budget = budget;
  }

  entries(): readonly LogEntry[] {
    this.#cut(this.#query.limit);
    return this.#query.interval_ns > 0 ? apart(this.#found, this.#query.interval_ns) : this.#found;
  }

  async read(stream: LogStream): Promise<void> {
    const { span, direction, limit } = this.#query;
    const from = stream.indexOf(span.start);
    const to = stream.indexOf(span.end);
    const isForward = direction === 'forward';
    this.#state.enter(stream);
    let kept = 0;
    for (let done = 0; done < to - from; ) {
      const piece = Math.min(PIECE, to - from - done);
      this.#budget.spend(piece);
      for (let end = done + piece; done < end; done++) {
        const index = isForward ? from + done : to - 1 - done;
        if (this.#isBehind(stream, index)) return;
        if (this.#take(stream, index)) kept++;
        if (kept >= limit) {
          this.#cut(limit);
          return;
        }
      }
      await this.#budget.breathe();
      // Rare matches: the rest of the stream is better read by columns.
      if (to - from - done > PIECE) {
        for (const need of this.#pipeline.needs(ALL_LABELS)) await stream.fields.read(need, this.#budget);
      }
    }
  }

  #take(stream: LogStream, index: number): boolean {
    const state = this.#state;
    state.start(index);
    this.scanned.lines++;
    this.scanned.bytes += stream.byteLength(index);
    for (const stage of this.#pipeline.stages) if (!stage(state)) return false;
    this.scanned.kept++;
    this.#budget.hold(1);
    this.#found.push({ time: state.time, line: state.line, labels: state.categories() });
    return true;
  }

  #isBehind(stream: LogStream, index: number): boolean {
    if (!this.#last) return false;
    const order = stream.ms(index) - this.#last.ms || stream.ns(index) - this.#last.ns;
    return this.#query.direction === 'forward' ? order > 0 : order < 0;
  }

  /** Keeps the first of what was found. */
  #cut(limit: number): void {
    const sign = this.#query.direction === 'forward' ? 1 : -1;
    this.#found.sort((a, b) => sign * compareTimes(a.time, b.time));
    if (this.#found.length > limit) this.#found.length = limit;
    if (this.#found.length === limit) this.#last = this.#found.at(-1)?.time;
  }
}

/** Of the lines that the limit leaves, as in the engine. */
function apart(entries: readonly LogEntry[], interval_ns: number): readonly LogEntry[] {
  const kept: LogEntry[] = [];
  for (const entry of entries) {
    const last = kept.at(-1)?.time;
    const distance_ns = last
      ? Math.abs((entry.time.ms - last.ms) * 1e6 + entry.time.ns - last.ns)
      : interval_ns;
    if (distance_ns >= interval_ns) kept.push(entry);
  }
  return kept;
}
