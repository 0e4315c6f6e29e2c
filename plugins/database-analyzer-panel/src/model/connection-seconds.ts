import { type Frame, fieldOfType, numberAt, textAt } from './frames';
import type { Labels } from './series';
import { STATE_KINDS, type StateKind, stateKind } from './session';
import { shortStatement } from './statement';

export type GroupBy = 'state' | 'application' | 'route' | 'statement';

export const NO_ROUTE = 'no route';

export interface Part {
  readonly kind: StateKind;
  /** Application, route or statement; empty when grouped by state alone. */
  readonly group: string;
  readonly seconds: number;
}

/** The sessions' time within a window, by what they were doing. */
export interface ConnectionSeconds {
  readonly totalSeconds: number;
  readonly parts: readonly Part[];
}

/** Label by which the lines are counted for a grouping. */
export const GROUP_LABEL: Readonly<Record<GroupBy, string | undefined>> = {
  state: undefined,
  application: 'app',
  route: 'route',
  statement: 'statement',
};

/**
 * @param frames lines counted by `state`, `wait_event_type` and the grouping's label: one number each
 * @param intervalMs each line stands for so much time of one session
 */
export function readConnectionSeconds(
  frames: readonly Frame[],
  groupBy: GroupBy,
  intervalMs: number,
): ConnectionSeconds {
  const seconds = new Map<string, Part>();
  for (const { labels, lines } of frames.flatMap(readCounts)) {
    if (!labels.state) continue;
    const kind = stateKind(labels.state, labels.wait_event_type ?? '');
    const group = groupName(groupBy, kind, labels);
    const key = `${kind} ${group}`;
    const before = seconds.get(key)?.seconds ?? 0;
    seconds.set(key, { kind, group, seconds: before + (lines * intervalMs) / 1000 });
  }
  const parts = [...seconds.values()].sort(
    (a, b) => STATE_KINDS.indexOf(a.kind) - STATE_KINDS.indexOf(b.kind) || b.seconds - a.seconds,
  );
  return { parts, totalSeconds: parts.reduce((sum, part) => sum + part.seconds, 0) };
}

function groupName(groupBy: GroupBy, kind: StateKind, labels: Labels): string {
  const label = GROUP_LABEL[groupBy];
  if (!label) return '';
  const value = labels[label] ?? '';
  if (groupBy === 'route' && kind === 'idle') return NO_ROUTE;
  if (groupBy === 'statement') return shortStatement(value) || 'no statement';
  return value || (groupBy === 'route' ? NO_ROUTE : 'no name');
}

/** Counts with their labels: a frame for each, or one table with a column for each label. */
function readCounts(frame: Frame): readonly { readonly labels: Labels; readonly lines: number }[] {
  const value = fieldOfType(frame, 'number');
  const columns = frame.fields.filter((field) => field.type === 'string');
  return Array.from({ length: frame.length }, (_, index) => ({
    labels: {
      ...value?.labels,
      ...Object.fromEntries(columns.map((column) => [column.name, textAt(column, index)])),
    },
    lines: numberAt(value, index) ?? 0,
  }));
}

/** What is worth a label below the bar: every state, or the largest groups in the bar's order. */
export function labelledParts({ parts }: ConnectionSeconds, groupBy: GroupBy): readonly Part[] {
  if (groupBy === 'state') {
    return STATE_KINDS.map(
      (kind) => parts.find((part) => part.kind === kind) ?? { kind, group: '', seconds: 0 },
    );
  }
  const largest = [...parts].sort((a, b) => b.seconds - a.seconds).slice(0, 4);
  return parts.filter((part) => largest.includes(part));
}
