import { type DataFrame, DataFrameType, FieldType } from '@grafana/data';
import { seriesName } from '../legend';
import { attributeValue, type KeyValue } from './answer';

/** What Tempo answers to a metrics query. */
export interface MetricsAnswer {
  readonly series?: readonly {
    readonly labels?: readonly KeyValue[];
    /** A value of zero is left out. */
    readonly samples?: readonly { readonly timestampMs: string; readonly value?: number }[];
  }[];
}

const FUNCTIONS = /\|\s*(rate|(count|sum|avg|min|max|quantile|histogram)_over_time|compare)\s*\(/;

/** Whether a query asks for series: one of its functions is a metrics function. */
export function isMetricsQuery(query: string): boolean {
  return FUNCTIONS.test(query.replace(/"(?:[^"\\]|\\.)*"|`[^`]*`/g, '""'));
}

/** One frame for each series; with one label its value is the name. */
export function metricsFrames({ series = [] }: MetricsAnswer, refId: string): DataFrame[] {
  return series.map(({ labels: pairs = [], samples = [] }) => {
    const labels = Object.fromEntries(pairs.map(({ key, value }) => [key, String(attributeValue(value))]));
    const own = Object.entries(labels).filter(([name]) => name !== '__name__');
    const name = own.length === 1 && own[0] ? own[0][1] : seriesName(labels);
    return {
      refId,
      name,
      meta: { type: DataFrameType.TimeSeriesMulti, preferredVisualisationType: 'graph' },
      fields: [
        {
          name: 'Time',
          type: FieldType.time,
          config: {},
          values: samples.map(({ timestampMs }) => Number(timestampMs)),
        },
        {
          name: 'Value',
          type: FieldType.number,
          labels,
          config: { displayNameFromDS: name },
          values: samples.map(({ value = 0 }) => value),
        },
      ],
      length: samples.length,
    };
  });
}
