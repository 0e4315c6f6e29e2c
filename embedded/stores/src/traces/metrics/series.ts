/** Series of values over the slots of a query's time. */
import type { Value } from '../value.js';

export type Label = readonly [name: string, value: Value];

export interface Series {
  readonly labels: readonly Label[];
  /** By slot; NaN where there is none. */
  readonly values: Float64Array;
  readonly exemplars: readonly Exemplar[];
}

export interface Exemplar {
  readonly labels: readonly Label[];
  /** NaN: the series' own value at that time. */
  readonly value: number;
  readonly timestamp_ms: number;
}
