import { type Quantile, quantile } from './histogram';
import type { PoolMetrics } from './pool-metrics';
import { increase, type Sample, sampleAfter, sampleAt } from './series';

/** connections / mean hold = what the pool can sustain, beside what is asked of it. Rates are per second. */
export interface PoolArithmetic {
  readonly connections: number;
  /** Holds that ended in the window: their mean is all that is known of how long connections are held. */
  readonly holdsEnded: number;
  readonly meanHoldS: number | undefined;
  readonly sustainable: number | undefined;
  readonly asked: number | undefined;
  /** 95th percentile of the waits that ended in the window, in seconds. */
  readonly waitP95: Quantile | undefined;
  readonly timeouts: number | undefined;
}

/** @returns `undefined` when the pool's size or its holds are not measured */
export function poolArithmetic(
  metrics: PoolMetrics,
  fromMs: number,
  toMs: number,
): PoolArithmetic | undefined {
  const connections = sampleAt(metrics.max, toMs)?.value ?? sampleAfter(metrics.max, toMs)?.value;
  const useSum = increase(metrics.useSum, fromMs, toMs);
  const useCount = increase(metrics.useCount, fromMs, toMs);
  if (connections === undefined || !useSum || !useCount) return undefined;
  const meanHoldS = useCount.value > 0 ? useSum.value / useCount.value : undefined;
  return {
    connections,
    holdsEnded: useCount.value,
    meanHoldS,
    sustainable: meanHoldS ? connections / meanHoldS : undefined,
    asked: asked(metrics, fromMs, toMs),
    waitP95: quantile(metrics.waitBuckets, { q: 0.95, fromMs, toMs }),
    timeouts: increase(metrics.timeouts, fromMs, toMs)?.value,
  };
}

/** Waits begun per second = waits that ended + growth of the queue. */
function asked(metrics: PoolMetrics, fromMs: number, toMs: number): number | undefined {
  const ended = increase(metrics.waits, fromMs, toMs);
  if (!ended) return undefined;
  const before = sampleAt(metrics.queue, ended.fromMs)?.value ?? 0;
  const after = sampleAt(metrics.queue, ended.toMs)?.value ?? 0;
  return Math.max(0, ended.value + after - before) / ((ended.toMs - ended.fromMs) / 1000);
}

export interface QueueReading {
  readonly gauge: Sample;
  /** At most so many can have been waiting at once before the next sample; `undefined` without a next sample. */
  readonly bound: number | undefined;
  readonly nextMs: number | undefined;
}

/** The queue's gauge at an instant, with what it can hide: it is read only once each interval. */
export function readQueue(metrics: PoolMetrics, timeMs: number): QueueReading | undefined {
  const gauge = sampleAt(metrics.queue, timeMs, 5 * (metrics.intervalMs ?? 60_000));
  if (!gauge) return undefined;
  const next = sampleAfter(metrics.queue, timeMs);
  const ended = next && increase(metrics.waits, gauge.timeMs, next.timeMs);
  if (!next || !ended) return { gauge, bound: undefined, nextMs: next?.timeMs };
  const begun = Math.max(0, next.value - gauge.value + ended.value);
  const bound = Math.min(gauge.value + begun, next.value + ended.value);
  return { gauge, bound: Math.max(gauge.value, Math.round(bound)), nextMs: next.timeMs };
}
