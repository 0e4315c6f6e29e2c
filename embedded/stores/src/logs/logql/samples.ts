/** From lines to samples: a number and a time each, in series by their labels. */
import type { Budget } from '../../query/budget.js';
import { QueryError } from '../../query/query-error.js';
import { parseBytes } from '../go/bytes.js';
import { parseGoDuration } from '../go/durations.js';
import { parseFloat64 } from '../go/numbers.js';
import { compilePipeline, type Pipeline } from '../pipeline/compile.js';
import { createHints } from '../pipeline/hints.js';
import { createLabelFilter, namesIn } from '../pipeline/label-filter.js';
import { LineState } from '../pipeline/line-state.js';
import { PIPELINE_ERROR } from '../pipeline/stage.js';
import type { LogsStore } from '../store.js';
import type { Instant, LogStream } from '../stream.js';
import type { Grouping, RangeAggregation, Unwrap } from './ast.js';
import type { Scanned } from './evaluate-logs.js';
import { type SampleSeries, SeriesIndex } from './series-index.js';

export interface SampleQuery {
  readonly range: RangeAggregation;
  /** Of an aggregation around the range's own, where the engine hands it inwards. */
  readonly outer: Grouping | undefined;
  /** After this, */
  readonly start: Instant;
  /** and up to this. */
  readonly end: Instant;
  /** More series than these fail the query. */
  readonly seriesMax: number;
  /** Times of samples are nanoseconds after this. */
  readonly base: Instant;
}

/** Of a stream's lines: columns are read where a query looks at more than these. */
const WORTH = 1 / 4;
/** Looked at without a break. */
const PIECE = 8192;

/** @returns series with their samples in order of time */
export async function readSamples(
  store: LogsStore,
  query: SampleQuery,
  { budget, scanned }: { readonly budget: Budget; readonly scanned: Scanned },
): Promise<readonly SampleSeries[]> {
  const reader = new SampleReader(query);
  // One nanosecond on: a range leaves out its start and has its end.
  const span = { start: after(query.start), end: after(query.end) };
  for (const stream of store.selectWithin(query.range.selector.matchers, span)) {
    const [from, to] = [stream.indexOf(span.start), stream.indexOf(span.end)];
    await reader.enter(stream, to - from, budget);
    for (let at = from; at < to; at += PIECE) {
      const end = Math.min(at + PIECE, to);
      budget.spend(end - at);
      budget.hold(reader.read(at, end, scanned));
      if (reader.seriesCount > query.seriesMax) throw tooManySeries(query.seriesMax);
      await budget.breathe();
    }
  }
  return reader.series();
}

export function tooManySeries(most: number): QueryError {
  return new QueryError(
    'bad_data',
    `maximum number of series (${most}) reached for a single query; consider reducing query cardinality by adding more specific stream selectors, reducing the time range, or aggregating results with functions like sum(), count() or topk()`,
  );
}

function after({ ms, ns }: Instant): Instant {
  return ns === 999_999 ? { ms: ms + 1, ns: 0 } : { ms, ns: ns + 1 };
}

class SampleReader {
  readonly #state: LineState;
  readonly #pipeline: Pipeline;
  readonly #value: (state: LineState) => number | undefined;
  readonly #index: SeriesIndex;
  readonly #base: Instant;
  #stream: LogStream | undefined;

  constructor({ range, outer, base }: SampleQuery) {
    const pipeline = compilePipeline(range.selector);
    const unwrap = range.unwrap ? compileUnwrap(range.unwrap) : undefined;
    const { groups, without, noLabels } = groupingOf(range, outer);
    const byStages = [...pipeline.names, ...(unwrap?.names ?? [])];
    this.#state = new LineState(createHints({ byStages, groups, without, noLabels }));
    this.#pipeline = pipeline;
    this.#value = unwrap ? unwrap.value : valueOfLine(range);
    this.#index = new SeriesIndex({ groups, without, noLabels });
    this.#base = base;
  }

  /** @param lines how many of the stream the query looks at */
  async enter(stream: LogStream, lines: number, budget: Budget): Promise<void> {
    this.#stream = stream;
    this.#state.enter(stream);
    if (lines < stream.length * WORTH) return;
    for (const need of this.#pipeline.needs(this.#state.hints)) await stream.fields.read(need, budget);
  }

  /** @returns how many samples there were */
  read(from: number, to: number, scanned: Scanned): number {
    const stream = this.#stream as LogStream;
    const { ms: base_ms, ns: base_ns } = this.#base;
    const state = this.#state;
    const { stages } = this.#pipeline;
    let kept = 0;
    scanned.lines += to - from;
    lines: for (let index = from; index < to; index++) {
      scanned.bytes += stream.byteLength(index);
      state.start(index);
      for (const stage of stages) if (!stage(state)) continue lines;
      const value = this.#value(state);
      if (value === undefined) continue;
      const time = (stream.ms(index) - base_ms) * 1e6 + (stream.ns(index) - base_ns);
      this.#index.add(state, time, value);
      kept++;
    }
    scanned.kept += kept;
    return kept;
  }

  get seriesCount(): number {
    return this.#index.count;
  }

  series(): readonly SampleSeries[] {
    return this.#index.series();
  }
}

/** The engine's own rule, an inner grouping's loss included. */
function groupingOf({ operation, grouping, unwrap }: RangeAggregation, outer: Grouping | undefined) {
  const { labels = [], without = false } = outer ?? grouping ?? {};
  const isSingle = (outer ?? grouping) !== undefined && labels.length === 0 && !without;
  const noLabels = isSingle || operation === 'absent_over_time';
  // The label that is unwrapped is gone, unless one groups by it.
  if (!unwrap || (labels.length > 0 && !without)) return { groups: labels, without, noLabels };
  return { groups: [...labels, unwrap.label], without: true, noLabels };
}

function valueOfLine({ operation }: RangeAggregation): (state: LineState) => number {
  if (operation !== 'bytes_over_time' && operation !== 'bytes_rate') return () => 1;
  return (state) =>
    state.isOriginal ? (state.stream as LogStream).byteLength(state.index) : Buffer.byteLength(state.line);
}

function compileUnwrap({ label, conversion, filters }: Unwrap) {
  const stages = filters.map(createLabelFilter);
  const convert = CONVERSIONS[conversion ?? 'number'];
  const value = (state: LineState): number | undefined => {
    const text = state.get(label) ?? '';
    if (text === '') return undefined;
    const converted = convert(text);
    if (typeof converted === 'string') state.setError(PIPELINE_ERROR.sample, converted);
    for (const stage of stages) if (!stage(state)) return undefined;
    return typeof converted === 'string' ? 0 : converted;
  };
  return { value, names: [label, ...filters.flatMap(namesIn)] };
}

/** The number, or why there is none. */
const CONVERSIONS: Readonly<
  Record<'number' | 'bytes' | 'duration' | 'duration_seconds', (text: string) => number | string>
> = {
  number: (text) => {
    const parsed = parseFloat64(text);
    return parsed.kind === 'error' ? parsed.message : parsed.value;
  },
  bytes: (text) => {
    const parsed = parseBytes(text);
    return parsed.kind === 'error' ? parsed.message : parsed.bytes;
  },
  duration: toSeconds,
  duration_seconds: toSeconds,
};

function toSeconds(text: string): number | string {
  const parsed = parseGoDuration(text);
  return parsed.kind === 'error' ? parsed.message : parsed.ns / 1e9;
}
