/** Queries that were run, newest first. */
import type { ExploreQuery } from './url-state';

export interface HistoryEntry {
  readonly datasource: string;
  readonly queries: readonly ExploreQuery[];
  readonly atMs: number;
}

const LIMIT = 100;

/** Adds a run; the same queries before it are forgotten, and so is what is beyond the limit. */
export function added(history: readonly HistoryEntry[], entry: HistoryEntry): readonly HistoryEntry[] {
  return [entry, ...history.filter((each) => !isSame(each, entry))].slice(0, LIMIT);
}

export function removed(history: readonly HistoryEntry[], entry: HistoryEntry): readonly HistoryEntry[] {
  return history.filter((each) => !isSame(each, entry));
}

/** Entries that contain a text, in a data source if one is given. */
export function found(
  history: readonly HistoryEntry[],
  text: string,
  datasource: string | undefined,
): readonly HistoryEntry[] {
  const sought = text.trim().toLowerCase();
  return history.filter(
    (entry) =>
      (datasource === undefined || entry.datasource === datasource) &&
      entryText(entry).toLowerCase().includes(sought),
  );
}

/** The queries of an entry as one reads them. */
export function entryText({ queries }: HistoryEntry): string {
  return queries
    .map(({ expr, query }) => String(expr ?? query ?? ''))
    .filter((text) => text !== '')
    .join('\n');
}

function isSame(one: HistoryEntry, other: HistoryEntry): boolean {
  return one.datasource === other.datasource && entryText(one) === entryText(other);
}
