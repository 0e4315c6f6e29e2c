/** Tempo's answers: see normalise.ts. */
import { items, type Json, members, sorted } from './normalise.js';
import type { Query } from './query.js';

/** Lists without an order, by name, and what identifies their items. */
const UNORDERED: Readonly<Record<string, ((item: Json) => Json) | undefined>> = {
  attributes: (item) => members(item).key ?? null,
  spanSets: (item) => item,
  tagNames: (item) => item,
  tags: (item) => item,
  scopes: (item) => members(item).name ?? null,
  tagValues: (item) => item,
  series: (item) => members(item).labels ?? null,
  labels: (item) => members(item).key ?? null,
  batches: (item) => item,
  resourceSpans: (item) => item,
  scopeSpans: (item) => item,
  events: (item) => item,
  links: (item) => item,
};

/** Statistics of how the answer came about, and samples that the engine draws at random. */
const LEFT_OUT: ReadonlySet<string> = new Set(['metrics', 'exemplars']);

export function normaliseTempo({ path, parameters }: Query, answer: Json): Json {
  const limit = Number(parameters.find(([name]) => name === 'limit')?.[1] ?? Number.POSITIVE_INFINITY);
  const { traces } = members(answer);
  // Which of all matches a limit leaves is not defined.
  if (path === '/api/search' && items(traces).length >= limit) return { traces: items(traces).length };
  const isComparison = parameters.some(([name, value]) => name === 'q' && /\| compare\(/.test(value));
  return withoutStatistics(isComparison ? withoutEmptySeries(answer) : answer);
}

/** Which values without a count compare() lists, and which attributes that no span has, depends on how they are stored. */
function withoutEmptySeries(answer: Json): Json {
  const series = items(members(answer).series).filter((one) => {
    const isNil = items(members(one).labels).some(
      (label) => members(members(label).value).stringValue === 'nil',
    );
    return !isNil && items(members(one).samples).some((sample) => members(sample).value !== undefined);
  });
  return { ...members(answer), series };
}

function withoutStatistics(answer: Json): Json {
  if (Array.isArray(answer)) return answer.map(withoutStatistics);
  if (typeof answer !== 'object' || answer === null) return answer;
  const { matched, spans } = members(answer);
  // Which of all matching spans of a trace are given back is not defined.
  if (Number(matched) > items(spans).length) return { ...members(answer), spans: items(spans).length };
  const entries = Object.entries(answer as Readonly<Record<string, Json>>)
    .filter(([name]) => !LEFT_OUT.has(name))
    .map(([name, value]) => [name, normaliseMember(name, withoutStatistics(value))] as const);
  return Object.fromEntries(entries);
}

function normaliseMember(name: string, value: Json): Json {
  if (name === 'spans') return sorted(items(value), idOf);
  if (name === 'traces') return sortTies(items(value));
  const identity = UNORDERED[name];
  return identity && Array.isArray(value) ? sorted(value as readonly Json[], identity) : value;
}

function idOf(span: Json): Json {
  return members(span).spanID ?? members(span).spanId ?? null;
}

/** Newest first; those that began at the same moment have no order. */
function sortTies(traces: readonly Json[]): Json[] {
  const moments = new Map<Json, Json[]>();
  for (const trace of traces) {
    const time = members(trace).startTimeUnixNano ?? null;
    moments.set(time, [...(moments.get(time) ?? []), trace]);
  }
  return [...moments.values()].flatMap((together) =>
    sorted(together, (trace) => members(trace).traceID ?? null),
  );
}
