import type { VirtualClock } from './clock.js';
import { type Drain, drainsAtOnce, drainTurn } from './drain.js';
import { SimulationError } from './errors.js';
import { checkNoRealWork } from './guard.js';
import { real } from './real.js';

export interface LoopOptions {
  /** Stops once everything up to and including this instant has happened; without it, when nothing is left to do. */
  readonly untilUs?: number;
  /** How each event is followed up; by default the faster way if this Node.js has it. Both give the same results. */
  readonly drain?: Drain;
  /** Called once: with nothing when the end was reached, with an error that names the virtual time otherwise. */
  readonly done: (error?: SimulationError) => void;
}

/**
 * Runs the clock's events one by one, each with every `process.nextTick` callback and microtask that it leads to.
 * An error that nobody handles inside the simulation ends it.
 *
 * The first event runs in a later turn of the real event loop: a loop run from inside a promise callback, after an
 * `await`, could not drain anything.
 */
export function runLoop(clock: VirtualClock, options: LoopOptions): void {
  const { untilUs = Number.POSITIVE_INFINITY, done } = options;
  let failure: { readonly cause: unknown } | undefined;

  // An error from a tick or microtask must reach Node, which sets its async hooks right and hands it to this.
  function fail(cause: unknown): void {
    if (failure !== undefined) return;
    failure = { cause };
    real.setImmediate(finish);
  }

  function finish(): void {
    process.off('uncaughtException', fail);
    process.off('unhandledRejection', fail);
    if (failure !== undefined) {
      done(new SimulationError(clock, failure.cause));
      return;
    }
    if (untilUs !== Number.POSITIVE_INFINITY && clock.nowUs < untilUs) clock.advanceTo(untilUs);
    done();
  }

  /** Runs the next event. @returns false when the simulation is over */
  function step(): boolean {
    const next = failure === undefined ? clock.nextUs() : undefined;
    if (next === undefined || next > untilUs) return false;
    try {
      return clock.step();
    } catch (error) {
      fail(error);
      return false;
    }
  }

  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  real.setImmediate(() => {
    const drain = options.drain ?? (drainsAtOnce() ? 'tick' : 'turn');
    const turn = () => {
      const more = drainTurn(drain, step);
      checkNoRealWork();
      if (more) real.setImmediate(turn);
      // What the last event led to may still be under way, or be an error.
      else if (failure === undefined) real.setImmediate(() => failure === undefined && finish());
    };
    turn();
  });
}
