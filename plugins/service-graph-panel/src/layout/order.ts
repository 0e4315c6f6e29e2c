/** The order within the columns that crosses the fewest edges. Ties keep the first one found, so it never depends on luck. */
import { type Arrangement, compare, type Item } from './items';

const SWEEPS = 16;

/** Sorts the columns in place. */
export function orderColumns(arrangement: Arrangement): void {
  const { columns } = arrangement;
  let best = { cost: costOf(arrangement), columns: columns.map((column) => [...column]) };
  const consider = () => {
    const cost = costOf(arrangement);
    if (cost < best.cost) best = { cost, columns: columns.map((column) => [...column]) };
  };
  for (const direction of [1, -1] as const) {
    for (const column of columns) column.sort((a, b) => compare(a, b, direction));
    consider();
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      sweepColumns(columns, sweep % 2 === 1);
      consider();
    }
  }
  restore(columns, best.columns);
  swapNeighbours(arrangement);
}

function restore(columns: Item[][], kept: readonly (readonly Item[])[]): void {
  for (const [c, column] of columns.entries()) column.splice(0, column.length, ...(kept[c] ?? []));
}

/** Sorts each column by the mean place of its neighbours in the column before (or after) it. */
function sweepColumns(columns: readonly Item[][], forwards: boolean): void {
  const places = placesOf(columns);
  for (const column of forwards ? columns : [...columns].reverse()) {
    const pull = new Map(column.map((item) => [item, pullOf(item, forwards, places)]));
    const by = (item: Item) => pull.get(item) ?? 0;
    column.sort((a, b) => by(a) - by(b) || place(places, a) - place(places, b) || (a.id < b.id ? -1 : 1));
    for (const [item, at] of placesOf([column])) places.set(item, at);
  }
}

function pullOf(item: Item, forwards: boolean, places: ReadonlyMap<Item, number>): number {
  const neighbours = forwards ? item.before : item.after;
  if (neighbours.length === 0) return place(places, item);
  return neighbours.reduce((sum, each) => sum + place(places, each), 0) / neighbours.length;
}

/** Each item's place in its column, 0 to 1. */
function placesOf(columns: readonly (readonly Item[])[]): Map<Item, number> {
  return new Map(
    columns.flatMap((column) => column.map((item, i) => [item, i / Math.max(1, column.length - 1)] as const)),
  );
}

function place(places: ReadonlyMap<Item, number>, item: Item): number {
  return places.get(item) ?? 0;
}

/** Tries to swap neighbours until no swap helps; each one that is kept lowers the cost, so this ends. */
function swapNeighbours(arrangement: Arrangement): void {
  let cost = costOf(arrangement);
  for (let improved = true; improved; ) {
    improved = false;
    for (const column of arrangement.columns) {
      for (let i = 0; i + 1 < column.length; i++) {
        swap(column, i);
        const next = costOf(arrangement);
        if (next < cost) {
          cost = next;
          improved = true;
        } else swap(column, i);
      }
    }
  }
}

function swap(column: Item[], i: number): void {
  const [a, b] = [column[i], column[i + 1]];
  if (a === undefined || b === undefined) return;
  column[i] = b;
  column[i + 1] = a;
}

/** Crossings, and for each call within a column the nodes that lie between or a target above its caller. */
function costOf({ columns, items, sideways }: Arrangement): number {
  const index = new Map(columns.flatMap((column) => column.map((item, i) => [item, i] as const)));
  const at = (item: Item | undefined) => (item === undefined ? 0 : (index.get(item) ?? 0));
  let cost = 0;
  for (const column of columns) {
    const lines = column.flatMap((item) => item.after.map((next) => [at(item), at(next)] as const));
    for (const [i, a] of lines.entries())
      for (const b of lines.slice(i + 1)) if ((a[0] - b[0]) * (a[1] - b[1]) < 0) cost++;
  }
  for (const { source, target } of sideways) {
    const [from, to] = [items.get(source), items.get(target)];
    if (from?.column !== to?.column || from === to) continue;
    const distance = at(to) - at(from);
    cost += (Math.abs(distance) - 1) * 2 + (distance < 0 ? 0.5 : 0);
  }
  return cost;
}
