/** Series that came to have the same labels, and which labels a result has in the end. */
import { sameLabels } from './context.js';
import type { VectorSeries } from './value.js';

/**
 * One series for each set of labels: of those with the same labels, each has the steps that the others have not.
 * @throws {QueryError} when two of them have the same step
 */
export function mergeSameLabels(series: readonly VectorSeries[]): readonly VectorSeries[] {
  if (!hasSameLabels(series)) return series;
  const byKey = new Map<string, VectorSeries>();
  for (const one of series) {
    const known = byKey.get(one.labels.key);
    byKey.set(one.labels.key, known ? join(known, one) : one);
  }
  return [...byKey.values()];
}

export function hasSameLabels(series: readonly Pick<VectorSeries, 'labels'>[]): boolean {
  if (series.length < 2) return false;
  return new Set(series.map(({ labels }) => labels.key)).size < series.length;
}

function join(a: VectorSeries, b: VectorSeries): VectorSeries {
  const values = a.values.slice();
  const present = a.present.slice();
  for (let step = 0; step < present.length; step++) {
    if (b.present[step] === 0) continue;
    if (present[step] === 1) throw sameLabels();
    values[step] = b.values[step] as number;
    present[step] = 1;
  }
  return { ...a, values, present };
}
