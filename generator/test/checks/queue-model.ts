/**
 * A queue in front of a small pool, a few minutes long: enough of a service for its signals to agree with each other.
 * It knows nothing of the real app and its simulation; `emit.ts` and `run-writer.ts` turn what happens here into a run.
 */

/** µs from the start of the run's window; the model begins some time before. */
export type Time = number;

interface Event {
  readonly time: Time;
  readonly run: () => void;
}

/** Events in the order of their times, those of one instant in the order in which they were planned. */
export class Timeline {
  now: Time;
  readonly #events: Event[] = [];

  constructor(start: Time) {
    this.now = start;
  }

  at(time: Time, run: () => void): void {
    let index = this.#events.length;
    while (index > 0 && (this.#events[index - 1] as Event).time > time) index--;
    this.#events.splice(index, 0, { time, run });
  }

  after(delay: Time, run: () => void): void {
    this.at(this.now + delay, run);
  }

  sleep(delay: Time): Promise<void> {
    return new Promise((resolve) => this.after(delay, resolve));
  }

  /** Runs all events until `end`, and what promises make of them in between. */
  async runUntil(end: Time): Promise<void> {
    for (let event = this.#events.shift(); event && event.time <= end; event = this.#events.shift()) {
      this.now = event.time;
      event.run();
      await new Promise(setImmediate);
    }
  }
}

/** The same numbers on every machine. */
export class Random {
  #state = 12345;

  next(): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return this.#state / 2 ** 32;
  }

  between(low: number, high: number): number {
    return Math.round(low + (high - low) * this.next());
  }
}

export interface Session {
  readonly pid: number;
  state: 'idle' | 'active' | 'idle in transaction';
  transactionStart?: Time | undefined;
  route: string;
  traceId: string;
  spanId: string;
}

interface Waiter {
  readonly urgent: boolean;
  readonly take: (session: Session | undefined) => void;
}

/** Connections for those who wait: the urgent first, then in the order of their coming. */
export class Pool {
  readonly sessions: readonly Session[];
  readonly #timeline: Timeline;
  readonly #free: Session[];
  #waiting: Waiter[] = [];
  readonly #lent = new Map<Session, Time>();
  timeouts = 0;
  useTime_s = 0;

  constructor(timeline: Timeline, size: number) {
    this.#timeline = timeline;
    this.sessions = Array.from({ length: size }, (_, i) => ({
      pid: 100 + i,
      state: 'idle',
      route: '',
      traceId: '',
      spanId: '',
    }));
    this.#free = [...this.sessions];
  }

  get used(): number {
    return this.#lent.size;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** @returns undefined when none came free in time */
  borrow(urgent: boolean, patience: Time): Promise<Session | undefined> {
    return new Promise((resolve) => {
      const waiter: Waiter = { urgent, take: resolve };
      this.#waiting.push(waiter);
      this.#serve();
      this.#timeline.after(patience, () => {
        if (!this.#waiting.includes(waiter)) return;
        this.#waiting = this.#waiting.filter((other) => other !== waiter);
        this.timeouts++;
        resolve(undefined);
      });
    });
  }

  giveBack(session: Session): void {
    this.useTime_s += (this.#timeline.now - (this.#lent.get(session) as Time)) / 1e6;
    this.#lent.delete(session);
    this.#free.push(session);
    this.#serve();
  }

  #serve(): void {
    while (this.#free.length > 0 && this.#waiting.length > 0) {
      const waiter = this.#waiting.find(({ urgent }) => urgent) ?? (this.#waiting[0] as Waiter);
      this.#waiting = this.#waiting.filter((other) => other !== waiter);
      const session = this.#free.shift() as Session;
      this.#lent.set(session, this.#timeline.now);
      waiter.take(session);
    }
  }
}
