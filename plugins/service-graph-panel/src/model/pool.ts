/** Connection pools as their clients report them, and the database server's own figures. */
import type { ModelOptions } from './options';
import type { PoolRole, ServerRole } from './roles';
import type { Series } from './series';
import type { Gauge, Pool, Server, Windows } from './types';
import { meanAt, sumAt, unionOf, worstAt } from './values';
import { pointsWithin } from './windows';

/** Labels that tell one pool from another, the first that is there. */
const POOL_NAME = ['db_client_connection_pool_name', 'pool_name', 'pool', 'client', 'job', 'service_name'];
const IDLE = 'idle';

/** All pools in the series, the fullest first. */
export function readPools(series: readonly Series[], windows: Windows, options: ModelOptions): Pool[] {
  const pools = new Map<string, Series[]>();
  for (const each of series) {
    if (!each.role.startsWith('pool_') || each.labels.state === IDLE) continue;
    const label = POOL_NAME.find((name) => each.labels[name]);
    const name = label === undefined ? '' : (each.labels[label] ?? '');
    pools.set(name, [...(pools.get(name) ?? []), each]);
  }
  adoptNameless(pools);
  return [...pools]
    .map(([name, own]) => poolOf(name, own, windows, options))
    .filter((pool): pool is Pool => pool !== null)
    .sort((a, b) => (b.utilization ?? 0) - (a.utilization ?? 0) || (a.name < b.name ? -1 : 1));
}

/** Series without a name belong to the only pool that has one. */
function adoptNameless(pools: Map<string, Series[]>): void {
  const nameless = pools.get('');
  const named = [...pools].filter(([name]) => name !== '');
  const [only] = named;
  if (nameless === undefined || only === undefined || named.length > 1) return;
  pools.set(only[0], [...only[1], ...nameless]);
  pools.delete('');
}

function poolOf(
  name: string,
  series: readonly Series[],
  windows: Windows,
  options: ModelOptions,
): Pool | null {
  const gauge = (role: PoolRole) => gaugeOf(role, series, windows);
  const used = gauge('pool_used');
  const share = gauge('pool_utilization');
  const waiting = gauge('pool_waiting');
  if (used === null && share === null && waiting === null) return null;
  const max = gauge('pool_max')?.now ?? maximumFrom(used, share);
  const utilization = used?.now != null && max !== null && max > 0 ? used.now / max : (share?.now ?? null);
  return {
    name,
    used,
    max,
    utilization,
    waiting,
    timeouts: gauge('pool_timeouts'),
    waitP95_s: gauge('pool_wait_p95'),
    over: {
      utilization: options.poolShare > 0 && (utilization ?? 0) >= options.poolShare,
      waiting: options.poolQueue > 0 && (waiting?.now ?? 0) >= options.poolQueue,
    },
  };
}

/** Where no series has the maximum, it is what the used connections are the reported share of. */
function maximumFrom(used: Gauge | null, share: Gauge | null): number | null {
  if (used?.now == null || share?.now == null || share.now <= 0) return null;
  return Math.round(used.now / share.now);
}

/** @returns `null` when no series reports anything of the server */
export function readServer(series: readonly Series[], windows: Windows): Server | null {
  const cpu = gaugeOf('server_cpu', series, windows);
  const queryP95_s = gaugeOf('server_query_p95', series, windows);
  return cpu || queryP95_s ? { cpu, queryP95_s } : null;
}

/** Shares and quantiles are not added up: of several the highest stands. */
const NOT_SUMMED: readonly string[] = ['pool_utilization', 'pool_wait_p95', 'server_cpu', 'server_query_p95'];

/** Reads a role's series of one query: two queries for the same thing (two metrics of a pool) are not added. */
function gaugeOf(role: PoolRole | ServerRole, series: readonly Series[], windows: Windows): Gauge | null {
  const all = series.filter((each) => each.role === role);
  const own = all.filter((each) => each.query === all[0]?.query);
  const times = unionOf(own.map((each) => each.times));
  const values = NOT_SUMMED.includes(role) && own.length > 0 ? worstAt(times, own) : sumAt(times, own);
  if (values === null) return null;
  const mean = (window: readonly [number, number]) => meanAt(values, pointsWithin(times, window, 0));
  const now = mean(windows.now) ?? (times.length === 1 ? (values[0] ?? null) : null);
  return { now, before: windows.before && mean(windows.before), times, values };
}
