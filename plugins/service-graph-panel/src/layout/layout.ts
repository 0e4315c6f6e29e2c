/**
 * Where everything stands, left to right. It reads ids, kinds and edges only: no figure ever moves a node, and the same
 * graph in the same room looks the same on every machine.
 */
import type { NodeKind } from '../model/types';
import { type Arrangement, arrange, labelIsAbove } from './items';
import { isResource, joinRanks, ranksOf } from './layers';
import { orderColumns } from './order';
import { DENSITIES, type Density, isCrowded, pitchOf, placeItems, SLOT, sizeItems } from './place';
import { type PlacedEdge, type PlacedNode, routeEdges } from './route';
import { type Shape, SIDE_MARGIN, shapeFor, type Tier, type TierName } from './tiers';

export interface LayoutNode {
  readonly id: string;
  readonly kind: NodeKind;
  readonly hasPool: boolean;
  /** Stands for several leaves. */
  readonly folded: boolean;
}

export interface LayoutEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
}

/** Left edge and middle of a node as shares of the canvas. */
export type Positions = Readonly<Record<string, readonly [number, number]>>;

export interface LayoutInput {
  readonly nodes: readonly LayoutNode[];
  readonly edges: readonly LayoutEdge[];
  /** px */
  readonly width: number;
  /** px */
  readonly height: number;
  readonly positions: Positions;
}

export interface Layout {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly width: number;
  readonly height: number;
  readonly tier: TierName;
  readonly density: Density;
  readonly runway: number;
}

export function layOut({ width, height, positions, ...graph }: LayoutInput): Layout {
  const { shape, arrangement } = columnsFor(graph, width);
  const { tier } = shape;
  orderColumns(arrangement);
  keepRoomForLabels(arrangement);
  const density = squeeze(arrangement, tier, height);
  const pitch = pitchOf(tier, density);
  const full = placeItems(arrangement, tier, height, density);
  const columns = columnPlaces(arrangement, shape, width);
  const placed = placeNodes(arrangement, columns, { positions, width, height: full });
  const edges = routeEdges({ arrangement, nodes: placed, columns, pitch });
  const right = Math.max(0, ...placed.map((node) => node.x + node.width));
  const { name, runway } = tier;
  return {
    nodes: placed,
    edges,
    // Shares of the spare width do not add up to the last digit.
    width: Math.max(width, Math.round(right + SIDE_MARGIN)),
    height: full,
    tier: name,
    density,
    runway,
  };
}

/** Sizes everything as generously as the height allows; what still does not fit is scrolled. */
function squeeze(arrangement: Arrangement, tier: Tier, height: number): Density {
  for (const density of DENSITIES) {
    sizeItems(arrangement, tier, density);
    if (!isCrowded(arrangement, tier, height, density)) return density;
  }
  return 'tight';
}

interface Columned {
  readonly shape: Shape;
  readonly arrangement: Arrangement;
}

function columnsFor(graph: Pick<LayoutInput, 'nodes' | 'edges'>, width: number): Columned {
  const hasClients = graph.nodes.some((node) => node.kind === 'client');
  const resources = graph.nodes.some(isResource);
  const services = rankServices(graph.nodes, graph.edges);
  const shape = shapeFor(width, { clients: hasClients, services: services.count, resources });
  const clients = hasClients && shape.tier.client > 0;
  const nodes = graph.nodes
    .filter((node) => clients || node.kind !== 'client')
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const shown = new Set(nodes.map((node) => node.id));
  const edges = graph.edges
    .filter((edge) => shown.has(edge.source) && shown.has(edge.target))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const joined = joinRanks(services.ranks, edges, shape.services);
  const first = clients ? 1 : 0;
  const last = first + Math.max(0, ...joined.map((column) => column + 1));
  const columnOf = new Map<string, number>();
  for (const node of nodes) {
    const rank = services.ranks.get(node.id);
    const service = rank === undefined ? 0 : first + (joined[rank] ?? 0);
    columnOf.set(node.id, node.kind === 'client' ? 0 : isResource(node) ? last : service);
  }
  return { shape, arrangement: arrange(nodes, edges, columnOf) };
}

function rankServices(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
): { readonly ranks: Map<string, number>; readonly count: number } {
  const services = nodes.filter((node) => node.kind !== 'client');
  const ids = new Set(services.map((node) => node.id));
  const ranks = ranksOf(
    services,
    edges.filter((edge) => ids.has(edge.source) && ids.has(edge.target)),
  );
  return { ranks, count: Math.max(1, ...[...ranks.values()].map((rank) => rank + 1)) };
}

/** A call within a column, or back, has its label above its target, or below it when the caller stands below. */
function keepRoomForLabels({ columns, items, sideways }: Arrangement): void {
  for (const item of items.values()) {
    item.above = 0;
    item.below = 0;
  }
  for (const edge of sideways) {
    const target = items.get(edge.target);
    if (target === undefined) continue;
    if (labelIsAbove(columns, edge)) target.above += SLOT;
    else target.below += SLOT;
  }
}

/** A column's left edge, its width, and the runway before it. */
export interface ColumnPlace {
  readonly x: number;
  readonly width: number;
  readonly runway: number;
}

/** Width that is to spare goes to the curves. */
function columnPlaces({ columns }: Arrangement, { tier }: Shape, width: number): ColumnPlace[] {
  const widths = columns.map((column) => Math.max(10, ...column.map((item) => item.width)));
  const afterClients = (c: number) => columns[c - 1]?.every((item) => item.node?.kind === 'client') ?? false;
  const gaps = columns.map((_, c) => (c === 0 ? 0 : afterClients(c) ? tier.entry : tier.curve + tier.runway));
  const used = 2 * SIDE_MARGIN + [...widths, ...gaps].reduce((a, b) => a + b, 0);
  const stretchable = columns.filter((_, c) => c > 0 && !afterClients(c)).length;
  const spare = stretchable > 0 ? Math.max(0, width - used) / stretchable : 0;
  let x = SIDE_MARGIN;
  return columns.map((_, c) => {
    x += (gaps[c] ?? 0) + (c > 0 && !afterClients(c) ? spare : 0);
    const place = {
      x,
      width: widths[c] ?? 0,
      runway: afterClients(c) ? tier.entry - 24 : tier.runway,
    };
    x += place.width;
    return place;
  });
}

interface Canvas {
  readonly positions: Positions;
  readonly width: number;
  readonly height: number;
}

function placeNodes(
  { columns }: Arrangement,
  places: readonly ColumnPlace[],
  { positions, width, height }: Canvas,
): PlacedNode[] {
  return columns.flat().flatMap((item): PlacedNode[] => {
    if (item.node === undefined) return [];
    const own = positions[item.id];
    const node = {
      ...{ id: item.id, kind: item.node.kind, column: item.column },
      ...{ width: item.width, height: item.height },
    };
    return own
      ? [{ ...node, x: own[0] * width, y: own[1] * height, moved: true }]
      : [{ ...node, x: places[item.column]?.x ?? 0, y: item.y, moved: false }];
  });
}
