import { useCallback, useMemo, useState } from 'react';
import type { WindowChoice } from '../components/ConnectionSecondsBar';
import type { ConnectionSeconds, GroupBy } from '../model/connection-seconds';
import { LruCache } from './lru-cache';
import { loadConnectionSeconds, type Range, type SnapshotSource } from './sources';
import { type Loaded, useLoaded } from './use-loaded';

const CACHED_WINDOWS = 200;
const SETTLED_MS = 200;

export interface WindowState {
  readonly window: Range;
  readonly choice: WindowChoice;
  readonly choose: (choice: WindowChoice) => void;
  /** A window of one's own; `undefined` goes back to the one that follows the instant. */
  readonly drag: (window: Range | undefined) => void;
}

/** The window that the sums cover: it ends at the instant, unless the whole range or a dragged one is chosen. */
export function useWindow(timeMs: number, range: Range, defaultSeconds: number): WindowState {
  const [chosen, setChosen] = useState<WindowChoice>();
  const [dragged, setDragged] = useState<Range>();
  const choice = dragged ? 'dragged' : (chosen ?? (defaultSeconds === 300 ? '300' : '60'));
  const seconds = choice === '300' ? 300 : 60;
  const fromMs = dragged?.fromMs ?? (choice === 'range' ? range.fromMs : timeMs - seconds * 1000);
  const toMs = dragged?.toMs ?? (choice === 'range' ? range.toMs : timeMs);
  const window = useMemo(
    () => ({ fromMs: Math.max(fromMs, range.fromMs), toMs }),
    [fromMs, toMs, range.fromMs],
  );
  const choose = useCallback((next: WindowChoice) => {
    setDragged(undefined);
    setChosen(next);
  }, []);
  return { window, choice, choose, drag: setDragged };
}

/** The connections' time within a window, counted by the store. */
export function useWindowSums(
  source: SnapshotSource,
  window: Range,
  groupBy: GroupBy,
  movement: unknown,
): Loaded<ConnectionSeconds> {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another source is another cache
  const cache = useMemo(() => new LruCache<ConnectionSeconds>(CACHED_WINDOWS), [source]);
  const { fromMs, toMs } = window;
  return useLoaded({
    key: toMs > fromMs ? `${groupBy} ${fromMs} ${toMs}` : undefined,
    load: (signal) => loadConnectionSeconds(source, window, { groupBy, signal }),
    cache,
    delayMs: SETTLED_MS,
    movement,
  });
}
