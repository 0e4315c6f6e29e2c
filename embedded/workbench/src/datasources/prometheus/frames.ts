import { type DataFrame, DataFrameType, FieldType, type QueryResultMeta } from '@grafana/data';
import { legendOf } from '../legend';
import { type Labels, type QueryData, type Sample, sampleValue } from './answer';

export interface FrameContext {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat: string | undefined;
  readonly stepMs: number;
}

interface Series {
  readonly metric: Labels;
  readonly samples: readonly Sample[];
}

/** One frame for each series, as Grafana's Prometheus data source makes them; one without fields when there is none. */
export function seriesFrames(data: QueryData, context: FrameContext): DataFrame[] {
  const series = seriesOf(data);
  const executed = `Expr: ${context.expr}\nStep: ${context.stepMs / 1000}s`;
  if (series.length === 0) {
    return [{ refId: context.refId, meta: { executedQueryString: executed }, fields: [], length: 0 }];
  }
  const meta: QueryResultMeta = {
    type: data.resultType === 'matrix' ? DataFrameType.TimeSeriesMulti : DataFrameType.NumericMulti,
    custom: { resultType: data.resultType },
  };
  return series.map((each, index) =>
    frameOf(each, index === 0 ? { ...meta, executedQueryString: executed } : meta, context),
  );
}

function seriesOf(data: QueryData): readonly Series[] {
  switch (data.resultType) {
    case 'matrix':
      return data.result.map(({ metric, values }) => ({ metric, samples: values }));
    case 'vector':
      return data.result.map(({ metric, value }) => ({ metric, samples: [value] }));
    default:
      return [{ metric: {}, samples: [data.result] }];
  }
}

function frameOf({ metric, samples }: Series, meta: QueryResultMeta, context: FrameContext): DataFrame {
  const { refId, expr, legendFormat, stepMs } = context;
  const displayNameFromDS = legendOf(metric, { format: legendFormat, expr });
  return {
    refId,
    meta,
    fields: [
      {
        name: 'Time',
        type: FieldType.time,
        config: { interval: stepMs },
        values: samples.map(([seconds]) => Math.round(seconds * 1000)),
      },
      {
        name: metric.__name__ ?? 'Value',
        type: FieldType.number,
        labels: { ...metric },
        config: displayNameFromDS === undefined ? {} : { displayNameFromDS },
        values: samples.map(([, value]) => sampleValue(value)),
      },
    ],
    length: samples.length,
  };
}
