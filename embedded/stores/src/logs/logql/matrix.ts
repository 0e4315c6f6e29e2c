/** Series over the steps of a query. A step without a value is not in them. */
import type { Labels } from '../labels.js';
import type { Instant } from '../stream.js';

export interface Series {
  readonly labels: Labels;
  /** Ascending. */
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

export type Matrix = readonly Series[];

/** When a metric query is evaluated. */
export interface Steps {
  readonly start: Instant;
  readonly count: number;
  /** Of no account when there is but one. */
  readonly step_ns: number;
}

/** Points of a matrix by step. */
export interface StepPoints {
  /** Index of the series. */
  readonly series: readonly number[];
  readonly values: readonly number[];
}

export function byStep(matrix: Matrix, count: number): readonly StepPoints[] {
  const points = Array.from({ length: count }, () => ({ series: [] as number[], values: [] as number[] }));
  for (const [index, { steps, values }] of matrix.entries()) {
    for (const [position, step] of steps.entries()) {
      const at = points[step] as { series: number[]; values: number[] };
      at.series.push(index);
      at.values.push(values[position] as number);
    }
  }
  return points;
}

/** Collects points of series that come step by step. */
export class MatrixBuilder {
  readonly #series = new Map<string, { labels: Labels; steps: number[]; values: number[] }>();

  add(labels: Labels, step: number, value: number): void {
    let series = this.#series.get(labels.key);
    if (!series) {
      series = { labels, steps: [], values: [] };
      this.#series.set(labels.key, series);
    }
    series.steps.push(step);
    series.values.push(value);
  }

  build(): Matrix {
    return [...this.#series.values()];
  }
}
