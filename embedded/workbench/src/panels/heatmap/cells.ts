import { type DataFrame, type Field, FieldType, formattedValueToString, getValueFormat } from '@grafana/data';

/** A histogram over time: each row counts what lies between its bound and the one below. */
export interface Cells {
  /** Ends of the intervals that are counted, in milliseconds. */
  readonly times: readonly number[];
  readonly stepMs: number;
  /** From the lowest up. */
  readonly rows: readonly Row[];
  /** Of the counts that are shown. */
  readonly min: number;
  readonly max: number;
}

export interface Row {
  readonly bound: string;
  readonly counts: readonly (number | null)[];
}

/**
 * Reads a frame of heatmap rows.
 * @param hideBelow counts that are as small or smaller are not shown
 */
export function readCells(frame: DataFrame | undefined, hideBelow: number): Cells | undefined {
  const time = frame?.fields.find(({ type }) => type === FieldType.time);
  const numbers = frame?.fields.filter(({ type }) => type === FieldType.number) ?? [];
  if (!time || numbers.length === 0 || time.values.length === 0) return undefined;
  const times = time.values as number[];
  const rows = numbers.map((field) => ({
    bound: boundOf(field),
    counts: field.values.map((count: number | null) => (count !== null && count > hideBelow ? count : null)),
  }));
  const shown = rows.flatMap(({ counts }) => counts.filter((count) => count !== null));
  if (shown.length === 0) return undefined;
  return {
    times,
    stepMs: time.config.interval ?? (times[1] ?? 0) - (times[0] ?? 0),
    rows,
    min: shown.reduce((least, count) => Math.min(least, count), Infinity),
    max: shown.reduce((most, count) => Math.max(most, count), 0),
  };
}

function boundOf({ labels, config, name }: Field): string {
  return labels?.le ?? config.displayNameFromDS ?? name;
}

/** What stands beside the lines between the rows: below the first row 0, then each row's bound. */
export function boundLabels({ rows }: Cells, unit: string | undefined): string[] {
  const format = getValueFormat(unit);
  return ['0', ...rows.map(({ bound }) => bound)].map((bound) =>
    bound === '+Inf' ? bound : formattedValueToString(format(Number(bound))),
  );
}

export interface Cell {
  readonly row: number;
  readonly column: number;
  readonly count: number;
  readonly from: number;
  readonly to: number;
}

/** The cell at a moment and a height (in rows from below), if something is counted there. */
export function cellAt({ times, stepMs, rows }: Cells, time: number, height: number): Cell | undefined {
  const row = Math.floor(height);
  const column = times.findIndex((to) => time > to - stepMs && time <= to);
  const count = rows[row]?.counts[column];
  const to = times[column];
  if (count === null || count === undefined || to === undefined) return undefined;
  return { row, column, count, from: to - stepMs, to };
}
