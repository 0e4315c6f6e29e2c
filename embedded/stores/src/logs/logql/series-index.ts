/** Which series a line's sample belongs to. */
import { type Label, Labels } from '../labels.js';
import type { LineState } from '../pipeline/line-state.js';

export interface SampleSeries {
  readonly labels: Labels;
  readonly times: number[];
  readonly values: number[];
}

interface GrowingSeries extends SampleSeries {
  isInOrder: boolean;
}

export interface SeriesGrouping {
  readonly groups: readonly string[];
  readonly without: boolean;
  readonly noLabels: boolean;
}

/** By the value of one label after the other: finding a series makes no text. */
type Node = Map<string | undefined, Node | GrowingSeries>;

export class SeriesIndex {
  readonly #groups: readonly string[];
  readonly #grouping: SeriesGrouping;
  readonly #byKey = new Map<string, GrowingSeries>();
  readonly #byValue: Node = new Map();
  #single: GrowingSeries | undefined;

  constructor(grouping: SeriesGrouping) {
    this.#grouping = grouping;
    this.#groups = [...new Set(grouping.groups)].sort();
  }

  get count(): number {
    return this.#byKey.size;
  }

  add(state: LineState, time: number, value: number): void {
    const series = this.#find(state);
    const { times, values } = series;
    if (times.length > 0 && (times[times.length - 1] as number) > time) series.isInOrder = false;
    times.push(time);
    values.push(value);
  }

  series(): readonly SampleSeries[] {
    for (const series of this.#byKey.values()) if (!series.isInOrder) sortByTime(series);
    return [...this.#byKey.values()];
  }

  #find(state: LineState): GrowingSeries {
    // Grouping would lose what has to fail the query.
    if (state.error !== '') return this.#ofLabels(Labels.of(state.all()));
    const { noLabels, without } = this.#grouping;
    if (noLabels) {
      this.#single ??= this.#ofLabels(Labels.EMPTY);
      return this.#single;
    }
    if (without || this.#groups.length === 0) {
      const all = state.all();
      for (const name of this.#groups) all.delete(name);
      return this.#ofLabels(Labels.of(all));
    }
    return this.#ofValues(state);
  }

  #ofValues(state: LineState): GrowingSeries {
    let node = this.#byValue;
    const last = this.#groups.length - 1;
    for (let index = 0; index < last; index++) {
      const value = state.get(this.#groups[index] as string);
      let next = node.get(value) as Node | undefined;
      if (!next) {
        next = new Map();
        node.set(value, next);
      }
      node = next;
    }
    const value = state.get(this.#groups[last] as string);
    let series = node.get(value) as GrowingSeries | undefined;
    if (!series) {
      const labels: Label[] = [];
      for (const name of this.#groups) {
        const text = state.get(name);
        if (text !== undefined) labels.push([name, text]);
      }
      series = this.#ofLabels(Labels.of(labels));
      node.set(value, series);
    }
    return series;
  }

  #ofLabels(labels: Labels): GrowingSeries {
    let series = this.#byKey.get(labels.key);
    if (!series) {
      series = { labels, times: [], values: [], isInOrder: true };
      this.#byKey.set(labels.key, series);
    }
    return series;
  }
}

/** Samples of several streams follow each other; those of one time stay as they came. */
function sortByTime({ times, values }: SampleSeries): void {
  const order = Uint32Array.from(times, (_, index) => index);
  order.sort((a, b) => (times[a] as number) - (times[b] as number) || a - b);
  const [oldTimes, oldValues] = [Float64Array.from(times), Float64Array.from(values)];
  for (let index = 0; index < order.length; index++) {
    times[index] = oldTimes[order[index] as number] as number;
    values[index] = oldValues[order[index] as number] as number;
  }
}
