import { type DataFrame, DataFrameType, type Field, FieldType } from '@grafana/data';
import { legendOf } from '../legend';
import type { Entry, QueryData, Stream } from './answer';
import { type DerivedField, derivedField } from './derived-field';

export interface LogContext {
  readonly refId: string;
  readonly expr: string;
  readonly limit: number;
  readonly direction: 'backward' | 'forward';
  readonly derivedFields: readonly DerivedField[];
}

export interface MetricContext {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat: string | undefined;
  /** Not for an instant query. */
  readonly stepMs: number | undefined;
}

interface Row {
  readonly nanoseconds: string;
  readonly line: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Of each label: `I`ndexed, `S`tructured metadata, or `P`arsed from the line. */
  readonly labelTypes: Readonly<Record<string, string>>;
}

/** All lines of an answer as one frame, newest or oldest first, as Grafana's Loki data source makes it. */
export function logFrame(streams: readonly Stream[], context: LogContext): DataFrame {
  const sign = context.direction === 'backward' ? -1 : 1;
  const rows = streams
    .flatMap(rowsOf)
    .map((row, index) => ({ row, index }))
    .sort((one, other) => sign * byTime(one.row, other.row) || one.index - other.index)
    .map(({ row }) => row);
  const field = (name: string, type: FieldType, values: unknown[]): Field => ({
    name,
    type,
    config: {},
    values,
  });
  return {
    refId: context.refId,
    meta: {
      executedQueryString: `Expr: ${context.expr}`,
      preferredVisualisationType: 'logs',
      limit: context.limit,
      custom: { frameType: 'LabeledTimeValues' },
    },
    fields: [
      field(
        'labels',
        FieldType.other,
        rows.map(({ labels }) => labels),
      ),
      {
        ...field(
          'Time',
          FieldType.time,
          rows.map(({ nanoseconds }) => Number(nanoseconds.slice(0, -6))),
        ),
        nanos: rows.map(({ nanoseconds }) => Number(nanoseconds.slice(-6))),
      },
      field(
        'Line',
        FieldType.string,
        rows.map(({ line }) => line),
      ),
      field(
        'tsNs',
        FieldType.string,
        rows.map(({ nanoseconds }) => nanoseconds),
      ),
      field(
        'labelTypes',
        FieldType.other,
        rows.map(({ labelTypes }) => labelTypes),
      ),
      field('id', FieldType.string, identities(rows, context.refId)),
      ...context.derivedFields.map((derived) => derivedField(derived, rows)),
    ],
    length: rows.length,
  };
}

function rowsOf({ stream, values }: Stream): Row[] {
  return values.map(([nanoseconds, line, own]: Entry) => {
    const { structuredMetadata = {}, parsed = {} } = own ?? {};
    const labels = { ...stream, ...structuredMetadata, ...parsed };
    const type = (name: string) => (name in parsed ? 'P' : name in structuredMetadata ? 'S' : 'I');
    const names = Object.keys(labels).sort();
    return {
      nanoseconds,
      line,
      labels: Object.fromEntries(names.map((name) => [name, labels[name] ?? ''])),
      labelTypes: Object.fromEntries(names.map((name) => [name, type(name)])),
    };
  });
}

function byTime(one: Row, other: Row): number {
  const length = one.nanoseconds.length - other.nanoseconds.length;
  if (length !== 0) return length;
  return one.nanoseconds < other.nanoseconds ? -1 : one.nanoseconds > other.nanoseconds ? 1 : 0;
}

/** Lines of the same instant are told apart by what they say, and equal ones by their number. */
function identities(rows: readonly Row[], refId: string): string[] {
  const seen = new Map<string, number>();
  return rows.map(({ nanoseconds, labels, line }) => {
    const id = `${nanoseconds}_${hash(`${JSON.stringify(labels)}_${line}`)}`;
    const count = seen.get(id) ?? 0;
    seen.set(id, count + 1);
    return count === 0 ? `${id}_${refId}` : `${id}_${count}_${refId}`;
  });
}

/** FNV-1a, 32 bits. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return (value >>> 0).toString(16).padStart(8, '0');
}

/** One frame for each series of a metric query. */
export function metricFrames(
  { result }: Exclude<QueryData, { resultType: 'streams' }>,
  { refId, expr, legendFormat, stepMs }: MetricContext,
): DataFrame[] {
  const instant = stepMs === undefined;
  return result.map((series) => {
    const samples = 'values' in series ? series.values : [series.value];
    return {
      refId,
      meta: {
        type: instant ? DataFrameType.NumericMulti : DataFrameType.TimeSeriesMulti,
        executedQueryString: instant ? `Expr: ${expr}` : `Expr: ${expr}\nStep: ${stepMs / 1000}s`,
      },
      fields: [
        {
          name: 'Time',
          type: FieldType.time,
          config: instant ? {} : { interval: stepMs },
          values: samples.map(([seconds]) => Math.round(seconds * 1000)),
        },
        {
          name: 'Value',
          type: FieldType.number,
          labels: { ...series.metric },
          config: { displayNameFromDS: metricName(series.metric, { format: legendFormat, expr }) },
          values: samples.map(([, value]) => Number(value)),
        },
      ],
      length: samples.length,
    };
  });
}

function metricName(
  labels: Readonly<Record<string, string>>,
  legend: Parameters<typeof legendOf>[1],
): string {
  return legendOf(labels, legend) ?? legendOf(labels, { ...legend, format: '' }) ?? legend.expr;
}
