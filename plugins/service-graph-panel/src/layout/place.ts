/** Sizes, and where in its column each node stands: pulled to the middle of its neighbours, never over another. */
import type { Arrangement, Item } from './items';
import { isResource } from './layers';
import type { Tier } from './tiers';

/** Height of a label of a call within a column. */
export const SLOT = 44;
const PASSAGE_HEIGHT = 10;
const PASSES = 24;
const DENSE_PITCH = 25;

/** How much is squeezed in: `roomy`, `close` (lower nodes), or `dense` (one row of label at an edge, too). */
export type Density = 'roomy' | 'close' | 'dense';
export const DENSITIES: readonly Density[] = ['roomy', 'close', 'dense'];

/** px between edges that arrive at one node */
export function pitchOf(tier: Tier, density: Density): number {
  return density === 'dense' ? DENSE_PITCH : tier.pitch;
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

function heightOf({ node }: Item, { name }: Tier, density: Density): number {
  const wide = name === 'wide';
  const low = density !== 'roomy';
  if (node?.hasPool) return wide ? 224 : 228;
  if (node?.kind === 'client') return 64;
  const cap = node?.kind === 'database' ? 24 : 0;
  if (wide) return (low ? 43 : 66) + cap;
  if (name === 'narrow') return (low ? 74 : 84) + cap;
  return (low ? 58 : 76) + cap;
}

/** Whether the columns are higher than the room there is. */
export function isCrowded({ columns }: Arrangement, tier: Tier, height: number, density: Density): boolean {
  const gap = (item: Item) => (item.node && density === 'roomy' ? 14 : 8);
  const total = (column: Item[]) =>
    column.reduce((sum, item) => sum + extent(item) + gap(item), 2 * tier.margin);
  return columns.some((column) => total(column) > height);
}

/**
 * Gives every item its y.
 * @returns the height that is needed, at least the given one
 */
export function placeItems({ columns }: Arrangement, tier: Tier, height: number, density: Density): number {
  const least = (item: Item) => (item.node && density === 'roomy' ? 14 : 8);
  const needs = columns.map((column) => column.reduce((sum, item) => sum + extent(item) + least(item), 0));
  const full = Math.max(height, ...needs.map((need) => need + 2 * tier.margin));
  for (const column of columns) spread(column, full, tier);
  for (let pass = 0; pass < PASSES; pass++) {
    const forwards = pass % 2 === 0;
    for (const column of forwards ? columns : [...columns].reverse()) {
      for (const item of column) pull(item, forwards ? item.before : item.after);
      for (let i = 0; i < 2; i++) keepApart(column, { full, tier, density });
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
function gapIn(column: readonly Item[], full: number, tier: Tier): number {
  const used = column.reduce((sum, item) => sum + extent(item), 0);
  return Math.min(64, Math.max(8, (full - 2 * tier.margin - used) / (column.length + 1)));
}

function spread(column: readonly Item[], full: number, tier: Tier): void {
  const gap = gapIn(column, full, tier);
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
  readonly tier: Tier;
  readonly density: Density;
}

/** Pushes down from the top, then up from the bottom. */
function keepApart(column: readonly Item[], { full, tier, density }: Room): void {
  const even = Math.min(34, gapIn(column, full, tier));
  const gap = (a: Item, b: Item) => {
    if (!a.node && !b.node) return 10;
    return a.node && b.node ? even : density === 'roomy' ? 12 : 8;
  };
  let limit = tier.margin;
  for (const [i, item] of column.entries()) {
    const previous = column[i - 1];
    if (previous) limit = bottom(previous) + gap(previous, item);
    item.y += Math.max(0, limit - top(item));
  }
  limit = full - tier.margin;
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
