export interface WorkQueueOptions<Item> {
  /** Items that may wait; beyond it `offer` refuses. */
  readonly capacity: number;
  /** Items that are worked on at the same time. */
  readonly concurrency: number;
  /** Works on one item. It handles its own errors: a rejection ends the process as any unhandled one does. */
  run(item: Item): Promise<void>;
}

/** A bounded queue in memory, first in first out, with a fixed number of hands. */
export class WorkQueue<Item> {
  readonly #options: WorkQueueOptions<Item>;
  readonly #waiting: Item[] = [];
  readonly #running = new Set<Promise<void>>();
  #stopped = false;

  constructor(options: WorkQueueOptions<Item>) {
    this.#options = options;
  }

  /** Items waiting, those being worked on not counted. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Items being worked on. */
  get running(): number {
    return this.#running.size;
  }

  /** Takes an item in, and says whether there was room for it. */
  offer(item: Item): boolean {
    if (this.#stopped || this.#waiting.length >= this.#options.capacity) return false;
    this.#waiting.push(item);
    this.#next();
    return true;
  }

  /** Begins nothing more; resolves when everything that runs has ended. What waits is left to its owner's records. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#waiting.length = 0;
    await Promise.all(this.#running);
  }

  #next(): void {
    if (this.#running.size >= this.#options.concurrency) return;
    const item = this.#waiting.shift();
    if (item === undefined) return;
    const work = this.#options.run(item).finally(() => {
      this.#running.delete(work);
      this.#next();
    });
    this.#running.add(work);
  }
}
