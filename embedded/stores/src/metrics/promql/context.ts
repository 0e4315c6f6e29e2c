/** What one query carries along while it is evaluated. */

import type { Budget } from '../../query/budget.js';
import { QueryError } from '../../query/query-error.js';
import type { Labels } from '../labels.js';
import type { Matcher } from '../matcher.js';
import type { Semantics } from '../semantics.js';
import type { Series } from '../series.js';
import { Annotations } from './annotations.js';
import { type Grid, newSeries, type Scalar, type Value, type VectorSeries } from './value.js';

/** What selectors read: a store, or what looks like one. */
export interface SeriesSource {
  readonly select: (matchers: readonly Matcher[]) => readonly Series[];
}

export interface QueryOptions {
  readonly source: SeriesSource;
  readonly semantics: Semantics;
  readonly budget: Budget;
  /** How old a sample may be that stands for an instant. */
  readonly lookback_ms: number;
}

export const LOOKBACK_MS = 5 * 60_000;
/** `global.evaluation_interval`, by default: the resolution of subqueries without one. */
export const DEFAULT_SUBQUERY_STEP_MS = 60_000;

/** Between two looks at whether others should have their turn, in samples. */
const SAMPLES_BETWEEN_BREATHS = 50_000;

export class Context {
  readonly source: SeriesSource;
  readonly semantics: Semantics;
  readonly budget: Budget;
  readonly lookback_ms: number;
  /** Of the whole query, whatever part of it is evaluated: `@ start()` and `@ end()`. */
  readonly start_ms: number;
  readonly end_ms: number;
  readonly annotations: Annotations;
  #samples = 0;
  #held = 0;

  constructor(options: QueryOptions, text: string, start_ms: number, end_ms: number) {
    this.source = options.source;
    this.semantics = options.semantics;
    this.budget = options.budget;
    this.lookback_ms = options.lookback_ms;
    this.start_ms = start_ms;
    this.end_ms = end_ms;
    this.annotations = new Annotations(text, options.semantics.annotations);
  }

  /** Counts work that has been done; now and then others have their turn. */
  async worked(samples: number): Promise<void> {
    this.budget.spend(samples);
    this.#samples += samples;
    if (this.#samples < SAMPLES_BETWEEN_BREATHS) return;
    this.#samples = 0;
    await this.budget.breathe();
  }

  /** Room for a series of a result, counted against the budget. */
  newSeries(labels: Labels, dropName: boolean, { count }: Grid): VectorSeries {
    this.#hold(count);
    return newSeries(labels, dropName, count);
  }

  newScalar({ count }: Grid): Scalar {
    this.#hold(count);
    return { kind: 'scalar', values: new Float64Array(count) };
  }

  /** What remains of a series' labels after a function that makes something else of its values. */
  withoutName(labels: Labels): Labels {
    return this.semantics.delayedNameRemoval ? labels : labels.withoutMetadata();
  }

  /** How many values are held; for `settle`. */
  get held(): number {
    return this.#held;
  }

  /** Of what was held since then, no more than this result is needed any longer. */
  settle(before: number, result: Value): void {
    const needed = before + sizeOf(result);
    if (needed < this.#held) this.#hold(needed - this.#held);
  }

  #hold(values: number): void {
    this.budget.hold(values);
    this.#held += values;
  }
}

function sizeOf(value: Value): number {
  if (value.kind === 'scalar') return value.values.length;
  if (value.kind === 'string') return 0;
  return (value.series as readonly { readonly values: Float64Array }[]).reduce(
    (sum, { values }) => sum + values.length,
    0,
  );
}

export function sameLabels(): QueryError {
  return new QueryError('execution', 'vector cannot contain metrics with the same labelset');
}
