/**
 * How many requests are worked on at once. All of them share one thread, so that more at a time end no sooner: they only
 * need more memory. The others wait, in the order in which they came.
 */

export interface TurnsOptions {
  readonly atOnce: number;
  /** After this long, who still waits is sent away. */
  readonly patience_ms: number;
}

/** Gives a turn back; a second call does nothing. */
export type Release = () => void;

export class Turns {
  readonly #options: TurnsOptions;
  readonly #waiting = new Set<() => void>();
  #taken = 0;

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  /**
   * @param signal aborted when who waits has gone
   * @returns a turn, or undefined when patience ran out or who waited has gone
   */
  async take(signal: AbortSignal): Promise<Release | undefined> {
    if (this.#taken < this.#options.atOnce) this.#taken++;
    // Who has waited gets the turn of the one that gave it back: as many are taken as before.
    else if (!(await this.#wait(signal))) return undefined;
    return this.#release();
  }

  #release(): Release {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      const [next] = this.#waiting;
      if (next) next();
      else this.#taken--;
    };
  }

  #wait(signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (gotTurn: boolean) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', leave);
        this.#waiting.delete(begin);
        resolve(gotTurn);
      };
      const begin = () => end(true);
      const leave = () => end(false);
      const timer = setTimeout(leave, this.#options.patience_ms);
      if (signal.aborted) return leave();
      signal.addEventListener('abort', leave);
      this.#waiting.add(begin);
    });
  }
}
