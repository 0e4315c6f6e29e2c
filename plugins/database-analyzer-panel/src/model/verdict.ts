import type { PoolArithmetic } from './pool-arithmetic';
import type { StateKind } from './session';

/** Whether time goes into waiting for the pool or into statements. Only said when conclusions are wanted. */
export interface Verdict {
  readonly gaveUp: number;
  /** Connections on which a statement runs, waiting inside the server or not. */
  readonly running: number;
  readonly connections: number;
}

/** So few connections run a statement that the server cannot be what is waited for. */
const FEW = 0.2;

/** @returns `undefined` unless checkouts gave up while few connections ran a statement */
export function verdict(
  arithmetic: PoolArithmetic | undefined,
  counts: Readonly<Record<StateKind, number>>,
): Verdict | undefined {
  if (!arithmetic?.timeouts) return undefined;
  const { connections, timeouts } = arithmetic;
  const running = counts.active + counts.waiting;
  if (running > FEW * connections) return undefined;
  return { gaveUp: Math.round(timeouts), running, connections };
}
