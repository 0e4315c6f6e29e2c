/**
 * How the `process.nextTick` callbacks and microtasks that an event leads to are finished before the next event:
 * `tick` by Node's own routine, which it runs after every callback (undocumented), many events to one turn of the real
 * loop; `turn` by one turn of the real loop to each event, ten times as slow.
 */
export type Drain = 'tick' | 'turn';

const EVENTS_PER_TURN = 2000;

type NodeProcess = NodeJS.Process & { readonly _tickCallback?: () => void };

/** Whether Node's own routine is there and does what is expected. Must not be called from a promise callback. */
export function drainsAtOnce(): boolean {
  const tickCallback = (process as NodeProcess)._tickCallback;
  if (typeof tickCallback !== 'function') return false;
  let finished = false;
  process.nextTick(async () => {
    await null;
    await new Promise<void>((resolve) => process.nextTick(resolve));
    finished = true;
  });
  tickCallback();
  return finished;
}

/** Runs events for one turn of the real loop. @param step runs one; false when there is none. @returns whether to go on */
export function drainTurn(drain: Drain, step: () => boolean): boolean {
  if (drain === 'turn') return step();
  const tickCallback = (process as NodeProcess)._tickCallback as () => void;
  for (let i = 0; i < EVENTS_PER_TURN; i++) {
    if (!step()) return false;
    tickCallback();
  }
  return true;
}
