import type { Manifest } from '../../telemetry/run-files.js';

/** The parts of a window, in µs from its start. A thing belongs to a part when it ended after `from` and until `to`. */
export interface Interval {
  readonly from_us: number;
  readonly to_us: number;
}

/** When a run's parts begin and end. All times in the checks are whole µs from the window's start. */
export interface RunWindow {
  readonly start_ms: number;
  readonly whole: Interval;
  readonly baseline: Interval;
  readonly incident: Interval;
  /** The incident without its beginning. */
  readonly steady: Interval;
}

/** @throws {Error} when the manifest's times are missing or out of order */
export function runWindow({ window }: Manifest): RunWindow {
  const [start, incident, steady, end] = (['start', 'incident', 'steady', 'end'] as const).map((name) => {
    const time = Date.parse(window[name]);
    if (Number.isNaN(time)) throw new Error(`manifest: window.${name} is not a time: ${window[name]}`);
    return time;
  }) as [number, number, number, number];
  if (!(start < incident && incident < steady && steady < end)) {
    throw new Error('manifest: the times of the window are out of order');
  }
  const at = (time_ms: number) => (time_ms - start) * 1000;
  return {
    start_ms: start,
    whole: { from_us: 0, to_us: at(end) },
    baseline: { from_us: 0, to_us: at(incident) },
    incident: { from_us: at(incident), to_us: at(end) },
    steady: { from_us: at(steady), to_us: at(end) },
  };
}

/** Whether an instant is in an interval, which is open at its start as the increase of a counter is. */
export function isWithin({ from_us, to_us }: Interval, time_us: number): boolean {
  return time_us > from_us && time_us <= to_us;
}

export function length_s({ from_us, to_us }: Interval): number {
  return (to_us - from_us) / 1e6;
}

/** Decimal nanoseconds since the epoch as µs from `start_ms`; exact, which a double of nanoseconds would not be. */
export function microseconds(unixNano: string, start_ms: number): number {
  return Number(unixNano.slice(0, -3)) - start_ms * 1000;
}
