/** Series as Tempo answers with them. */

import { withoutDefaults } from '../query/go-json.js';
import { compareStrings } from '../traceql/operators.js';
import { jsonNumber, toAnyValue, toText, type Value } from '../value.js';
import type { Exemplar, Label, Series } from './series.js';
import type { TimeGrid } from './time-grid.js';

/** In an order of labels and values. @param maxSeries that the client asks for; 0 for as many as there may be */
export function rangeAnswer(series: readonly Series[], grid: TimeGrid, maxSeries: number): object {
  const limit = maxSeries > 0 ? maxSeries : Number.POSITIVE_INFINITY;
  const answered = sorted(series)
    .map((one) => ({
      labels: labelsJson(one.labels),
      samples: samples(one, grid),
      exemplars: exemplars(one, grid),
    }))
    .filter((one) => one.samples.length > 0);
  return {
    series: answered.slice(0, limit).map(withoutDefaults),
    metrics: { completedJobs: 1, totalJobs: 1 },
    ...partial(answered.length, limit),
  };
}

/** The one value of each series; no list at all without any. */
export function instantAnswer(series: readonly Series[]): object {
  const answered = sorted(series)
    .filter(({ values }) => values.length > 0 && !Number.isNaN(values[0] as number))
    .map(({ labels, values }) =>
      withoutDefaults({ labels: labelsJson(labels), value: jsonNumber(values[0] as number) }),
    );
  return {
    ...withoutDefaults({ series: answered }),
    metrics: { completedJobs: 1, totalJobs: 1 },
  };
}

function partial(count: number, limit: number): object {
  if (count < limit) return {};
  return {
    status: 'PARTIAL',
    message: `Response exceeds maximum series limit of ${limit}, a partial response is returned. Warning: the accuracy of each individual value is not guaranteed.`,
  };
}

function samples({ values }: Series, grid: TimeGrid): readonly object[] {
  const list: object[] = [];
  values.forEach((value, slot) => {
    if (Number.isNaN(value) || slot >= grid.count) return;
    list.push(withoutDefaults({ timestampMs: String(grid.timestamp(slot)), value: jsonNumber(value) }));
  });
  return list;
}

function exemplars({ values, exemplars: own }: Series, grid: TimeGrid): readonly object[] {
  return own
    .map((exemplar) => ({ ...exemplar, slot: grid.slotOfMs(exemplar.timestamp_ms) }))
    .filter(({ slot }) => slot >= 0 && !Number.isNaN(values[slot] ?? Number.NaN))
    .sort((a, b) => a.timestamp_ms - b.timestamp_ms)
    .map((exemplar) => exemplarJson(exemplar, values[exemplar.slot] as number));
}

function exemplarJson({ labels, value, timestamp_ms }: Exemplar, seriesValue: number): object {
  return withoutDefaults({
    labels: labelsJson(labels),
    value: jsonNumber(Number.isNaN(value) ? seriesValue : value),
    timestampMs: String(timestamp_ms),
  });
}

function labelsJson(labels: readonly Label[]): readonly object[] {
  return labels.map(([key, value]) => ({ key, value: toAnyValue(value) }));
}

/** Fewer labels first, then by names and by values as protobuf writes them. */
function sorted(series: readonly Series[]): readonly Series[] {
  return [...series].sort((a, b) => {
    if (a.labels.length !== b.labels.length) return a.labels.length - b.labels.length;
    for (let i = 0; i < a.labels.length; i++) {
      const [[aName, aValue], [bName, bValue]] = [a.labels[i] as Label, b.labels[i] as Label];
      const order =
        compareStrings(aName, bName) || compareStrings(protobufText(aValue), protobufText(bValue));
      if (order !== 0) return order;
    }
    return 0;
  });
}

function protobufText(value: Value): string {
  switch (value.kind) {
    case 'int':
      return `int_value:${toText(value)} `;
    case 'float':
      return `double_value:${value.value} `;
    case 'bool':
      return `bool_value:${value.value} `;
    case 'list':
      return `array_value:<${value.values.map(protobufText).join('')}> `;
    default:
      return `string_value:${JSON.stringify(toText(value))} `;
  }
}
