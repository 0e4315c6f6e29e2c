/** What the model has to know of the panel's options, parsed. */
import type { NodeKind, Threshold } from './types';

export type Compare = 'start' | 'previous' | 'off';

export interface ModelOptions {
  /** Window of the figures, s. */
  readonly figuresOver_s: number;
  readonly compare: Compare;
  /** Length of the window at the start of the range that figures are compared with, s. */
  readonly compareOver_s: number;
  /** Share of failed calls. */
  readonly errorShare: number;
  /** P95 of calls to services and databases, s; 0 = none. */
  readonly latency_s: number;
  /** Latency budgets by the name of the called node, s; an outside service has none but these. */
  readonly budgets_s: ReadonlyMap<string, number>;
  /** Share of a pool's connections in use. */
  readonly poolShare: number;
  /** Requests waiting for a connection; 0 = none. */
  readonly poolQueue: number;
  readonly clients: RegExp;
  readonly databases: RegExp;
  readonly externals: RegExp;
  readonly displayNames: ReadonlyMap<string, string>;
  readonly hidden: ReadonlySet<string>;
}

/** The threshold that holds for calls to a node. */
export function thresholdOf(id: string, kind: NodeKind, options: ModelOptions): Threshold {
  const budget_s = options.budgets_s.get(id);
  const general_s = kind === 'external' || options.latency_s <= 0 ? null : options.latency_s;
  return { errors: options.errorShare, latency_s: budget_s ?? general_s };
}
