import { LRUCache } from 'lru-cache';
import type { Metrics } from './metrics.js';

export interface CacheOptions {
  /** The `cache` label of its metric. */
  readonly name: string;
  readonly maxEntries: number;
  readonly ttlMs: number;
}

/** What was read before and has not been written since: bounded, least recently used entries go first. */
export class Cache<T extends object> {
  readonly #entries: LRUCache<string, T>;
  readonly #name: string;
  readonly #metrics: Metrics;

  constructor({ name, maxEntries, ttlMs }: CacheOptions, metrics: Metrics) {
    // A resolution of 0 asks the clock each time instead of keeping a timer.
    this.#entries = new LRUCache({ max: maxEntries, ttl: ttlMs, ttlResolution: 0 });
    this.#name = name;
    this.#metrics = metrics;
  }

  get(key: string): T | undefined {
    const entry = this.#entries.get(key);
    this.#metrics.cacheRead(this.#name, entry !== undefined);
    return entry;
  }

  set(key: string, value: T): void {
    this.#entries.set(key, value);
  }

  /** Forgets one entry, because what it holds was written. */
  drop(key: string): void {
    this.#entries.delete(key);
  }
}
