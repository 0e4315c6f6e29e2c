/** Whoever can hold locks and wait for others'. */
export interface LockHolder {
  /** The one whose transaction it waits for. */
  readonly waitsFor: LockHolder | undefined;
}

/** Locks on rows and unique values, each held by one transaction until its end. */
export class LockTable<Holder extends LockHolder> {
  readonly #holders = new Map<string, Holder>();

  /** Takes the lock, if it is free or one's own. @returns who holds it now */
  take(key: string, holder: Holder): Holder {
    const current = this.#holders.get(key);
    if (current !== undefined) return current;
    this.#holders.set(key, holder);
    return holder;
  }

  release(keys: Iterable<string>): void {
    for (const key of keys) this.#holders.delete(key);
  }
}

/** Whether a waiting holder waits, over others, for itself. */
export function isDeadlocked(holder: LockHolder): boolean {
  const seen = new Set<LockHolder>();
  for (let next = holder.waitsFor; next !== undefined && !seen.has(next); next = next.waitsFor) {
    if (next === holder) return true;
    seen.add(next);
  }
  return false;
}
