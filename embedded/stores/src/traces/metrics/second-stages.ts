/** What is done to the series of a metrics query: the largest or smallest at each time, or those beyond a value. */

import type { ComparisonOperator, SecondStage } from '../traceql/ast.js';
import { compareStrings } from '../traceql/operators.js';
import { identity, toText } from '../value.js';
import type { Series } from './series.js';

export function applyStages(series: readonly Series[], stages: readonly SecondStage[]): readonly Series[] {
  return stages.reduce(
    (all, stage) => (stage.kind === 'compareValue' ? compareValue(all, stage) : pickSome(all, stage)),
    series,
  );
}

/** Values that do not compare are none, and series without any value are none either. */
function compareValue(
  series: readonly Series[],
  { operator, value: threshold }: SecondStage & { kind: 'compareValue' },
): readonly Series[] {
  return series
    .map(({ labels, values, exemplars }) => ({
      labels,
      values: values.map((value) => (compares(operator, value, threshold) ? value : Number.NaN)),
      exemplars: exemplars.filter(({ value }) => compares(operator, value, threshold)),
    }))
    .filter(({ values }) => values.some((value) => !Number.isNaN(value)));
}

function compares(operator: ComparisonOperator, value: number, threshold: number): boolean {
  switch (operator) {
    case '=':
      return value === threshold;
    case '!=':
      return !Number.isNaN(value) && value !== threshold;
    case '>':
      return value > threshold;
    case '>=':
      return value >= threshold;
    case '<':
      return value < threshold;
    case '<=':
      return value <= threshold;
  }
}

/** At each time on its own; of equal values `topk` keeps those whose labels come first in the alphabet, `bottomk` the others. */
function pickSome(
  series: readonly Series[],
  { kind, limit }: SecondStage & { kind: 'topk' | 'bottomk' },
): readonly Series[] {
  if (series.length <= limit) return series;
  const sign = kind === 'topk' ? -1 : 1;
  const byLabels = [...series].sort((a, b) => -sign * compareStrings(sortKey(a), sortKey(b)));
  const kept = byLabels.map(({ values }) => new Float64Array(values.length).fill(Number.NaN));
  const slots = Math.max(...series.map(({ values }) => values.length));
  for (let slot = 0; slot < slots; slot++) {
    byLabels
      .map(({ values }, index) => ({ index, value: values[slot] as number }))
      .filter(({ value }) => !Number.isNaN(value))
      .sort((a, b) => sign * (a.value - b.value) || a.index - b.index)
      .slice(0, limit)
      .forEach(({ index, value }) => {
        (kept[index] as Float64Array)[slot] = value;
      });
  }
  return byLabels
    .map((one, index) => ({ ...one, values: kept[index] as Float64Array }))
    .filter(({ values }) => values.some((value) => !Number.isNaN(value)));
}

function sortKey({ labels }: Series): string {
  return labels
    .map(([name, value]) => `${value.kind === 'string' ? toText(value) : ''}\0${name}\0${identity(value)}`)
    .join('\0');
}
