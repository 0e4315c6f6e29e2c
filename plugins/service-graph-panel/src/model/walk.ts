/** Where an arrow key leads: along edges from node to node, and up and down within a column or a node's calls. */

export type Arrow = 'left' | 'right' | 'up' | 'down';

export interface WalkNode {
  readonly id: string;
  readonly column: number;
  readonly y: number;
}

export interface WalkEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** Where it leaves its source and where it arrives. */
  readonly fromY: number;
  readonly toY: number;
}

export interface Walkable {
  readonly nodes: readonly WalkNode[];
  readonly edges: readonly WalkEdge[];
}

/**
 * @param from id of a node or an edge; `undefined` = nothing is focused yet
 * @returns the id to go to, `undefined` when there is nothing in that direction
 */
export function walk({ nodes, edges }: Walkable, from: string | undefined, arrow: Arrow): string | undefined {
  const node = nodes.find((each) => each.id === from);
  const edge = edges.find((each) => each.id === from);
  if (edge) {
    if (arrow === 'right') return edge.target;
    if (arrow === 'left') return edge.source;
    const siblings = edges.filter((each) => each.source === edge.source).sort((a, b) => a.fromY - b.fromY);
    return neighbour(siblings, edge.id, arrow);
  }
  if (!node) return startOf(nodes);
  if (arrow === 'right')
    return first(
      edges.filter((each) => each.source === from),
      (each) => each.fromY,
    );
  if (arrow === 'left')
    return first(
      edges.filter((each) => each.target === from),
      (each) => each.toY,
    );
  const column = nodes.filter((each) => each.column === node.column).sort((a, b) => a.y - b.y);
  return neighbour(column, node.id, arrow);
}

/** The highest node of the first column. */
export function startOf(nodes: readonly WalkNode[]): string | undefined {
  return [...nodes].sort((a, b) => a.column - b.column || a.y - b.y)[0]?.id;
}

function first(edges: readonly WalkEdge[], y: (edge: WalkEdge) => number): string | undefined {
  return [...edges].sort((a, b) => y(a) - y(b))[0]?.id;
}

function neighbour(list: readonly { readonly id: string }[], id: string, arrow: Arrow): string | undefined {
  const index = list.findIndex((each) => each.id === id);
  return list[index + (arrow === 'down' ? 1 : -1)]?.id;
}
