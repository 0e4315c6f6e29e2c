import type { VirtualClock } from './clock.js';

/** Something in a simulation reached for the real world. */
export class RealWorldError extends Error {
  override readonly name = 'RealWorldError';

  /** @param reached what was called, by its public name, e.g. `fs.readFile` */
  constructor(reached: string) {
    super(`${reached} belongs to the real world, which does not exist inside a simulation`);
  }
}

/** A simulation came to an end that it should not have come to; `cause` says why. */
export class SimulationError extends Error {
  override readonly name = 'SimulationError';
  /** When it happened, in microseconds since the start. */
  readonly virtualUs: number;

  constructor(clock: VirtualClock, cause: unknown) {
    const at = new Date(Math.floor(clock.wallMs)).toISOString();
    super(`at ${at} (${clock.nowUs / 1e6} s into the simulation): ${describe(cause)}`, { cause });
    this.virtualUs = clock.nowUs;
  }
}

function describe(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}
