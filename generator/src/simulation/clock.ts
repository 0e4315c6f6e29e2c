/** More events than this at one instant means that something re-arms itself without letting time pass. */
const MAX_EVENTS_AT_ONE_INSTANT = 1_000_000;

/** Below this many cancelled events it is not worth sweeping them out of the heap. */
const MIN_CANCELLED_TO_SWEEP = 4096;

/** Something that will happen; held only to cancel it. */
export interface ClockEvent {
  readonly timeUs: number;
  readonly sequence: number;
  run: (() => void) | null;
}

export interface VirtualClockOptions {
  /** Wall-clock time at which virtual time starts, in whole milliseconds since 1970. */
  readonly epochMs: number;
}

/**
 * A virtual clock with its queue of events: a binary heap, totally ordered by (time, sequence number), so that
 * events at one instant run in the order in which they were scheduled. Reading the clock never moves it.
 */
export class VirtualClock {
  readonly epochMs: number;
  #nowUs = 0;
  #processed = 0;
  #heap: ClockEvent[] = [];
  #sequence = 0;
  #cancelled = 0;
  #eventsAtThisInstant = 0;

  constructor({ epochMs }: VirtualClockOptions) {
    if (!Number.isSafeInteger(epochMs)) throw new RangeError(`epochMs must be whole, not ${epochMs}`);
    this.epochMs = epochMs;
  }

  /** Time since the start, in whole microseconds: integers, so that sums are exact. */
  get nowUs(): number {
    return this.#nowUs;
  }

  /** Events run so far. */
  get processed(): number {
    return this.#processed;
  }

  /** Wall-clock time in milliseconds since 1970, with microseconds as decimals. */
  get wallMs(): number {
    return this.epochMs + this.#nowUs / 1000;
  }

  /**
   * Runs `run` after `delayMs` milliseconds, rounded to whole microseconds.
   * @throws {RangeError} when `delayMs` is negative or not a number
   */
  schedule(delayMs: number, run: () => void): ClockEvent {
    if (!(delayMs >= 0)) throw new RangeError(`cannot schedule ${delayMs} ms ahead`);
    const event = { timeUs: this.#nowUs + Math.round(delayMs * 1000), sequence: this.#sequence++, run };
    this.#push(event);
    return event;
  }

  /** Takes an event back; one that ran or was cancelled before stays as it is. */
  cancel(event: ClockEvent): void {
    if (event.run === null) return;
    event.run = null;
    // It stays in the heap until its turn comes, unless such events have become the larger part of it.
    if (++this.#cancelled > MIN_CANCELLED_TO_SWEEP && this.#cancelled * 2 > this.#heap.length) this.#sweep();
  }

  /** When the next event is due, in microseconds since the start; undefined when there is none. */
  nextUs(): number | undefined {
    for (let top = this.#heap[0]; top !== undefined; top = this.#heap[0]) {
      if (top.run !== null) return top.timeUs;
      this.#pop();
      this.#cancelled--;
    }
    return undefined;
  }

  /**
   * Moves to the next event and runs it. @returns false when there is none
   * @throws {Error} when time stands still: too many events at one instant
   */
  step(): boolean {
    if (this.nextUs() === undefined) return false;
    const event = this.#pop();
    if (event.timeUs > this.#nowUs) {
      this.#nowUs = event.timeUs;
      this.#eventsAtThisInstant = 0;
    } else if (++this.#eventsAtThisInstant > MAX_EVENTS_AT_ONE_INSTANT) {
      throw new Error(`time stands still: ${MAX_EVENTS_AT_ONE_INSTANT} events at ${this.#nowUs / 1e6} s`);
    }
    this.#processed++;
    const { run } = event;
    event.run = null;
    run?.();
    return true;
  }

  /** Moves the clock, without running anything, to an instant before the next event. */
  advanceTo(timeUs: number): void {
    const next = this.nextUs();
    if (timeUs < this.#nowUs || (next !== undefined && next < timeUs)) {
      throw new RangeError(`cannot move from ${this.#nowUs} us to ${timeUs} us: next event at ${next} us`);
    }
    this.#nowUs = timeUs;
    this.#eventsAtThisInstant = 0;
  }

  #sweep(): void {
    const live = this.#heap.filter((event) => event.run !== null);
    this.#heap = [];
    this.#cancelled = 0;
    for (const event of live) this.#push(event);
  }

  #push(event: ClockEvent): void {
    const heap = this.#heap;
    let index = heap.length;
    heap.push(event);
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = heap[parentIndex] as ClockEvent;
      if (!isBefore(event, parent)) break;
      heap[index] = parent;
      index = parentIndex;
    }
    heap[index] = event;
  }

  /** Takes the top off a heap that is not empty. */
  #pop(): ClockEvent {
    const heap = this.#heap;
    const top = heap[0] as ClockEvent;
    const last = heap.pop() as ClockEvent;
    const size = heap.length;
    if (size === 0) return top;
    let index = 0;
    for (let child = 1; child < size; child = 2 * index + 1) {
      if (child + 1 < size && isBefore(heap[child + 1] as ClockEvent, heap[child] as ClockEvent)) child++;
      const smaller = heap[child] as ClockEvent;
      if (!isBefore(smaller, last)) break;
      heap[index] = smaller;
      index = child;
    }
    heap[index] = last;
    return top;
  }
}

function isBefore(a: ClockEvent, b: ClockEvent): boolean {
  return a.timeUs < b.timeUs || (a.timeUs === b.timeUs && a.sequence < b.sequence);
}
