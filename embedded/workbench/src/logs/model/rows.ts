/** Log lines of Loki's data frames as the list shows them. */
import type { DataFrame } from '@grafana/data';
import { type Level, levelOf } from './level';

export type Labels = Readonly<Record<string, string>>;

/** Where a label comes from: the stream, the entry's metadata, or a parser of the query. */
export type LabelOrigin = 'stream' | 'metadata' | 'parsed';

export interface LogRow {
  /** Unique within the rows of an answer. */
  readonly id: string;
  readonly timeMs: number;
  /** Nanoseconds since 1970, as text: no number is precise enough. */
  readonly timeNs: string;
  readonly line: string;
  readonly level: Level;
  readonly labels: Labels;
  readonly origins: Readonly<Record<string, LabelOrigin>>;
}

export type SortOrder = 'newest' | 'oldest';

const ORIGINS: Readonly<Record<string, LabelOrigin>> = { I: 'stream', S: 'metadata', P: 'parsed' };

/** The frames that hold log lines; the others are series. */
export function isLogFrame(frame: DataFrame): boolean {
  const names = frame.fields.map(({ name }) => name);
  return (
    (names.includes('Line') || names.includes('body')) && frame.fields.some(({ type }) => type === 'time')
  );
}

/** All lines of the frames in order of time; of lines of the same time, in the order of the answer. */
export function rowsOf(frames: readonly DataFrame[], order: SortOrder): readonly LogRow[] {
  const rows = frames.filter(isLogFrame).flatMap(rowsOfFrame);
  const sign = order === 'newest' ? -1 : 1;
  return rows.sort((one, other) => sign * compare(one.timeNs, other.timeNs));
}

function rowsOfFrame(frame: DataFrame, frameIndex: number): LogRow[] {
  const field = (...names: readonly string[]) => frame.fields.find(({ name }) => names.includes(name));
  const times = frame.fields.find(({ type }) => type === 'time');
  const lines = field('Line', 'body');
  if (!times || !lines) return [];
  const [labels, types, nanoseconds, ids] = [
    field('labels'),
    field('labelTypes'),
    field('tsNs'),
    field('id'),
  ];
  return Array.from({ length: frame.length }, (_, index) => {
    const timeMs = Number(times.values[index]);
    const line = String(lines.values[index] ?? '');
    const ofRow: Labels = labels?.values[index] ?? lines.labels ?? {};
    return {
      id: `${frameIndex}:${ids?.values[index] ?? ''}:${index}`,
      timeMs,
      timeNs: String(nanoseconds?.values[index] ?? `${timeMs}000000`),
      line,
      level: levelOf(ofRow, line),
      labels: ofRow,
      origins: originsOf(types?.values[index]),
    };
  });
}

function originsOf(types: Labels | undefined): Readonly<Record<string, LabelOrigin>> {
  const origins: Record<string, LabelOrigin> = {};
  for (const [name, type] of Object.entries(types ?? {})) origins[name] = ORIGINS[type] ?? 'parsed';
  return origins;
}

/** Numbers without sign, as text. */
function compare(one: string, other: string): number {
  if (one.length !== other.length) return one.length - other.length;
  return one < other ? -1 : one > other ? 1 : 0;
}
