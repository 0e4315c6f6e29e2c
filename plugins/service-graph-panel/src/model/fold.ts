/** Many leaves of one caller that are alike become one stacked node, so that a large graph stays readable. */
import type { Figures, Graph, GraphEdge, GraphNode, Quantile } from './types';

export interface FoldOptions {
  /** Fold from this many on; 0 = never. */
  readonly from: number;
  /** Groups that were unfolded by hand. */
  readonly unfolded: ReadonlySet<string>;
  /** Nodes that stay outside of any group: over a threshold now or just before. */
  readonly apart: ReadonlySet<string>;
}

const GROUP = 'group:';

export function isGroup(id: string): boolean {
  return id.startsWith(GROUP);
}

/** Nodes that are over a threshold, themselves or by a call to them. */
export function overThreshold({ nodes, edges }: Graph): Set<string> {
  const isOver = ({ over }: GraphNode | GraphEdge) => over.errors || over.latency;
  return new Set([
    ...nodes.filter(isOver).map((node) => node.id),
    ...edges.filter(isOver).map((edge) => edge.target),
  ]);
}

export function foldLeaves(graph: Graph, { from, unfolded, apart }: FoldOptions): Graph {
  if (from <= 0) return graph;
  const groups = new Map<string, GraphNode[]>();
  for (const node of graph.nodes) {
    const key = apart.has(node.id) ? undefined : groupOf(node, graph.edges);
    if (key !== undefined && !unfolded.has(key)) groups.set(key, [...(groups.get(key) ?? []), node]);
  }
  return [...groups].filter(([, members]) => members.length >= from).reduce(foldGroup, graph);
}

/** `group:CALLER|KIND|STEM` of a leaf with one caller; the stem is the name without its last number. */
function groupOf(node: GraphNode, edges: readonly GraphEdge[]): string | undefined {
  const incoming = edges.filter((edge) => edge.target === node.id);
  const [only] = incoming;
  const isLeaf = incoming.length === 1 && !edges.some((edge) => edge.source === node.id);
  if (!isLeaf || only === undefined || node.pools.length > 0) return undefined;
  return `${GROUP}${only.source}|${node.kind}|${stemOf(node.name)}`;
}

function stemOf(name: string): string {
  return name.replace(/[\s_.-]*\d+$/, '');
}

function foldGroup(graph: Graph, [key, members]: [string, GraphNode[]]): Graph {
  const ids = new Set(members.map((node) => node.id));
  const folded = graph.edges.filter((edge) => ids.has(edge.target));
  const [first] = folded;
  const [model] = members;
  if (first === undefined || model === undefined) return graph;
  const now = addFigures(folded.map((edge) => edge.now));
  const before = first.before && addFigures(folded.flatMap((edge) => edge.before ?? []));
  const shared = { now, before, history: null, over: { errors: false, latency: false }, details: [] };
  const node: GraphNode = {
    ...shared,
    ...{ id: key, kind: model.kind, threshold: model.threshold, pools: [], server: null, makes: null },
    name: `${members.length} × ${stemOf(model.name)}`,
    members: members.map((each) => each.name),
  };
  const edge: GraphEdge = {
    ...shared,
    ...{ id: `${first.source}>${key}`, source: first.source, target: key, routes: [], links: [] },
    threshold: first.threshold,
  };
  return {
    ...graph,
    nodes: [...graph.nodes.filter((each) => !ids.has(each.id)), node],
    edges: [...graph.edges.filter((each) => !ids.has(each.target)), edge],
  };
}

/** Rates and calls in flight add up; of shares and quantiles the worst stands. */
function addFigures(all: readonly Figures[]): Figures {
  const sum = (pick: (figures: Figures) => number | null) => known(all.map(pick))?.reduce((a, b) => a + b, 0);
  const rate = sum(({ rate }) => rate) ?? null;
  const inFlight = sum(({ inFlight }) => inFlight) ?? null;
  const errors = known(all.map((figures) => figures.errors));
  return {
    rate,
    inFlight,
    errors: errors ? Math.max(...errors) : null,
    mean_s: inFlight !== null && rate !== null && rate > 0 ? inFlight / rate : null,
    p50: worst(all.map(({ p50 }) => p50)),
    p95: worst(all.map(({ p95 }) => p95)),
    p99: worst(all.map(({ p99 }) => p99)),
  };
}

function known(values: readonly (number | null)[]): number[] | undefined {
  const found = values.filter((value): value is number => value !== null);
  return found.length > 0 ? found : undefined;
}

function worst(all: readonly (Quantile | null)[]): Quantile | null {
  return all.reduce((a, b) => (a === null || (b !== null && b.value_s > a.value_s) ? b : a), null);
}

const EVALUATIONS_APART = 3;

/**
 * Remembers for how many evaluations a node has been within its thresholds, so that one that flaps does not move the graph.
 * @returns the new memory: nodes that are kept apart, with the evaluations that are left
 */
export function keepApart(
  memory: ReadonlyMap<string, number>,
  over: ReadonlySet<string>,
): Map<string, number> {
  const next = new Map<string, number>();
  for (const [id, left] of memory) if (left > 1) next.set(id, left - 1);
  for (const id of over) next.set(id, EVALUATIONS_APART);
  return next;
}
