/** Edges as lines: where they leave, where they arrive, and the place of their label. */
import type { NodeKind } from '../model/types';
import { type Arrangement, type Item, labelIsAbove } from './items';
import type { ColumnPlace } from './layout';
import { SLOT } from './place';

export interface PlacedNode {
  readonly id: string;
  readonly kind: NodeKind;
  readonly column: number;
  /** px, the left edge */
  readonly x: number;
  /** px, the middle */
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Stands where somebody put it. */
  readonly moved: boolean;
}

export interface PlacedEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** An SVG path, arrow head not included. */
  readonly path: string;
  readonly tip: {
    readonly x: number;
    readonly y: number;
    readonly towards: 'right' | 'left' | 'down' | 'up';
  };
  readonly fromY: number;
  readonly toY: number;
  /** The label's line: text above and below y, from x0 to x1. */
  readonly label: { readonly x0: number; readonly x1: number; readonly y: number };
  /** The label lies on the edge's own straight end. */
  readonly onRunway: boolean;
}

export interface RouteInput {
  readonly arrangement: Arrangement;
  readonly nodes: readonly PlacedNode[];
  readonly columns: readonly ColumnPlace[];
  /** px between edges that arrive at one node */
  readonly pitch: number;
}

const PORT_STEP = 13;
const SPARE_PITCH = 12;
const TIP = 9;
const SHORTEST_CURVE = 12;

export function routeEdges({ arrangement, nodes, columns, pitch }: RouteInput): PlacedEdge[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const { forward, sideways } = arrangement;
  const leaving = portsOf(
    nodes,
    (id) => {
      const own = forward.filter(({ edge }) => edge.source === id);
      return own.map(({ edge, via }) => ({ id: edge.id, y: via[0]?.y ?? byId.get(edge.target)?.y ?? 0 }));
    },
    (node, count) => Math.min(PORT_STEP, (node.height - 20) / Math.max(1, count)),
  );
  const arriving = portsOf(
    nodes,
    (id) => {
      const own = forward.filter(({ edge }) => edge.target === id);
      return own.map(({ edge, via }) => ({ id: edge.id, y: via.at(-1)?.y ?? byId.get(edge.source)?.y ?? 0 }));
    },
    // A node that is high anyway leaves its callers' labels more room.
    (node, count) => Math.min(pitch + SPARE_PITCH, (node.height - 8) / Math.max(1, count)),
  );

  const routed = forward.flatMap(({ edge, via }) => {
    const [source, target] = [byId.get(edge.source), byId.get(edge.target)];
    if (!source || !target) return [];
    const ends = { fromY: leaving.get(edge.id) ?? source.y, toY: arriving.get(edge.id) ?? target.y };
    return [{ ...edge, ...ends, ...runwayEdge({ source, target, via, columns, ...ends }) }];
  });
  return [...routed, ...sidewaysEdges(arrangement, byId, sideways)];
}

interface Port {
  readonly id: string;
  /** Where the edge comes from or goes to. */
  readonly y: number;
}

/** Ports sorted by the far end, so that a node's edges do not cross at the node. */
function portsOf(
  nodes: readonly PlacedNode[],
  edgesOf: (id: string) => readonly Port[],
  stepOf: (node: PlacedNode, count: number) => number,
): Map<string, number> {
  const ports = new Map<string, number>();
  for (const node of nodes) {
    const edges = [...edgesOf(node.id)].sort((a, b) => a.y - b.y || (a.id < b.id ? -1 : 1));
    const step = stepOf(node, edges.length);
    for (const [i, { id }] of edges.entries()) ports.set(id, node.y + (i - (edges.length - 1) / 2) * step);
  }
  return ports;
}

interface Ends {
  readonly source: PlacedNode;
  readonly target: PlacedNode;
  readonly via: readonly Item[];
  readonly columns: readonly ColumnPlace[];
  readonly fromY: number;
  readonly toY: number;
}

type Line = Pick<PlacedEdge, 'path' | 'tip' | 'label' | 'onRunway'>;

/** An S-curve, then the straight runway into the target's left side; long edges pass straight through the columns between. */
function runwayEdge({ source, target, via, columns, fromY, toY }: Ends): Line {
  let x = source.x + source.width;
  let y = fromY;
  let path = `M${n(x)} ${n(y)}`;
  for (const item of via) {
    const column = columns[item.column];
    if (column === undefined) continue;
    const straight = Math.max(x + SHORTEST_CURVE, column.x - column.runway);
    const middle = (x + straight) / 2;
    path += `C${n(middle)} ${n(y)} ${n(middle)} ${n(item.y)} ${n(straight)} ${n(item.y)}`;
    x = column.x + column.width + 4;
    y = item.y;
    path += `L${n(x)} ${n(y)}`;
  }
  const runway = columns[target.column]?.runway ?? 0;
  const start = Math.max(x + SHORTEST_CURVE, target.x - runway);
  const bend = Math.max(14, (start - x) / 2);
  path += `C${n(x + bend)} ${n(y)} ${n(start - bend)} ${n(toY)} ${n(start)} ${n(toY)}L${n(target.x - TIP)} ${n(toY)}`;
  return {
    path,
    tip: { x: target.x - 3, y: toY, towards: 'right' },
    label: { x0: start, x1: target.x - 3, y: toY },
    onRunway: true,
  };
}

function sidewaysEdges(
  { columns, items }: Arrangement,
  byId: ReadonlyMap<string, PlacedNode>,
  edges: Arrangement['sideways'],
): PlacedEdge[] {
  const slots = new Map<string, number>();
  return edges.flatMap((edge) => {
    const [source, target] = [byId.get(edge.source), byId.get(edge.target)];
    if (!source || !target) return [];
    const above = labelIsAbove(columns, edge);
    const key = `${target.id} ${above}`;
    const slot = slots.get(key) ?? 0;
    slots.set(key, slot + 1);
    const column = columns[items.get(target.id)?.column ?? 0] ?? [];
    const distance =
      column.findIndex(({ id }) => id === source.id) - column.findIndex(({ id }) => id === target.id);
    const beside = slot === 0 && Math.abs(distance) === 1 && source.column === target.column;
    const direction = above ? -1 : 1;
    const labelY = target.y + direction * (target.height / 2 + SLOT * (slot + 0.5));
    const label = { x0: target.x + (beside ? 26 : 4), x1: target.x + target.width, y: labelY };
    const line = beside ? straightDown(source, target, above) : around(source, target, above);
    return [{ ...edge, ...line, label, onRunway: false }];
  });
}

type SideLine = Pick<PlacedEdge, 'path' | 'tip' | 'fromY' | 'toY'>;

/** From the caller's bottom to the top of the node right under it, or the other way round. */
function straightDown(source: PlacedNode, target: PlacedNode, down: boolean): SideLine {
  const sign = down ? 1 : -1;
  const fromY = source.y + (sign * source.height) / 2;
  const toY = target.y - (sign * target.height) / 2;
  const [from, to] = [source.x + 16, target.x + 16];
  const bend = (toY - fromY) / 2;
  return {
    path: `M${n(from)} ${n(fromY)}C${n(from)} ${n(fromY + bend)} ${n(to)} ${n(toY - bend)} ${n(to)} ${n(toY - sign * TIP)}`,
    tip: { x: to, y: toY - sign * 2, towards: down ? 'down' : 'up' },
    fromY,
    toY,
  };
}

/** A bow on the right-hand side, into the target's right side next to its label. */
function around(source: PlacedNode, target: PlacedNode, above: boolean): SideLine {
  const toY = target.y + (above ? -1 : 1) * (target.height / 2 - 12);
  const right = target.x + target.width;
  const back = source.column > target.column;
  const fromX = back ? source.x : source.x + source.width;
  const fromY = source.y + (source.id === target.id ? 0 : (above ? 1 : -1) * (source.height / 2 - 10));
  const bow = Math.max(source.x + source.width, right) + 34;
  const control = back ? [fromX - 60, right + 60] : [bow, bow];
  return {
    path: `M${n(fromX)} ${n(fromY)}C${n(control[0] ?? 0)} ${n(fromY)} ${n(control[1] ?? 0)} ${n(toY)} ${n(right + TIP)} ${n(toY)}`,
    tip: { x: right + 3, y: toY, towards: 'left' },
    fromY,
    toY,
  };
}

/** Tenths of a px are enough, and keep the markup short. */
function n(value: number): number {
  return Math.round(value * 10) / 10;
}
