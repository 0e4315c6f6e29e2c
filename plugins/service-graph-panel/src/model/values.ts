/** Arithmetic on values over time that may be unknown. */
import type { Values } from './types';

interface Timed {
  readonly times: readonly number[];
  readonly values: Values;
}

/** All times of all lists, ascending. */
export function unionOf(all: readonly (readonly number[])[]): number[] {
  return [...new Set(all.flat())].sort((a, b) => a - b);
}

/** Values moved to other times; `null` where there is no point. */
export function valuesAt(times: readonly number[], own: readonly number[], values: Values): Values {
  const byTime = new Map(own.map((time, i) => [time, values[i] ?? null]));
  return times.map((time) => byTime.get(time) ?? null);
}

/** The sum of several series; `null` without any. */
export function sumAt(times: readonly number[], series: readonly Timed[]): Values | null {
  if (series.length === 0) return null;
  return addValues(series.map((each) => valuesAt(times, each.times, each.values)));
}

/** The highest of several series at each time. */
export function worstAt(times: readonly number[], series: readonly Timed[]): Values {
  const all = series.map((each) => valuesAt(times, each.times, each.values));
  return times.map((_, i) => {
    const known = all.map((values) => values[i]).filter(isNumber);
    return known.length > 0 ? Math.max(...known) : null;
  });
}

/** Sums point by point; what is not known counts only where something is known. */
export function addValues(all: readonly Values[]): Values {
  return (all[0] ?? []).map((_, i) => {
    const known = all.map((values) => values[i]).filter(isNumber);
    return known.length > 0 ? known.reduce((a, b) => a + b, 0) : null;
  });
}

/** The mean of the known values at the given indexes. */
export function meanAt(values: Values, points: readonly number[]): number | null {
  const known = points.map((i) => values[i]).filter(isNumber);
  return known.length > 0 ? known.reduce((a, b) => a + b, 0) / known.length : null;
}

/** The mean weighted by another list, or the plain one where the weights say nothing. */
export function weightedMeanAt(values: Values, weights: Values, points: readonly number[]): number | null {
  const known = points.filter((i) => isNumber(values[i]));
  const weight = known.reduce((sum, i) => sum + (weights[i] ?? 0), 0);
  if (weight <= 0) return meanAt(values, known);
  return known.reduce((sum, i) => sum + (values[i] ?? 0) * (weights[i] ?? 0), 0) / weight;
}

export function total(values: Values): number {
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}

export function isNumber(value: number | null | undefined): value is number {
  return value !== null && value !== undefined;
}
