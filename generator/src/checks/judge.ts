import type { Target } from '../scenario/types.js';
import type { Measured } from './measures/measure.js';
import type { TargetVerdict } from './report.js';

/**
 * Holds what was measured against the targets. What could not be measured (NaN) meets no target.
 * @param scale of the run; multiplies the ranges of the targets that scale
 * @throws {Error} for a target whose measurement nobody takes: a mistake in the scenario
 */
export function judge(
  targets: readonly Target[],
  measurements: ReadonlyMap<string, Measured>,
  scale: number,
): TargetVerdict[] {
  return targets.map(({ row, quantity, brief, unit, measurement, min, max, scales }) => {
    const measured = measurements.get(measurement);
    if (measured === undefined)
      throw new Error(`target ${row} needs "${measurement}", which nothing measures`);
    const factor = scales ? scale : 1;
    const range = {
      ...(min !== undefined && { min: min * factor }),
      ...(max !== undefined && { max: max * factor }),
    };
    const { min: least = Number.NEGATIVE_INFINITY, max: most = Number.POSITIVE_INFINITY } = range;
    const met = measured.low >= least && measured.high <= most;
    return { row, quantity, brief, unit, ...range, measured, met };
  });
}
