/** Sizes, and where in its column each node stands: pulled to the middle of its neighbours, never over another. */
import type { Arrangement, Item } from './items';
import { isResource } from './layers';
import type { Tier, TierName } from './tiers';

/** Height of a label of a call within a column. */
export const SLOT = 44;
const PASSAGE_HEIGHT = 10;
const PASSES = 24;
/** px between edges that arrive at one node; `undefined` = the tier's own */
const PITCH: Readonly<Record<Density, number | undefined>> = {
  roomy: undefined,
  close: 41,
  dense: 25,
  tight: 21,
};

/**
 * How much is squeezed in: `roomy`, `close` (lower nodes), `dense` (one row of label at an edge, too), or `tight` (two rows
 * of text in a node).
 */
export type Density = 'roomy' | 'close' | 'dense' | 'tight';
export const DENSITIES: readonly Density[] = ['roomy', 'close', 'dense', 'tight'];

/** Whether an edge has its figures in one row. */
export function hasOneRow(density: Density): boolean {
  return density === 'dense' || density === 'tight';
}

export function pitchOf(tier: Tier, density: Density): number {
  return PITCH[density] ?? tier.pitch;
}

export function sizeItems(arrangement: Arrangement, tier: Tier, density: Density): void {
  const incoming = new Map<string, number>();
  for (const { edge } of arrangement.forward) incoming.set(edge.target, (incoming.get(edge.target) ?? 0) + 1);
  for (const item of arrangement.columns.flat()) {
    const { node } = item;
    if (node === undefined) {
      item.height = PASSAGE_HEIGHT;
      continue;
    }
    item.width = node.kind === 'client' ? tier.client : isResource(node) ? tier.resource : tier.service;
    const callers = incoming.get(node.id) ?? 0;
    item.height = Math.max(heightOf(item, tier, density), callers * pitchOf(tier, density) + 8);
  }
}

/** px by kind: with a pool, clients, anything else; a lid comes on top of the latter at a database. */
function heightOf({ node }: Item, { name }: Tier, density: Density): number {
  const [withPool, clients, other] = heightsOf(name, density);
  if (node?.hasPool) return withPool;
  if (node?.kind === 'client') return clients;
  return other + (node?.kind === 'database' ? 24 : 0);
}

function heightsOf(tier: TierName, density: Density): readonly [number, number, number] {
  if (density === 'tight') return [92, 40, 34];
  const low = density !== 'roomy';
  if (tier === 'wide') return [224, 64, low ? 43 : 66];
  // Names may take two lines there.
  if (tier === 'slim') return [218, 64, low ? 74 : 84];
  return [218, 64, low ? 58 : 76];
}

/** px, at least, between two nodes */
function leastGap(density: Density): number {
  return { roomy: 14, close: 8, dense: 8, tight: 4 }[density];
}

function marginIn(tier: Tier, density: Density): number {
  return density === 'tight' ? 6 : tier.margin;
}

/** Whether the columns are higher than the room there is. */
export function isCrowded({ columns }: Arrangement, tier: Tier, height: number, density: Density): boolean {
  const gap = (item: Item) => (item.node ? leastGap(density) : Math.min(8, leastGap(density)));
  const total = (column: Item[]) =>
    column.reduce((sum, item) => sum + extent(item) + gap(item), 2 * marginIn(tier, density));
  return columns.some((column) => total(column) > height);
}

/**
 * Gives every item its y.
 * @returns the height that is needed, at least the given one
 */
export function placeItems({ columns }: Arrangement, tier: Tier, height: number, density: Density): number {
  const margin = marginIn(tier, density);
  const least = (item: Item) => (item.node ? leastGap(density) : Math.min(8, leastGap(density)));
  const needs = columns.map((column) => column.reduce((sum, item) => sum + extent(item) + least(item), 0));
  const full = Math.max(height, ...needs.map((need) => need + 2 * margin));
  for (const column of columns) spread(column, { full, margin, density });
  for (let pass = 0; pass < PASSES; pass++) {
    const forwards = pass % 2 === 0;
    for (const column of forwards ? columns : [...columns].reverse()) {
      for (const item of column) pull(item, forwards ? item.before : item.after);
      for (let i = 0; i < 2; i++) keepApart(column, { full, margin, density });
    }
  }
  centre(columns.flat(), full);
  return full;
}

function extent({ height, above, below }: Item): number {
  return height + above + below;
}

function top({ y, height, above }: Item): number {
  return y - height / 2 - above;
}

function bottom({ y, height, below }: Item): number {
  return y + height / 2 + below;
}

/** The even gap of a column in the room there is. */
function gapIn(column: readonly Item[], { full, margin, density }: Room): number {
  const used = column.reduce((sum, item) => sum + extent(item), 0);
  const even = (full - 2 * margin - used) / Math.max(1, column.length - 1);
  return Math.min(64, Math.max(Math.min(8, leastGap(density)), even));
}

function spread(column: readonly Item[], room: Room): void {
  const { full } = room;
  const gap = gapIn(column, room);
  let y = (full - column.reduce((sum, item) => sum + extent(item) + gap, -gap)) / 2;
  for (const item of column) {
    item.y = y + item.above + item.height / 2;
    y += extent(item) + gap;
  }
}

function pull(item: Item, neighbours: readonly Item[]): void {
  if (neighbours.length === 0) return;
  const mean = neighbours.reduce((sum, each) => sum + each.y, 0) / neighbours.length;
  item.y = (item.y + mean) / 2;
}

interface Room {
  readonly full: number;
  /** px, free above and below */
  readonly margin: number;
  readonly density: Density;
}

/** Pushes down from the top, then up from the bottom. */
function keepApart(column: readonly Item[], room: Room): void {
  const { full, margin, density } = room;
  const even = Math.min(34, gapIn(column, room));
  const gap = (a: Item, b: Item) => {
    if (!a.node && !b.node) return 10;
    return a.node && b.node ? even : density === 'roomy' ? 12 : Math.min(8, leastGap(density));
  };
  let limit = margin;
  for (const [i, item] of column.entries()) {
    const previous = column[i - 1];
    if (previous) limit = bottom(previous) + gap(previous, item);
    item.y += Math.max(0, limit - top(item));
  }
  limit = full - margin;
  for (const [i, item] of [...column.entries()].reverse()) {
    const next = column[i + 1];
    if (next) limit = top(next) - gap(item, next);
    item.y -= Math.max(0, bottom(item) - limit);
  }
}

function centre(items: readonly Item[], full: number): void {
  if (items.length === 0) return;
  const middle = (Math.min(...items.map(top)) + Math.max(...items.map(bottom))) / 2;
  for (const item of items) item.y += full / 2 - middle;
}
