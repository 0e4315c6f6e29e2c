import { useEffect, useReducer, useRef } from 'react';
import { afterRest } from './after-rest';
import type { LruCache } from './lru-cache';

export interface Loaded<Value> {
  /** The value for `key` or, while that is loading, the one shown before it. */
  readonly value: Value | undefined;
  /** Whether the value is the one asked for. */
  readonly current: boolean;
  readonly error: string | undefined;
}

export interface LoadOptions<Value> {
  /** What is wanted; nothing when `undefined`. */
  readonly key: string | undefined;
  readonly load: (signal: AbortSignal) => Promise<Value>;
  readonly cache: LruCache<Value>;
  /** How long key and movement must stay the same before it is loaded; at once when it is 0. */
  readonly delayMs?: number;
  /** What changes while the scrubber moves: until it rests, nothing is asked for. */
  readonly movement?: unknown;
}

/** A value by key: at once when it is cached, else loaded, with the old one kept until the new one is there. */
export function useLoaded<Value>(options: LoadOptions<Value>): Loaded<Value> {
  const { key, load, cache, delayMs = 0, movement } = options;
  const [, update] = useReducer((count: number) => count + 1, 0);
  const last = useRef<{ readonly cache: LruCache<Value>; readonly value: Value }>();
  const failed = useRef<{ readonly key: string; readonly message: string }>();
  const latestLoad = useRef(load);
  latestLoad.current = load;

  const cached = key === undefined ? undefined : cache.get(key);
  if (cached !== undefined) last.current = { cache, value: cached };

  // biome-ignore lint/correctness/useExhaustiveDependencies: a movement begins the wait anew
  useEffect(() => {
    if (key === undefined || cache.has(key)) return undefined;
    const controller = new AbortController();
    const fail = (error: Error) => {
      if (controller.signal.aborted) return;
      failed.current = { key, message: error.message };
      update();
    };
    const run = async () => {
      const value = await latestLoad.current(controller.signal);
      cache.set(key, value);
      if (!controller.signal.aborted) update();
    };
    const start = () => void run().catch(fail);
    if (delayMs === 0) start();
    const callOff = delayMs === 0 ? undefined : afterRest(delayMs, start);
    return () => {
      callOff?.();
      controller.abort();
    };
  }, [key, cache, delayMs, movement]);

  const kept = last.current?.cache === cache ? last.current.value : undefined;
  return {
    value: key === undefined ? undefined : (cached ?? kept),
    current: cached !== undefined,
    error: key !== undefined && failed.current?.key === key ? failed.current.message : undefined,
  };
}
