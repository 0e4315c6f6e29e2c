/** What a check of a run found. */
import type { LawVerdict } from './laws/law.js';
import type { Measured } from './measures/measure.js';

export interface TargetVerdict {
  readonly row: number;
  readonly quantity: string;
  /** What the brief asks for, in its words. */
  readonly brief: string;
  readonly unit: string;
  /** The accepted range, scaled as the run was. */
  readonly min?: number;
  readonly max?: number;
  readonly measured: Measured;
  readonly met: boolean;
}

export interface CheckReport {
  readonly run: { readonly scenario: string; readonly seed: number; readonly scale: number };
  readonly targets: readonly TargetVerdict[];
  readonly laws: readonly LawVerdict[];
  /** Whether all targets are met and all laws hold. */
  readonly passed: boolean;
}
