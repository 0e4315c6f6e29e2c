import type { Frame } from './frames';
import { indexAt, readSeries, type Sample, type Series, sampleIntervalMs, sumSeries } from './series';
import { STATE_KINDS, type StateKind, stateKind } from './session';

/** Sessions by state over time, aligned: `counts[kind][i]` belongs to `times[i]`. */
export interface StateSeries {
  readonly times: readonly number[];
  readonly counts: Readonly<Record<StateKind, readonly (number | undefined)[]>>;
}

/** What the metrics say of the pool. Each part is `undefined` when no query gave it. */
export interface PoolMetrics {
  readonly states?: StateSeries | undefined;
  /** Connections that the pool says it has lent. */
  readonly used?: Series | undefined;
  readonly max?: Series | undefined;
  /** How many wait for a connection. */
  readonly queue?: Series | undefined;
  /** Waits that ended, those that gave up included. */
  readonly waits?: Series | undefined;
  readonly waitBuckets: readonly Series[];
  readonly timeouts?: Series | undefined;
  readonly useSum?: Series | undefined;
  readonly useCount?: Series | undefined;
  /** Age of the oldest transaction, in seconds. */
  readonly longest?: Series | undefined;
  /** Distance of two samples, in ms. */
  readonly intervalMs?: number | undefined;
  /** Names of series that the panel does not know. */
  readonly unknown: readonly string[];
}

/** The metric names that are understood, for each part, best first. */
const NAMES = {
  states: ['pg_stat_activity_count', 'database_active_connections'],
  used: ['db_client_connection_count', 'database_active_connections'],
  max: ['db_client_connection_max'],
  queue: ['db_client_connection_pending_requests', 'connection_pool_queue_depth'],
  waits: ['db_client_connection_wait_time_seconds_count'],
  waitBuckets: ['db_client_connection_wait_time_seconds_bucket'],
  timeouts: ['db_client_connection_timeouts_total'],
  useSum: ['db_client_connection_use_time_seconds_sum'],
  useCount: ['db_client_connection_use_time_seconds_count'],
  longest: ['pg_stat_activity_max_tx_duration'],
} as const;

type Part = keyof typeof NAMES;

/**
 * Sorts the panel's series by metric name. A query that loses the name (`sum(...)`) can be told by its refId instead:
 * `states`, `used`, `max`, `queue`, `waits`, `waitBuckets`, `timeouts`, `useSum`, `useCount`, `longest`.
 */
export function readPoolMetrics(frames: readonly Frame[]): PoolMetrics {
  const all = readSeries(frames);
  const named = (part: Part): readonly Series[] => {
    for (const name of [...NAMES[part], part]) {
      const found = all.filter((series) => series.name === name);
      if (found.length > 0) return found;
    }
    return [];
  };
  const known = new Set<string>(Object.entries(NAMES).flatMap(([part, names]) => [part, ...names]));
  const queue = sumSeries(named('queue'));
  const states = readStates(named('states'));
  return {
    states,
    used: sumSeries(named('used').filter(({ labels }) => labels.state !== 'idle')),
    max: sumSeries(named('max')),
    queue,
    waits: sumSeries(named('waits')),
    waitBuckets: named('waitBuckets'),
    timeouts: sumSeries(named('timeouts')),
    useSum: sumSeries(named('useSum')),
    useCount: sumSeries(named('useCount')),
    longest: maxSeries(named('longest')),
    intervalMs: sampleIntervalMs(queue) ?? sampleIntervalMs(states && { ...EMPTY, times: states.times }),
    unknown: [...new Set(all.map((series) => series.name).filter((name) => !known.has(name)))],
  };
}

const EMPTY: Series = { name: '', labels: {}, times: [], values: [] };

/** Counts with a `state` label, and a `wait_event_type` label where they tell waiting from active. */
export function readStates(series: readonly Series[]): StateSeries | undefined {
  const byKind = new Map<StateKind, Series[]>();
  for (const one of series) {
    const state = one.labels.state;
    if (!state) continue;
    const kind = stateKind(state, one.labels.wait_event_type ?? '');
    byKind.set(kind, [...(byKind.get(kind) ?? []), one]);
  }
  const sums = new Map([...byKind].map(([kind, list]) => [kind, sumSeries(list)] as const));
  const times = [...new Set([...sums.values()].flatMap((sum) => sum?.times ?? []))].sort((a, b) => a - b);
  if (times.length === 0) return undefined;
  const counts = Object.fromEntries(
    STATE_KINDS.map((kind) => {
      const sum = sums.get(kind);
      const at = new Map(sum?.times.map((timeMs, index) => [timeMs, sum.values[index]]));
      return [kind, times.map((timeMs) => at.get(timeMs) ?? 0)];
    }),
  ) as Record<StateKind, number[]>;
  return { times, counts };
}

function maxSeries(series: readonly Series[]): Series | undefined {
  const [first] = series;
  if (!first) return undefined;
  const highest = new Map<number, number>();
  for (const { times, values } of series) {
    times.forEach((timeMs, index) => {
      const value = values[index];
      if (value !== undefined) highest.set(timeMs, Math.max(value, highest.get(timeMs) ?? -Infinity));
    });
  }
  const times = [...highest.keys()].sort((a, b) => a - b);
  return { name: first.name, labels: {}, times, values: times.map((timeMs) => highest.get(timeMs)) };
}

/** When a transaction of at least `minAgeS` was last measured before an instant, and how old it was then. */
export function lastOpenBefore(
  { longest }: PoolMetrics,
  timeMs: number,
  minAgeS: number,
): Sample | undefined {
  if (!longest) return undefined;
  for (let index = indexAt(longest.times, timeMs - 1); index >= 0; index--) {
    const value = longest.values[index];
    if (value !== undefined && value >= minAgeS) return { timeMs: longest.times[index] ?? 0, value };
  }
  return undefined;
}
