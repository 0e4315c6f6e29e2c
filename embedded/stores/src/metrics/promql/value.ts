/** What expressions evaluate to, at all steps of a query at once. */
import type { Labels } from '../labels.js';

/** The instants of an evaluation: `start_ms`, and so on by `step_ms`, `count` in all. */
export interface Grid {
  readonly start_ms: number;
  readonly step_ms: number;
  readonly count: number;
}

/** One series of an instant vector. Nothing of it is changed once it is made: others may hold the same arrays. */
export interface VectorSeries {
  readonly labels: Labels;
  /** With delayed name removal: whether the name is to be dropped from the result. */
  readonly dropName: boolean;
  /** By step; without meaning where `present` is 0. */
  readonly values: Float64Array;
  readonly present: Uint8Array;
}

export interface Scalar {
  readonly kind: 'scalar';
  readonly values: Float64Array;
}

export interface Vector {
  readonly kind: 'vector';
  /** In the order of the engine, which counts for instants: there a vector is not sorted by labels. */
  readonly series: readonly VectorSeries[];
}

export interface Text {
  readonly kind: 'string';
  readonly value: string;
}

/** One series of a range vector: samples, not steps. */
export interface RangeSeries {
  readonly labels: Labels;
  readonly dropName: boolean;
  /** Ascending. */
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** Which samples belong to a step: those of `range_ms` up to the step's time, or to `at_ms`, less `offset_ms`. */
export interface Window {
  readonly range_ms: number;
  readonly offset_ms: number;
  readonly at_ms: number | undefined;
}

export interface Matrix {
  readonly kind: 'matrix';
  /** With samples outside of the window too. */
  readonly series: readonly RangeSeries[];
  readonly window: Window;
}

export type Value = Scalar | Vector | Text | Matrix;

export function newSeries(labels: Labels, dropName: boolean, count: number): VectorSeries {
  return { labels, dropName, values: new Float64Array(count), present: new Uint8Array(count) };
}

export function isEmpty({ present }: VectorSeries): boolean {
  return !present.includes(1);
}

export function timeOf({ start_ms, step_ms }: Grid, step: number): number {
  return start_ms + step * step_ms;
}

/** The right end of a step's window. */
export function windowEnd({ offset_ms, at_ms }: Omit<Window, 'range_ms'>, grid: Grid, step: number): number {
  return (at_ms ?? timeOf(grid, step)) - offset_ms;
}

export function lastTime(grid: Grid): number {
  return timeOf(grid, grid.count - 1);
}
