/** The series of a run that the checks use, with the questions asked of them: value at an instant, increase. */
import type { Series } from '../../telemetry/openmetrics-reader.js';

export type Matcher = Readonly<Record<string, string | ((value: string) => boolean)>>;

export class MetricStore {
  readonly #byName = new Map<string, Series[]>();

  /** @param names of the samples that are kept; all others are only counted */
  constructor(names: Iterable<string>) {
    for (const name of names) this.#byName.set(name, []);
  }

  add(series: Series): void {
    this.#byName.get(series.name)?.push(series);
  }

  /** @throws {Error} when the name was not among those to keep: a mistake in the code */
  select(name: string, matcher: Matcher = {}): readonly Series[] {
    const all = this.#byName.get(name);
    if (all === undefined) throw new Error(`the store does not keep ${name}`);
    return all.filter(({ labels }) =>
      Object.entries(matcher).every(([label, wanted]) => {
        const value = labels[label] ?? '';
        return typeof wanted === 'string' ? value === wanted : wanted(value);
      }),
    );
  }

  /** The sum of what the matching series read at an instant; undefined when none was scraped then. */
  sumAt(name: string, matcher: Matcher, time_ms: number): number | undefined {
    let sum: number | undefined;
    for (const series of this.select(name, matcher)) {
      const value = valueAt(series, time_ms);
      if (value !== undefined) sum = (sum ?? 0) + value;
    }
    return sum;
  }

  /** The sum of the matching counters' increases between two scrapes. */
  increase(name: string, matcher: Matcher, from_ms: number, to_ms: number): number {
    return this.select(name, matcher).reduce((sum, series) => sum + increase(series, from_ms, to_ms), 0);
  }
}

/** What a series read at exactly this instant. */
export function valueAt({ timestamps_ms, values }: Series, time_ms: number): number | undefined {
  const at = lastUntil(timestamps_ms, time_ms);
  return timestamps_ms[at] === time_ms ? values[at] : undefined;
}

/** How much a counter grew between two scrapes; one that was not there yet counts from 0. No resets. */
export function increase({ timestamps_ms, values }: Series, from_ms: number, to_ms: number): number {
  const until = (time_ms: number) => values[lastUntil(timestamps_ms, time_ms)] ?? 0;
  return until(to_ms) - until(from_ms);
}

/** Index of the last time that is not after `time_ms`; -1 when there is none. */
function lastUntil(times_ms: readonly number[], time_ms: number): number {
  let low = -1;
  let high = times_ms.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((times_ms[middle] as number) <= time_ms) low = middle;
    else high = middle - 1;
  }
  return low;
}
