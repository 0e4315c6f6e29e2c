import { type Frame, fieldNamed, fieldOfType, numberAt, textAt } from './frames';
import { REQUIRED_FIELDS, readFields, type Session, type SessionFields, toSession } from './session';

export interface Snapshot {
  readonly kind: 'snapshot';
  readonly timeMs: number;
  readonly sessions: readonly Session[];
  /** Lines that are not a session: they are left out, and counted. */
  readonly unreadable: number;
}

/** What came back for one sampling interval. */
export type SnapshotResult =
  | Snapshot
  | { readonly kind: 'none' }
  | { readonly kind: 'notLogs'; readonly fields: readonly string[] }
  | { readonly kind: 'wrongFields'; readonly missing: readonly string[]; readonly example: string };

interface Line {
  readonly timeMs: number;
  readonly text: string;
}

/**
 * Reads the newest snapshot out of log frames, as Loki's data source gives them (`Time`/`Line`, or `timestamp`/`body`).
 * @param intervalMs distance of two snapshots: lines older than half of it before the newest belong to another one
 */
export function readSnapshot(frames: readonly Frame[], intervalMs: number): SnapshotResult {
  const lines: Line[] = [];
  for (const frame of frames) {
    if (frame.length === 0) continue;
    const time = fieldNamed(frame, 'Time', 'timestamp') ?? fieldOfType(frame, 'time');
    const body = fieldNamed(frame, 'Line', 'body') ?? fieldOfType(frame, 'string');
    if (!time || !body) return { kind: 'notLogs', fields: frame.fields.map((field) => field.name) };
    for (let i = 0; i < frame.length; i++) {
      const timeMs = numberAt(time, i);
      if (timeMs !== undefined) lines.push({ timeMs, text: textAt(body, i) });
    }
  }
  if (lines.length === 0) return { kind: 'none' };
  const timeMs = lines.reduce((newest, line) => Math.max(newest, line.timeMs), 0);
  return fromLines(
    lines.filter((line) => line.timeMs > timeMs - intervalMs / 2),
    timeMs,
  );
}

function fromLines(lines: readonly Line[], timeMs: number): SnapshotResult {
  const all = lines.map((line) => readFields(line.text));
  const missing = missingFields(all);
  if (missing.length > 0)
    return { kind: 'wrongFields', missing, example: lines[0]?.text.slice(0, 200) ?? '' };
  const sessions: Session[] = [];
  let unreadable = 0;
  for (const fields of all) {
    if (/^\d+$/.test(fields.pid ?? '')) {
      if (isSession(fields)) sessions.push(toSession(fields, timeMs));
    } else unreadable++;
  }
  return { kind: 'snapshot', timeMs, sessions, unreadable };
}

/** The server's own processes (checkpointer, walwriter, ...) have no state, and no client waits for them. */
function isSession(fields: SessionFields): boolean {
  return Boolean(fields.state);
}

/** A line leaves out what is empty, so a field is missing when no line has it although one could. */
function missingFields(all: readonly SessionFields[]): readonly string[] {
  const busy = all.some((fields) => fields.state !== undefined && fields.state !== 'idle');
  return REQUIRED_FIELDS.filter((name) => {
    if (name === 'xact_start' && !busy) return false;
    return !all.some((fields) => fields[name] !== undefined);
  });
}
