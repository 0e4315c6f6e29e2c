import { type Frame, numberAt } from './frames';

export type Labels = Readonly<Record<string, string>>;

/** One time series, times ascending; `undefined` where there is no sample. */
export interface Series {
  /** The `__name__` label, or else the refId of the query that asked for it. */
  readonly name: string;
  readonly labels: Labels;
  readonly times: readonly number[];
  readonly values: readonly (number | undefined)[];
}

/** Reads all numbers over time out of frames, whether each series has a frame of its own or they share one. */
export function readSeries(frames: readonly Frame[]): readonly Series[] {
  return frames.flatMap((frame) => {
    const time = frame.fields.find((field) => field.type === 'time');
    if (!time) return [];
    const indexes = Array.from({ length: frame.length }, (_, index) => index);
    const times = indexes.map((index) => numberAt(time, index) ?? 0);
    return frame.fields
      .filter((field) => field.type === 'number')
      .map((field) => ({
        name: field.labels?.__name__ ?? frame.refId ?? frame.name ?? '',
        labels: field.labels ?? {},
        times,
        values: indexes.map((index) => numberAt(field, index)),
      }));
  });
}

/** Adds series up, time by time: a sample counts where any of them has one. `undefined` when there are none. */
export function sumSeries(series: readonly Series[]): Series | undefined {
  const [first, ...rest] = series;
  if (!first || rest.length === 0) return first;
  const sums = new Map<number, number>();
  for (const { times, values } of series) {
    times.forEach((timeMs, index) => {
      const value = values[index];
      if (value !== undefined) sums.set(timeMs, (sums.get(timeMs) ?? 0) + value);
    });
  }
  const times = [...sums.keys()].sort((a, b) => a - b);
  return { name: first.name, labels: {}, times, values: times.map((timeMs) => sums.get(timeMs)) };
}

export interface Sample {
  readonly timeMs: number;
  readonly value: number;
}

/** The newest sample that is not after `timeMs`, and not older than `maxAgeMs`. */
export function sampleAt(
  series: Series | undefined,
  timeMs: number,
  maxAgeMs = Infinity,
): Sample | undefined {
  if (!series) return undefined;
  for (let index = indexAt(series.times, timeMs); index >= 0; index--) {
    const value = series.values[index];
    const sampleMs = series.times[index] ?? 0;
    if (timeMs - sampleMs > maxAgeMs) return undefined;
    if (value !== undefined) return { timeMs: sampleMs, value };
  }
  return undefined;
}

/** The first sample after `timeMs`. */
export function sampleAfter(series: Series | undefined, timeMs: number): Sample | undefined {
  if (!series) return undefined;
  for (let index = indexAt(series.times, timeMs) + 1; index < series.times.length; index++) {
    const value = series.values[index];
    if (value !== undefined) return { timeMs: series.times[index] ?? 0, value };
  }
  return undefined;
}

/** Number of the last time that is not after `timeMs`; -1 when all are. */
export function indexAt(times: readonly number[], timeMs: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? Infinity) <= timeMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export interface Increase {
  readonly value: number;
  /** Between which samples it was counted, which need not be the times asked for. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** How much a counter grew between the samples at two times; a reset starts again from zero. */
export function increase(series: Series | undefined, fromMs: number, toMs: number): Increase | undefined {
  const from = sampleAt(series, fromMs) ?? sampleAfter(series, fromMs);
  const to = sampleAt(series, toMs);
  if (!series || !from || !to || to.timeMs <= from.timeMs) return undefined;
  let value = 0;
  let previous = from.value;
  for (
    let index = indexAt(series.times, from.timeMs) + 1;
    (series.times[index] ?? Infinity) <= to.timeMs;
    index++
  ) {
    const current = series.values[index];
    if (current === undefined) continue;
    value += current < previous ? current : current - previous;
    previous = current;
  }
  return { value, fromMs: from.timeMs, toMs: to.timeMs };
}

/** Distance of two samples, as most of them have it; `undefined` for less than two. */
export function sampleIntervalMs(series: Series | undefined): number | undefined {
  if (!series || series.times.length < 2) return undefined;
  const steps = series.times.slice(1).map((timeMs, index) => timeMs - (series.times[index] ?? 0));
  return steps.sort((a, b) => a - b)[steps.length >> 1];
}
