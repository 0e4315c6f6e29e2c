/** Searches: the newest traces whose spans a query selects, or that have certain tags. */

import type { ApiAnswer } from '../../http/api.js';
import type { Budget } from '../../query/budget.js';
import { QueryError } from '../../query/query-error.js';
import type { TracesStore } from '../store.js';
import { Evaluation } from '../traceql/evaluate.js';
import { parse } from '../traceql/parse.js';
import type { Spanset } from '../traceql/spansets.js';
import { goJson } from './go-json.js';
import { bad, milliseconds, searchRange, text, unsigned } from './parameters.js';
import { shownFields, traceAnswer } from './search-answer.js';
import { type Snapshot, takeSnapshot } from './snapshot.js';
import { matchTags, tagsOf } from './tag-search.js';
import { warmColumns } from './warm-columns.js';

const DEFAULT_LIMIT = 20;
const MOST_TRACES = 262_144;
const DEFAULT_SPANS = 3;
const SPANS_BETWEEN_BREATHS = 16_384;
/** Of an answer: so many take the place of one value. */
const CHARACTERS_OF_A_VALUE = 16;

/**
 * Where Tempo takes whatever traces its blocks give first, these are the newest ones; so `most_recent` is always on.
 */
export async function search(
  store: TracesStore,
  parameters: URLSearchParams,
  budget: Budget,
): Promise<ApiAnswer> {
  const range = searchRange(parameters);
  const query = text(parameters, 'q');
  if (query !== undefined && text(parameters, 'tags') !== undefined) {
    throw bad("invalid request: can't specify tags and q in the same query");
  }
  const tags = query === undefined ? tagsOf(parameters) : new Map<string, string>();
  const durations = durationRange(parameters);
  const limit = limitOf(parameters);
  const spans = unsigned(parameters, 'spss') || DEFAULT_SPANS;
  const request = { ...range, limit };
  if (query === undefined) {
    const snapshot = await takeSnapshot(store, budget);
    const matches = matchTags(snapshot, tags, durations);
    const found = await findTraces(snapshot, request, budget, (trace) => matches(trace) || undefined);
    return answer(found, budget, ({ trace }) => traceAnswer(snapshot, trace));
  }
  const parsed = parseQuery(query);
  const snapshot = await takeSnapshot(store, budget);
  await warmColumns(snapshot, parsed, budget);
  const evaluation = new Evaluation(snapshot, parsed);
  const shown = shownFields(snapshot, evaluation.fetch);
  const found = await findTraces(snapshot, request, budget, (trace) => {
    const spansets = evaluation.evaluate(trace);
    return spansets.length > 0 ? spansets.map(copy) : undefined;
  });
  return answer(found, budget, ({ trace, match }) =>
    traceAnswer(snapshot, trace, { spansets: match, shown, spans }),
  );
}

interface SearchRequest {
  /** In seconds; both 0 for all time. */
  readonly start: number;
  readonly end: number;
  readonly limit: number;
}

interface Found<T> {
  readonly traces: readonly { readonly trace: number; readonly match: T }[];
  readonly inspected: number;
}

async function findTraces<T>(
  { index }: Snapshot,
  { start, end, limit }: SearchRequest,
  budget: Budget,
  match: (trace: number) => T | undefined,
): Promise<Found<T>> {
  const traces: { trace: number; match: T }[] = [];
  let inspected = 0;
  let work = 0;
  for (const trace of index.newestFirst) {
    if (traces.length === limit) break;
    if (end > 0 && !overlaps(index, trace, start, end)) continue;
    const spans = (index.from[trace + 1] as number) - (index.from[trace] as number);
    inspected++;
    work += spans;
    budget.spend(spans);
    const matched = match(trace);
    if (matched !== undefined) {
      traces.push({ trace, match: matched });
      budget.hold(1);
    }
    if (work < SPANS_BETWEEN_BREATHS) continue;
    work = 0;
    await budget.breathe();
  }
  return { traces, inspected };
}

function overlaps(
  { startSeconds, startNanos, duration_ns }: Snapshot['index'],
  trace: number,
  start: number,
  end: number,
) {
  const seconds = startSeconds[trace] as number;
  const nanos = startNanos[trace] as number;
  if (seconds > end || (seconds === end && nanos > 0)) return false;
  return (seconds - start) * 1e9 + nanos + (duration_ns[trace] as number) >= 0;
}

/** Trace by trace, so that others have their turn; what is written is held, too. */
async function answer<T>(
  { traces, inspected }: Found<T>,
  budget: Budget,
  toAnswer: (found: Found<T>['traces'][number]) => object,
): Promise<ApiAnswer> {
  const texts: string[] = [];
  for (const found of traces) {
    const text = goJson(toAnswer(found));
    budget.hold(Math.ceil(text.length / CHARACTERS_OF_A_VALUE));
    texts.push(text);
    await budget.breathe();
  }
  const metrics = {
    ...(inspected > 0 ? { inspectedTraces: inspected } : {}),
    completedJobs: 1,
    totalJobs: 1,
  };
  return { status: 200, body: `{"traces":[${texts.join()}],"metrics":${goJson(metrics)}}` };
}

/** The spans of a result belong to it: the evaluation uses its lists again. */
function copy(spanset: Spanset): Spanset {
  return { ...spanset, spans: [...spanset.spans] };
}

function parseQuery(query: string) {
  try {
    return parse(query);
  } catch (error) {
    if (error instanceof QueryError && error.kind === 'bad_data')
      throw bad(`invalid TraceQL query: ${error.message}`);
    throw error;
  }
}

function limitOf(parameters: URLSearchParams): number {
  const limit = unsigned(parameters, 'limit') ?? DEFAULT_LIMIT;
  if (limit === 0) throw bad('invalid limit: must be a positive number');
  if (limit > MOST_TRACES) throw bad(`limit ${limit} exceeds max limit ${MOST_TRACES}`);
  return limit;
}

function durationRange(parameters: URLSearchParams) {
  const min_ms = milliseconds(parameters, 'minDuration');
  const max_ms = milliseconds(parameters, 'maxDuration');
  if (max_ms !== 0 && min_ms > max_ms) throw bad('invalid maxDuration: must be greater than minDuration');
  return { min_ms, max_ms };
}
