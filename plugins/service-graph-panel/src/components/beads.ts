/** Calls in flight as countable beads: one scale for all edges, so that they compare by eye. */
import type { GraphEdge } from '../model/types';

export const BEAD_PITCH = 6.2;
export const BEAD_ROW = 5.6;
const SCALES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

export function beadsPerRow(runway: number): number {
  return Math.max(1, Math.floor((runway - 16) / BEAD_PITCH));
}

/** How many calls one bead stands for: the fewest with which the fullest edge fits between the labels. */
export function beadScale(edges: readonly GraphEdge[], runway: number, rows: number): number {
  const most = Math.max(0, ...edges.map(({ now }) => now.inFlight ?? 0));
  const room = beadsPerRow(runway) * rows;
  return SCALES.find((scale) => Math.round(most / scale) <= room) ?? Math.ceil(most / room);
}
