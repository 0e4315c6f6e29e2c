/** Nodes of the graph: what they are, and the sum of the calls that reach them. */
import { addCalls, historyOf } from './calls';
import { compared, type EdgeSeries, type MeasuredEdge, type Measuring, overOf } from './edges';
import { type ModelOptions, thresholdOf } from './options';
import type { GraphEdge, GraphNode, NodeKind, Pool, Server } from './types';

/** Tells each node's kind from the edges' connection types; the options' names win. */
export function kindsOf(edges: readonly EdgeSeries[], options: ModelOptions): ReadonlyMap<string, NodeKind> {
  const kinds = new Map<string, NodeKind>();
  const callers = new Set(edges.map((edge) => edge.source));
  for (const { source, target, connectionType } of edges) {
    kinds.set(source, named(source, options) ?? kinds.get(source) ?? 'service');
    const typed =
      connectionType === 'database'
        ? 'database'
        : // A virtual node may stand for the caller as well; what calls others sends spans of its own.
          connectionType === 'virtual_node' && !callers.has(target)
          ? 'external'
          : undefined;
    kinds.set(target, named(target, options) ?? typed ?? kinds.get(target) ?? 'service');
  }
  return kinds;
}

function named(id: string, { clients, databases, externals }: ModelOptions): NodeKind | undefined {
  if (clients.test(id)) return 'client';
  if (databases.test(id)) return 'database';
  return externals.test(id) ? 'external' : undefined;
}

export interface NodesInput {
  readonly kinds: ReadonlyMap<string, NodeKind>;
  readonly edges: readonly MeasuredEdge[];
  readonly measuring: Measuring;
  readonly options: ModelOptions;
  readonly pools: readonly Pool[];
  readonly server: Server | null;
}

/** All nodes by id. Pools and server figures go to the database that the pools' owner calls. */
export function measureNodes(input: NodesInput): GraphNode[] {
  const home = databaseOf(input);
  return [...input.kinds]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, kind]) => measureNode(id, kind, home === id, input));
}

function measureNode(id: string, kind: NodeKind, hasPools: boolean, input: NodesInput): GraphNode {
  const { edges, measuring, options } = input;
  const incoming = edges.filter(({ edge }) => edge.target === id);
  const outgoing = edges.filter(({ edge }) => edge.source === id);
  // Nobody is known to call a client: it shows what it asks for.
  const counted = kind === 'client' && incoming.length === 0 ? outgoing : incoming;
  const calls = counted.length > 0 ? addCalls(counted.map((each) => each.calls)) : null;
  const { now, before } = calls ? compared(calls, measuring) : { now: null, before: null };
  const threshold = thresholdOf(id, kind, options);
  const pools = hasPools ? input.pools : [];
  return {
    ...{ id, kind, now, before, threshold, pools },
    name: options.displayNames.get(id) ?? id,
    history: calls && historyOf(calls),
    makes: rateOf(outgoing.map(({ edge }) => edge)),
    over: overOf(now, threshold),
    server: hasPools ? input.server : null,
    members: [],
    details: [],
  };
}

function databaseOf({ kinds, edges, pools, server }: NodesInput): string | undefined {
  if (pools.length === 0 && server === null) return undefined;
  const databases = [...kinds].filter(([, kind]) => kind === 'database').map(([id]) => id);
  const owners = new Set(pools.map((pool) => pool.name));
  const called = databases.filter((id) =>
    edges.some(({ edge }) => edge.target === id && owners.has(edge.source)),
  );
  return [...called, ...databases][0];
}

/** The sum of the edges' rates, where any is known. */
export function rateOf(edges: readonly GraphEdge[]): number | null {
  const rates = edges.map(({ now }) => now.rate).filter((rate): rate is number => rate !== null);
  return rates.length > 0 ? rates.reduce((a, b) => a + b, 0) : null;
}
