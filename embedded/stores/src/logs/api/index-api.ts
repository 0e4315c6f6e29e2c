/** How much there is: `index/stats`, `index/volume`, `index/volume_range`. */
import { type ApiAnswer, type ApiRequest, json } from '../../http/api.js';
import { compareText, type Label, Labels } from '../labels.js';
import { nothingScanned } from '../logql/evaluate-logs.js';
import type { LogsStore } from '../store.js';
import type { Instant, LogStream } from '../stream.js';
import { matchersOf } from './labels-api.js';
import { type Bounds, badRequest, bounds, checkOrder, limit, list, rangeParameters } from './parameters.js';
import { JSON_TYPE } from './query.js';
import { statistics } from './statistics.js';

/** One chunk a stream: here nothing is cut. Bytes are those of lines. */
export async function indexStatistics(store: LogsStore, { parameters }: ApiRequest): Promise<ApiAnswer> {
  const { query, ...span } = rangeParameters(parameters);
  const streams = store.selectWithin(matchersOf(query), span);
  const entries = streams.reduce((sum, stream) => sum + countWithin(stream, span), 0);
  const bytes = streams.reduce((sum, stream) => sum + bytesWithin(stream, span), 0);
  const found = { streams: streams.length, chunks: streams.length, bytes, entries };
  return { ...json(found), headers: JSON_TYPE };
}

function countWithin(stream: LogStream, { start, end }: Bounds): number {
  return stream.indexOf(end) - stream.indexOf(start);
}

function bytesWithin(stream: LogStream, { start, end }: Bounds): number {
  let bytes = 0;
  const to = stream.indexOf(end);
  for (let index = stream.indexOf(start); index < to; index++) bytes += stream.byteLength(index);
  return bytes;
}

interface VolumeQuery {
  readonly query: string;
  /** Labels by which the volume is told; those of the selector when there are none. */
  readonly targets: readonly string[];
  readonly byLabels: boolean;
  readonly limit: number;
}

function volumeQuery(parameters: URLSearchParams): VolumeQuery {
  const aggregateBy = parameters.get('aggregateBy') ?? '';
  if (!['', 'series', 'labels'].includes(aggregateBy)) throw badRequest('invalid aggregation option');
  return {
    query: parameters.get('query') ?? '',
    targets: list(parameters, 'targetLabels'),
    byLabels: aggregateBy === 'labels',
    limit: parameters.get('limit') === '0' ? 100 : limit(parameters),
  };
}

interface Volume {
  readonly labels: Labels;
  readonly bytes: number;
}

/** The largest first. */
function volumesWithin(
  store: LogsStore,
  span: Bounds,
  { query, targets, byLabels, limit: most }: VolumeQuery,
) {
  const matchers = query === '{}' ? [] : matchersOf(query);
  const names = targets.length > 0 ? targets : matchers.map(({ name }) => name);
  const volumes = new Map<string, Volume>();
  for (const stream of store.selectWithin(matchers, span)) {
    const bytes = bytesWithin(stream, span);
    const own = names.length > 0 ? stream.labels.keep(names) : stream.labels;
    const kept = byLabels && targets.length === 0 ? stream.labels : own;
    const groups = byLabels ? kept.pairs.map(([name]) => Labels.of([[name, ''] as Label])) : [own];
    for (const labels of groups) {
      volumes.set(labels.key, { labels, bytes: (volumes.get(labels.key)?.bytes ?? 0) + bytes });
    }
  }
  const ordered = [...volumes.values()].sort(
    (a, b) => b.bytes - a.bytes || compareText(String(a.labels), String(b.labels)),
  );
  return ordered.slice(0, most);
}

export async function volume(store: LogsStore, { parameters }: ApiRequest): Promise<ApiAnswer> {
  const query = volumeQuery(parameters);
  const span = bounds(parameters);
  checkOrder(span);
  const seconds = roundedUp(span.end) / 1000;
  const result = volumesWithin(store, span, query).map(({ labels, bytes }) => ({
    metric: labels.record(),
    value: [seconds, String(bytes)],
  }));
  return answer('vector', result);
}

function roundedUp({ ms, ns }: Instant): number {
  return ns > 0 ? ms + 1 : ms;
}

export async function volumeRange(store: LogsStore, { parameters }: ApiRequest): Promise<ApiAnswer> {
  const query = volumeQuery(parameters);
  const { start, end, step_ns } = rangeParameters(parameters);
  const step_ms = Math.max(1, Math.floor(step_ns / 1e6));
  const series = new Map<string, { metric: object; values: (readonly [number, string])[] }>();
  const last = roundedUp(end);
  for (let from = start.ms; from < last; ) {
    const boundary = (Math.floor(from / step_ms) + 1) * step_ms;
    const to = Math.min(boundary, last);
    // Times are the last ones of their step.
    const seconds = (boundary < last ? to - 1 : to) / 1000;
    const span = { start: from === start.ms ? start : { ms: from, ns: 0 }, end: { ms: to, ns: 0 } };
    for (const { labels, bytes } of volumesWithin(store, span, query)) {
      const found = series.get(labels.key) ?? { metric: labels.record(), values: [] };
      series.set(labels.key, found);
      found.values.push([seconds, String(bytes)]);
    }
    from = to;
  }
  return answer('matrix', [...series.values()]);
}

function answer(resultType: string, result: readonly object[]): ApiAnswer {
  const stats = statistics({ scanned: nothingScanned(), returned: result.length, seconds: 0 });
  return { ...json({ status: 'success', data: { resultType, result, stats } }), headers: JSON_TYPE };
}
