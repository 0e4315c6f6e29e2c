/** Loki's answers: see normalise.ts. */
import { items, type Json, members, sorted } from './normalise.js';
import type { Query } from './query.js';

const ORDERED = /^\s*(sort|sort_desc)\b/;

export function normaliseLoki({ path, parameters }: Query, answer: Json): Json {
  const parameter = (name: string) => parameters.find(([each]) => each === name)?.[1];
  switch (path.replace('/loki/api/v1/', '')) {
    case 'query':
    case 'query_range':
      return normaliseData(answer, {
        isOrdered: ORDERED.test(parameter('query') ?? ''),
        limit: Number(parameter('limit') ?? 100),
      });
    // The values are estimates, from how much of each chunk lies in the range.
    case 'index/volume':
    case 'index/volume_range':
      return sorted(items(members(members(answer).data).result).map((one) => members(one).metric ?? null));
    case 'series':
      return { ...members(answer), data: sorted(items(members(answer).data)) };
    case 'index/stats':
      // Counts are of chunks that have been flushed: none, right after a load.
      return Object.keys(members(answer)).sort();
    case 'detected_fields':
      return {
        ...members(answer),
        fields: sorted(items(members(answer).fields).map(withoutEstimate), labelOf),
      };
    case 'detected_labels':
      return { ...members(answer), detectedLabels: sorted(items(members(answer).detectedLabels), labelOf) };
    default:
      return path.includes('/detected_field/')
        ? { ...members(answer), values: sorted(items(members(answer).values)) }
        : answer;
  }
}

/** Loki counts different values exactly as long as there are few. */
const COUNTED_MAX = 20;

function withoutEstimate(field: Json): Json {
  const { cardinality = null, ...rest } = members(field);
  return { ...rest, cardinality: Number(cardinality) > COUNTED_MAX ? 'many' : cardinality };
}

function labelOf(field: Json): Json {
  return members(field).label ?? null;
}

function normaliseData(answer: Json, { isOrdered, limit }: { isOrdered: boolean; limit: number }): Json {
  const { stats: _, ...data } = members(members(answer).data);
  const { resultType, result } = data;
  const series = items(result);
  if (resultType === 'streams') {
    return { ...members(answer), data: { ...data, result: normaliseStreams(series, limit) } };
  }
  const ordered =
    isOrdered || !Array.isArray(result) || !series.every((one) => members(one).metric !== undefined);
  return {
    ...members(answer),
    data: {
      ...data,
      result: ordered ? (result ?? null) : sorted(series, (one) => members(one).metric ?? null),
    },
  };
}

/** Lines of one moment have no order among them; and which of the last moment's lines a limit leaves is not defined. */
function normaliseStreams(streams: readonly Json[], limit: number): Json {
  const lines = streams.flatMap((stream) => items(members(stream).values));
  const last = lines.length >= limit ? lastMoment(streams) : undefined;
  const kept = streams.flatMap((stream) => {
    const { stream: labels = null, values } = members(stream);
    const entries = items(values).filter((entry) => items(entry)[0] !== last);
    return entries.length > 0 ? [{ stream: labels, values: sortTies(entries) }] : [];
  });
  return { lines: lines.length, streams: sorted(kept, (stream) => members(stream).stream ?? null) };
}

/** The furthest in the direction of the answer. */
function lastMoment(streams: readonly Json[]): Json | undefined {
  const ends = streams.map((stream) => {
    const times = items(members(stream).values).map((entry) => String(items(entry)[0]));
    return { first: times[0] ?? '', last: times.at(-1) ?? '' };
  });
  const isForward = ends.every(({ first, last }) => first <= last);
  const times = ends.map(({ last }) => last).sort();
  return isForward ? times.at(-1) : times[0];
}

function sortTies(entries: readonly Json[]): Json[] {
  const moments = new Map<Json, Json[]>();
  for (const entry of entries) {
    const time = items(entry)[0] ?? null;
    moments.set(time, [...(moments.get(time) ?? []), entry]);
  }
  return [...moments.values()].flatMap((together) => sorted(together));
}
