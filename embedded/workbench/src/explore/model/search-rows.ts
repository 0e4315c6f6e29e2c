/** Tempo's search results as the table shows them. */
import type { DataFrame } from '@grafana/data';

export interface FoundSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly name: string;
  readonly startMs: number;
  readonly durationMs: number;
  readonly attributes: readonly (readonly [name: string, value: string])[];
}

export interface FoundTrace {
  readonly traceId: string;
  readonly service: string;
  readonly name: string;
  readonly startMs: number;
  /** Undefined where only spans were asked for. */
  readonly durationMs: number | undefined;
  readonly spans: readonly FoundSpan[];
}

const SPAN_FIELDS = new Set([
  'traceIdHidden',
  'traceService',
  'traceName',
  'spanID',
  'time',
  'name',
  'duration',
]);

/** Traces of a table of traces, or of a table of spans: then one for each of them that has a span in it. */
export function foundTraces(frames: readonly DataFrame[]): readonly FoundTrace[] {
  return frames.flatMap((frame) => (fieldOf(frame, 'traceIdHidden') ? tracesOfSpans(frame) : traces(frame)));
}

function traces(frame: DataFrame): FoundTrace[] {
  const text = (name: string, row: number) => String(fieldOf(frame, name)?.values[row] ?? '');
  return rowsOf(frame).map((row) => ({
    traceId: text('traceID', row),
    service: text('traceService', row),
    name: text('traceName', row),
    startMs: Number(text('startTime', row)),
    durationMs: Number(text('traceDuration', row)),
    spans: ((fieldOf(frame, 'nested')?.values[row] ?? []) as readonly DataFrame[]).flatMap(spans),
  }));
}

function tracesOfSpans(frame: DataFrame): FoundTrace[] {
  const text = (name: string, row: number) => String(fieldOf(frame, name)?.values[row] ?? '');
  const found = new Map<string, FoundTrace>();
  for (const [row, span] of spans(frame).entries()) {
    const before = found.get(span.traceId);
    found.set(span.traceId, {
      traceId: span.traceId,
      service: text('traceService', row),
      name: text('traceName', row),
      startMs: Math.min(before?.startMs ?? Infinity, span.startMs),
      durationMs: undefined,
      spans: [...(before?.spans ?? []), span],
    });
  }
  return [...found.values()];
}

function spans(frame: DataFrame): FoundSpan[] {
  const text = (name: string, row: number) => String(fieldOf(frame, name)?.values[row] ?? '');
  const attributes = frame.fields.filter(({ name }) => !SPAN_FIELDS.has(name));
  const perMs = fieldOf(frame, 'duration')?.config.unit === 'ms' ? 1 : 1e6;
  return rowsOf(frame).map((row) => ({
    traceId: text('traceIdHidden', row),
    spanId: text('spanID', row),
    name: text('name', row),
    startMs: Number(text('time', row)),
    durationMs: Number(text('duration', row)) / perMs,
    attributes: attributes
      .filter(({ values }) => values[row] !== undefined && values[row] !== null)
      .map(({ name, values }) => [name, String(values[row])] as const),
  }));
}

function fieldOf(frame: DataFrame, name: string) {
  return frame.fields.find((field) => field.name === name);
}

function rowsOf(frame: DataFrame): readonly number[] {
  return Array.from({ length: frame.length }, (_, row) => row);
}

export type SortKey = 'startMs' | 'durationMs' | 'service' | 'name' | 'traceId';

export interface Sorting {
  readonly key: SortKey;
  readonly isDescending: boolean;
}

/** The same traces in another order. */
export function sorted(rows: readonly FoundTrace[], { key, isDescending }: Sorting): readonly FoundTrace[] {
  const sign = isDescending ? -1 : 1;
  return [...rows].sort((one, other) => {
    const [first, second] = [one[key] ?? -1, other[key] ?? -1];
    return sign * (first < second ? -1 : first > second ? 1 : 0);
  });
}
