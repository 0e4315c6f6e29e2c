/** Which column a node stands in: callers left of what they call, databases and external services last. */
import type { LayoutEdge, LayoutNode } from './layout';

/** Longest path from the nodes that nobody calls; edges that close a cycle do not count. Services and clients only. */
export function ranksOf(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): Map<string, number> {
  const movable = new Set(nodes.filter((node) => !isResource(node)).map((node) => node.id));
  const own = edges.filter((edge) => movable.has(edge.source) && movable.has(edge.target));
  const ranks = new Map<string, number>();
  const visiting = new Set<string>();
  const rank = (id: string): number => {
    const known = ranks.get(id);
    if (known !== undefined) return known;
    visiting.add(id);
    let highest = 0;
    for (const { source, target } of own)
      if (target === id && !visiting.has(source)) highest = Math.max(highest, rank(source) + 1);
    visiting.delete(id);
    ranks.set(id, highest);
    return highest;
  };
  for (const id of [...movable].sort()) rank(id);
  pullRoots(nodes, own, ranks);
  return compacted(ranks);
}

export function isResource({ kind, folded }: LayoutNode): boolean {
  return kind === 'database' || kind === 'external' || folded;
}

/** A service that nobody calls stands next to the nearest service that it calls, not at the far left. */
function pullRoots(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  ranks: Map<string, number>,
): void {
  const lowest = nodes.some((node) => node.kind === 'client') ? 1 : 0;
  for (const { id, kind } of nodes) {
    if (kind === 'client' || !ranks.has(id) || edges.some((edge) => edge.target === id)) continue;
    const callees = edges.filter((edge) => edge.source === id).map((edge) => ranks.get(edge.target) ?? 0);
    ranks.set(id, callees.length > 0 ? Math.max(lowest, Math.min(...callees) - 1) : lowest);
  }
}

/** Ranks without gaps. */
function compacted(ranks: ReadonlyMap<string, number>): Map<string, number> {
  const used = [...new Set(ranks.values())].sort((a, b) => a - b);
  return new Map([...ranks].map(([id, rank]) => [id, used.indexOf(rank)]));
}

/**
 * Joins neighbouring ranks until they fit into the given number of columns, so that as few calls as possible stay within
 * a column; on ties the most even columns win.
 * @param ranks 0 to n-1, without gaps
 * @returns the column of each rank
 */
export function joinRanks(
  ranks: ReadonlyMap<string, number>,
  edges: readonly LayoutEdge[],
  columns: number,
): number[] {
  const count = Math.max(0, ...[...ranks.values()].map((rank) => rank + 1));
  const cost = (from: number, to: number) => costOf(from, to, ranks, edges);
  // best[c][r]: the cheapest way to put ranks 0 to r-1 into c columns, and where its last column begins
  const best: { cost: number; start: number }[][] = [[{ cost: 0, start: 0 }]];
  for (let c = 1; c <= columns; c++) {
    best[c] = [];
    for (let r = c; r <= count; r++) {
      let found = { cost: Number.POSITIVE_INFINITY, start: c - 1 };
      for (let start = c - 1; start < r; start++) {
        const total = (best[c - 1]?.[start]?.cost ?? Number.POSITIVE_INFINITY) + cost(start, r - 1);
        if (total < found.cost) found = { cost: total, start };
      }
      const row = best[c];
      if (row) row[r] = found;
    }
  }
  const column = Array.from({ length: count }, () => 0);
  for (let c = Math.min(columns, count), end = count; c > 0; c--) {
    const start = best[c]?.[end]?.start ?? 0;
    column.fill(c - 1, start, end);
    end = start;
  }
  return column;
}

const WITHIN_COLUMN = 1e6;

function costOf(
  from: number,
  to: number,
  ranks: ReadonlyMap<string, number>,
  edges: readonly LayoutEdge[],
): number {
  const inside = (id: string) => {
    const rank = ranks.get(id) ?? -1;
    return rank >= from && rank <= to;
  };
  const within = edges.filter((edge) => inside(edge.source) && inside(edge.target)).length;
  const size = [...ranks.keys()].filter(inside).length;
  return within * WITHIN_COLUMN + size * size;
}
