import { type DataFrame, type DataLink, type Field, FieldType } from '@grafana/data';
import { attributeValue, type FoundSpan, type FoundTrace, type SearchAnswer } from './answer';

export interface SearchContext {
  readonly refId: string;
  readonly datasourceUid: string;
  readonly datasourceName: string;
}

type Source = Omit<SearchContext, 'refId'>;

interface Column<T> {
  readonly name: string;
  readonly title?: string;
  readonly type: FieldType;
  readonly value: (row: T) => unknown;
  readonly config?: Field['config'];
}

/** Found traces, newest first; each opens to the spans that were found in it. */
export function traceTable({ traces = [] }: SearchAnswer, { refId, ...source }: SearchContext): DataFrame {
  const rows = [...traces].sort((one, other) => startMs(other) - startMs(one));
  const columns: Column<FoundTrace>[] = [
    {
      name: 'traceID',
      title: 'Trace ID',
      type: FieldType.string,
      value: ({ traceID }) => traceID,
      config: { links: [link('Trace: ${__value.raw}', { query: '${__value.raw}' }, source)] },
    },
    { name: 'startTime', title: 'Start time', type: FieldType.time, value: startMs },
    {
      name: 'traceService',
      title: 'Service',
      type: FieldType.string,
      value: (row) => row.rootServiceName ?? '',
    },
    { name: 'traceName', title: 'Name', type: FieldType.string, value: (row) => row.rootTraceName ?? '' },
    {
      name: 'traceDuration',
      title: 'Duration',
      type: FieldType.number,
      value: ({ durationMs = 0 }) => durationMs,
      config: { unit: 'ms' },
    },
    { name: 'nested', type: FieldType.nestedFrames, value: (trace) => nested(trace, source) },
  ];
  return {
    refId,
    name: 'Traces',
    meta: { preferredVisualisationType: 'table', uniqueRowIdFields: [0] },
    fields: columns.map((column) => fieldOf(column, rows)),
    length: rows.length,
  };
}

interface SpanRow {
  readonly trace: FoundTrace;
  readonly span: FoundSpan;
}

/** Found spans of all traces in one table, newest first. */
export function spanTable({ traces = [] }: SearchAnswer, { refId, ...source }: SearchContext): DataFrame {
  const rows = traces
    .flatMap((trace) => spansOf(trace).map((span) => ({ trace, span })))
    .sort((one, other) => spanStartMs(other) - spanStartMs(one));
  const columns: Column<SpanRow>[] = [
    { name: 'traceIdHidden', type: FieldType.string, value: ({ trace }) => trace.traceID, config: HIDDEN },
    {
      name: 'traceService',
      title: 'Trace Service',
      type: FieldType.string,
      value: ({ trace }) => trace.rootServiceName ?? '',
    },
    {
      name: 'traceName',
      title: 'Trace Name',
      type: FieldType.string,
      value: ({ trace }) => trace.rootTraceName ?? '',
    },
    ...spanColumns(rows, source),
  ];
  return {
    refId,
    name: 'Spans',
    meta: { preferredVisualisationType: 'table' },
    fields: columns.map((column) => fieldOf(column, rows)),
    length: rows.length,
  };
}

const HIDDEN = { custom: { hidden: true } };

function nested(trace: FoundTrace, source: Source): DataFrame[] {
  const sets = trace.spanSets ?? (trace.spanSet ? [trace.spanSet] : []);
  return sets.map(({ spans = [] }) => {
    const rows = spans.map((span) => ({ trace, span }));
    const columns: Column<SpanRow>[] = [
      { name: 'traceIdHidden', type: FieldType.string, value: () => trace.traceID, config: HIDDEN },
      ...spanColumns(rows, source),
    ];
    return { fields: columns.map((column) => fieldOf(column, rows)), length: rows.length };
  });
}

function spanColumns(rows: readonly SpanRow[], source: Source): Column<SpanRow>[] {
  const attributes = [...new Set(rows.flatMap(({ span }) => (span.attributes ?? []).map(({ key }) => key)))];
  const named = rows.some(({ span }) => span.name);
  const toSpan = { query: '${__data.fields.traceIdHidden}', spanId: '${__value.raw}' };
  return [
    {
      name: 'spanID',
      title: 'Span ID',
      type: FieldType.string,
      value: ({ span }) => span.spanID,
      config: { links: [link('Span: ${__value.raw}', toSpan, source)] },
    },
    { name: 'time', title: 'Start time', type: FieldType.time, value: spanStartMs },
    {
      name: 'name',
      title: 'Name',
      type: FieldType.string,
      value: ({ span }) => span.name ?? '',
      ...(!named && { config: HIDDEN }),
    },
    ...attributes.map(
      (key): Column<SpanRow> => ({ name: key, type: FieldType.string, value: attributeOf(key) }),
    ),
    {
      name: 'duration',
      title: 'Duration',
      type: FieldType.number,
      value: ({ span }) => Number(span.durationNanos ?? 0),
      config: { unit: 'ns' },
    },
  ];
}

function attributeOf(key: string) {
  return ({ span }: SpanRow): unknown => {
    const found = span.attributes?.find((each) => each.key === key);
    return found ? String(attributeValue(found.value)) : undefined;
  };
}

function fieldOf<T>({ name, title, type, value, config }: Column<T>, rows: readonly T[]): Field {
  return {
    name,
    type,
    config: { ...(title && { displayNameFromDS: title }), ...config },
    values: rows.map(value),
  };
}

interface LinkTarget {
  readonly query: string;
  readonly spanId?: string;
}

function link(
  title: string,
  { query, spanId }: LinkTarget,
  { datasourceUid, datasourceName }: Source,
): DataLink {
  return {
    title,
    url: '',
    internal: {
      datasourceUid,
      datasourceName,
      query: { refId: 'A', query, queryType: 'traceql' } as never,
      ...(spanId && { panelsState: { trace: { spanId } } }),
    },
  };
}

function spansOf({ spanSets, spanSet }: FoundTrace): readonly FoundSpan[] {
  return (spanSets ?? (spanSet ? [spanSet] : [])).flatMap(({ spans = [] }) => spans);
}

function startMs({ startTimeUnixNano }: FoundTrace): number {
  return startTimeUnixNano ? Number(startTimeUnixNano.slice(0, -6)) : 0;
}

function spanStartMs({ span }: SpanRow): number {
  return Number(span.startTimeUnixNano.slice(0, -6));
}
