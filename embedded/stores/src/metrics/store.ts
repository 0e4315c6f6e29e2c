/** Series by their labels: what remote write brings and queries read. */
import { QueryError } from '../query/query-error.js';
import { compareLabels, compareText, Labels } from './labels.js';
import type { Matcher } from './matcher.js';
import { type Exemplar, Series } from './series.js';

export interface IncomingSeries {
  readonly labels: Labels;
  readonly times: Float64Array;
  readonly values: Float64Array;
  /** Times of staleness markers. */
  readonly staleTimes: readonly number[];
  readonly exemplars: readonly Exemplar[];
}

/** How much older than the newest sample of all a sample may be: `out_of_order_time_window` of the real stack. */
export const OUT_OF_ORDER_WINDOW_MS = 8760 * 3_600_000;

export class MetricsStore {
  #series: Series[] = [];
  /** Whether the series, and with them all lists of them, are in the order of their labels. */
  #sorted = true;
  #byKey = new Map<string, Series>();
  /** Series by name and value of each label. */
  #postings = new Map<string, Map<string, Series[]>>();
  #texts = new Map<string, string>();
  #first_ms = Number.POSITIVE_INFINITY;
  #last_ms = Number.NEGATIVE_INFINITY;

  /**
   * All or, for what is refused by its time alone, nothing.
   * @throws {QueryError} `bad_data` for samples out of bounds, or in conflict with what is there
   */
  append(incoming: readonly IncomingSeries[]): void {
    const newest = incoming.reduce((max, { times }) => Math.max(max, times.at(-1) ?? max), this.#last_ms);
    for (const { labels, times } of incoming) {
      const oldest = times.reduce((min, time) => Math.min(min, time), Number.POSITIVE_INFINITY);
      if (oldest < newest - OUT_OF_ORDER_WINDOW_MS) {
        throw new QueryError('bad_data', `out of bounds: series=${labels}, timestamp=${oldest}`);
      }
    }
    for (const one of incoming) this.#appendOne(one);
  }

  /** Series that all matchers match, in the order of their labels. */
  select(matchers: readonly Matcher[]): readonly Series[] {
    if (!this.#sorted) this.#sort();
    const rest = matchers.map((matcher) => ({ name: matcher.name, matches: remembering(matcher.matches) }));
    return this.#candidates(matchers).filter((series) =>
      rest.every(({ name, matches }) => matches(series.labels.get(name))),
    );
  }

  get series(): readonly Series[] {
    return this.#series;
  }

  /** Time of the first and last sample; undefined when there are none. */
  get bounds(): { readonly first_ms: number; readonly last_ms: number } | undefined {
    if (this.#series.length === 0) return undefined;
    return { first_ms: this.#first_ms, last_ms: this.#last_ms };
  }

  /** Sorted. */
  labelNames(): readonly string[] {
    return [...this.#postings.keys()].sort(compareText);
  }

  /** Sorted. */
  labelValues(name: string): readonly string[] {
    return [...(this.#postings.get(name)?.keys() ?? [])].sort(compareText);
  }

  /** The shortest list that holds all series of some matcher for equality. */
  #candidates(matchers: readonly Matcher[]): readonly Series[] {
    let best: readonly Series[] = this.#series;
    for (const { name, operator, value } of matchers) {
      if (operator !== '=' || value === '') continue;
      const list = this.#postings.get(name)?.get(value) ?? [];
      if (list.length < best.length) best = list;
    }
    return best;
  }

  #appendOne({ labels, times, values, staleTimes, exemplars }: IncomingSeries): void {
    const series = this.#byKey.get(labels.key) ?? this.#create(labels);
    for (let index = 0; index < times.length; index++) {
      const time = times[index] as number;
      if (series.append(time, values[index] as number) === 'conflict') {
        throw new QueryError(
          'bad_data',
          `duplicate sample for timestamp ${time} with another value: series=${labels}`,
        );
      }
      if (time < this.#first_ms) this.#first_ms = time;
      if (time > this.#last_ms) this.#last_ms = time;
    }
    for (const time of staleTimes) series.appendStale(time);
    for (const exemplar of exemplars) addExemplar(series.exemplars, exemplar);
  }

  #create(incoming: Labels): Series {
    // One copy of each text, however many series have it.
    const labels = Labels.of(
      incoming.entries().map(([name, value]) => [this.#text(name), this.#text(value)]),
    );
    const series = new Series(labels);
    this.#series.push(series);
    this.#sorted = false;
    this.#byKey.set(labels.key, series);
    for (const [name, value] of labels.entries()) {
      const values = this.#postings.get(name) ?? new Map<string, Series[]>();
      this.#postings.set(name, values);
      const list = values.get(value);
      if (list) list.push(series);
      else values.set(value, [series]);
    }
    return series;
  }

  #sort(): void {
    const order = (a: Series, b: Series) => compareLabels(a.labels, b.labels);
    this.#series.sort(order);
    for (const values of this.#postings.values()) for (const list of values.values()) list.sort(order);
    this.#sorted = true;
  }

  #text(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    return text;
  }
}

/** Tests each value of a label once, however many series have it. */
function remembering(matches: (value: string) => boolean): (value: string) => boolean {
  const known = new Map<string, boolean>();
  return (value) => {
    let result = known.get(value);
    if (result === undefined) {
      result = matches(value);
      known.set(value, result);
    }
    return result;
  };
}

/** As the real engine's: what is not newer than the last one is dropped without a word. */
function addExemplar(exemplars: Exemplar[], exemplar: Exemplar): void {
  const last = exemplars.at(-1);
  if (last === undefined || exemplar.timestamp_ms > last.timestamp_ms) exemplars.push(exemplar);
}
