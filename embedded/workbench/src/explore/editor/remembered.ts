/** The time that completions are about, in milliseconds: names and values outside of it lead nowhere. */
export interface AskedRange {
  readonly fromMs: number;
  readonly toMs: number;
}

export type CurrentRange = () => AskedRange;

/**
 * Remembers answers, so that every key pressed does not ask again. A failed question is forgotten, and answered with
 * nothing: completion is a help, what is wrong is said when the query runs.
 */
export function remembered<T>(
  ask: (key: string) => Promise<readonly T[]>,
): (key: string) => Promise<readonly T[]> {
  const known = new Map<string, Promise<readonly T[]>>();
  return (key) => {
    const before = known.get(key);
    if (before) return before;
    const asked = ask(key).catch(() => {
      known.delete(key);
      return [];
    });
    known.set(key, asked);
    return asked;
  };
}
