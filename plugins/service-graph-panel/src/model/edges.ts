/** Edges of the graph from `traces_service_graph_*` series. */
import { boundOf } from './buckets';
import { type Calls, collectCalls, figuresOf, historyOf } from './calls';
import { type ModelOptions, thresholdOf } from './options';
import type { Series } from './series';
import type { Figures, GraphEdge, NodeKind, Over, RouteFigures, Threshold, Windows } from './types';

const EDGE_ROLES = new Set(['rate', 'failed', 'latency', 'sum', 'count', 'bucket', 'p50', 'p95', 'p99']);
const ROUTE = 'client_http_route';

/** The series of one edge, not yet counted. */
export interface EdgeSeries {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** `virtual_node`, `database`, `messaging_system` or '' */
  readonly connectionType: string;
  /** Of all calls. */
  readonly totals: readonly Series[];
  /** By route of the client. */
  readonly routes: ReadonlyMap<string, readonly Series[]>;
}

/** Groups series by client and server, in the order of the edges' ids. */
export function groupByEdge(series: readonly Series[], hidden: ReadonlySet<string>): EdgeSeries[] {
  const groups = new Map<string, Series[]>();
  for (const each of series) {
    const { client, server } = each.labels;
    if (!EDGE_ROLES.has(each.role) || !client || !server || hidden.has(client) || hidden.has(server))
      continue;
    const id = `${client}>${server}`;
    groups.set(id, [...(groups.get(id) ?? []), each]);
  }
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, all]) => edgeOf(id, all));
}

function edgeOf(id: string, all: readonly Series[]): EdgeSeries {
  const routed = all.filter((each) => each.byRoute);
  const plain = all.filter((each) => !each.byRoute);
  // Without a query for the whole edge, the routes add up to it.
  const missing = routed.filter((each) => !plain.some(({ role }) => role === each.role));
  const routes = new Map<string, Series[]>();
  for (const each of routed) {
    const route = each.labels[ROUTE] ?? '';
    routes.set(route, [...(routes.get(route) ?? []), each]);
  }
  const { client = '', server = '' } = all[0]?.labels ?? {};
  return {
    id,
    source: client,
    target: server,
    connectionType: all.map(({ labels }) => labels.connection_type).find((type) => type) ?? '',
    totals: [...plain, ...missing],
    routes,
  };
}

export interface Measuring {
  readonly windows: Windows;
  readonly pointCovers_s: number;
  readonly highestBound_s: number | undefined;
  readonly failuresKnown: boolean;
}

/** An edge's calls with their figures; the calls are kept to be added up for the node that they reach. */
export interface MeasuredEdge {
  readonly edge: GraphEdge;
  readonly calls: Calls;
}

export function measureEdge(
  group: EdgeSeries,
  kind: NodeKind,
  measuring: Measuring,
  options: ModelOptions,
): MeasuredEdge {
  const calls = collectCalls(group.totals, measuring.failuresKnown);
  const { now, before } = compared(calls, measuring);
  const threshold = thresholdOf(group.target, kind, options);
  const { id, source, target } = group;
  const rate = group.totals.find((each) => each.role === 'rate');
  const edge: GraphEdge = {
    ...{ id, source, target, now, before, threshold },
    history: historyOf(calls),
    routes: routesOf(group, threshold, measuring),
    over: overOf(now, threshold),
    details: [],
    links: rate?.links() ?? [],
  };
  return { edge, calls };
}

/** The figures now and before. */
export function compared(
  calls: Calls,
  { windows, ...rest }: Omit<Measuring, 'failuresKnown'>,
): { readonly now: Figures; readonly before: Figures | null } {
  return {
    now: figuresOf(calls, { ...rest, window: windows.now }),
    before: windows.before && figuresOf(calls, { ...rest, window: windows.before }),
  };
}

/** Over a threshold is: at it or beyond. Without a P95 the mean is held against it. */
export function overOf(figures: Figures | null, threshold: Threshold): Over {
  const latency_s = figures?.p95?.value_s ?? figures?.mean_s ?? null;
  return {
    errors: (figures?.errors ?? 0) >= threshold.errors && threshold.errors > 0,
    latency: threshold.latency_s !== null && latency_s !== null && latency_s >= threshold.latency_s,
  };
}

/** Routes by the calls that they have in flight, then by rate. */
function routesOf(group: EdgeSeries, threshold: Threshold, measuring: Measuring): RouteFigures[] {
  const routes = [...group.routes].map(([route, series]) => {
    const figures = compared(collectCalls(series, measuring.failuresKnown), measuring);
    return { route, ...figures, over: overOf(figures.now, threshold) };
  });
  const order = (a: RouteFigures, b: RouteFigures) =>
    (b.now.inFlight ?? 0) - (a.now.inFlight ?? 0) ||
    (b.now.rate ?? 0) - (a.now.rate ?? 0) ||
    (a.route < b.route ? -1 : 1);
  return routes.sort(order);
}

/** The highest finite bucket bound among the series, s. */
export function highestBoundOf(series: readonly Series[]): number | undefined {
  const bounds = series
    .filter((each) => each.role === 'bucket')
    .map((each) => boundOf(each.labels.le))
    .filter(Number.isFinite);
  return bounds.length > 0 ? Math.max(...bounds) : undefined;
}
