/** What stands in the columns while they are ordered: nodes, and a place for each long edge that passes through. */
import type { LayoutEdge, LayoutNode } from './layout';

export interface Item {
  readonly id: string;
  readonly column: number;
  /** `undefined` for the place of a passing edge. */
  readonly node: LayoutNode | undefined;
  /** Neighbours in the columns before and after. */
  readonly before: Item[];
  readonly after: Item[];
  /** px; room kept free above and below for the labels of calls within the column */
  above: number;
  below: number;
  width: number;
  height: number;
  /** px, the middle */
  y: number;
}

export interface Arrangement {
  readonly columns: Item[][];
  readonly items: ReadonlyMap<string, Item>;
  /** Edges to a later column, with the places that they pass through. */
  readonly forward: readonly { readonly edge: LayoutEdge; readonly via: readonly Item[] }[];
  /** Edges within a column or back to an earlier one. */
  readonly sideways: readonly LayoutEdge[];
}

const KIND_ORDER = { client: 0, database: 1, service: 2, external: 3 } as const;

/** @param columnOf column by node, 0 to count-1 */
export function arrange(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  columnOf: ReadonlyMap<string, number>,
): Arrangement {
  const count = Math.max(0, ...columnOf.values()) + 1;
  const columns: Item[][] = Array.from({ length: count }, () => []);
  const items = new Map<string, Item>();
  const add = (id: string, column: number, node?: LayoutNode): Item => {
    const size = { above: 0, below: 0, width: 0, height: 0, y: 0 };
    const item: Item = { id, column, node, before: [], after: [], ...size };
    columns[column]?.push(item);
    return item;
  };
  for (const node of nodes) items.set(node.id, add(node.id, columnOf.get(node.id) ?? 0, node));

  const forward: { edge: LayoutEdge; via: Item[] }[] = [];
  const sideways: LayoutEdge[] = [];
  for (const edge of edges) {
    const source = items.get(edge.source);
    const target = items.get(edge.target);
    if (source === undefined || target === undefined) continue;
    if (source.column >= target.column) {
      sideways.push(edge);
      continue;
    }
    const via: Item[] = [];
    for (let c = source.column + 1; c < target.column; c++) via.push(add(`${edge.id}@${c}`, c));
    const chain = [source, ...via, target];
    for (const [i, item] of chain.entries()) {
      const next = chain[i + 1];
      if (next === undefined) continue;
      item.after.push(next);
      next.before.push(item);
    }
    forward.push({ edge, via });
  }
  for (const column of columns) column.sort((a, b) => compare(a, b, 1));
  return { columns, items, forward, sideways };
}

/** Order of kinds, then of names, upwards (1) or downwards (-1). */
export function compare(a: Item, b: Item, direction: 1 | -1): number {
  const kind = (item: Item) => KIND_ORDER[item.node?.kind ?? 'service'];
  return kind(a) - kind(b) || (a.id < b.id ? -direction : direction);
}

/** Whether the label of a call within a column stands above its target: the caller does, too. */
export function labelIsAbove(columns: Arrangement['columns'], { source, target }: LayoutEdge): boolean {
  const column = columns.find((each) => each.some((item) => item.id === target)) ?? [];
  const from = column.findIndex((item) => item.id === source);
  return from >= 0 && from <= column.findIndex((item) => item.id === target);
}
