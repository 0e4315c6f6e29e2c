/** Puts the spans of one trace after the other into the order of its tree. */
import type { TracesStore } from './store.js';
import type { TraceIndex } from './trace-index.js';

const NO_SPAN = -1;
const HANGS_ON_NOTHING = -2;
const SERVER = 2;
const CLIENT = 3;
const PLACED = -3;

export class TreeBuilder {
  readonly #store: TracesStore;
  readonly #index: TraceIndex;
  /** Of the trace at hand, by its spans' order of arrival, as the lists below. */
  readonly #spans: number[] = [];
  readonly #parents: number[] = [];
  readonly #firstChild: number[] = [];
  readonly #nextSibling: number[] = [];
  /** By the lower half of the id. */
  readonly #byId = new Map<number, number[]>();

  constructor(store: TracesStore, index: TraceIndex) {
    this.#store = store;
    this.#index = index;
  }

  add(trace: number): void {
    const from = this.#index.from[trace] as number;
    const to = this.#index.from[trace + 1] as number;
    if (from === to) return;
    const sound = this.#collect(from, to);
    this.#findParents(sound);
    this.#linkChildren();
    this.#place(from, sound);
    this.#summarize(trace);
  }

  /** @returns whether the tree can be told: no id is there more than twice */
  #collect(from: number, to: number): boolean {
    const { idHigh, idLow } = this.#store.spans;
    this.#spans.length = 0;
    this.#byId.clear();
    let sound = true;
    for (let i = from; i < to; i++) {
      const span = this.#index.arrival[i] as number;
      const low = idLow[span] as number;
      const known = this.#byId.get(low);
      this.#spans.push(span);
      if (known === undefined) this.#byId.set(low, [this.#spans.length - 1]);
      else {
        known.push(this.#spans.length - 1);
        sound &&= this.#withId(idHigh[span] as number, low).length <= 2;
      }
    }
    return sound;
  }

  #findParents(sound: boolean): void {
    const { parentHigh, parentLow, kind } = this.#store.spans;
    this.#parents.length = 0;
    for (const span of this.#spans) {
      const high = parentHigh[span] as number;
      const low = parentLow[span] as number;
      if (!sound) this.#parents.push(HANGS_ON_NOTHING);
      else if (high === 0 && low === 0) this.#parents.push(NO_SPAN);
      else this.#parents.push(this.#pick(this.#withId(high, low), kind[span] as number));
    }
  }

  #withId(high: number, low: number): readonly number[] {
    const { idHigh } = this.#store.spans;
    const known = this.#byId.get(low) ?? [];
    return known.length === 1 && idHigh[this.#spans[known[0] as number] as number] === high
      ? known
      : known.filter((one) => idHigh[this.#spans[one] as number] === high);
  }

  /** Client and server may share an id: then a server hangs on the client, anything else on the server. */
  #pick(candidates: readonly number[], kind: number): number {
    if (candidates.length < 2) return candidates[0] ?? HANGS_ON_NOTHING;
    const wanted = kind === SERVER ? CLIENT : SERVER;
    const kinds = this.#store.spans.kind;
    return candidates.find((one) => kinds[this.#spans[one] as number] === wanted) ?? HANGS_ON_NOTHING;
  }

  /** Children in the order of arrival: each is put before those that came later. */
  #linkChildren(): void {
    const { length } = this.#spans;
    for (let i = 0; i < length; i++) this.#firstChild[i] = this.#nextSibling[i] = NO_SPAN;
    for (let i = length - 1; i >= 0; i--) {
      const parent = this.#parents[i] as number;
      if (parent < 0) continue;
      this.#nextSibling[i] = this.#firstChild[parent] as number;
      this.#firstChild[parent] = i;
    }
  }

  #place(from: number, sound: boolean): void {
    let place = from;
    let bound = 1;
    const { left, right, parent } = this.#index;
    for (let root = 0; sound && root < this.#spans.length; root++) {
      if (this.#parents[root] !== NO_SPAN) continue;
      parent[place] = NO_SPAN;
      let at = this.#put(root, place++);
      left[at] = bound++;
      for (let node = root; ; ) {
        const child = this.#firstChild[node] as number;
        if (child >= 0) {
          this.#firstChild[node] = this.#nextSibling[child] as number;
          parent[place] = at;
          at = this.#put(child, place++);
          left[at] = bound++;
          node = child;
        } else {
          right[at] = bound++;
          if (node === root) break;
          node = this.#parents[node] as number;
          at = parent[at] as number;
        }
      }
    }
    this.#placeOthers(place);
  }

  #put(node: number, place: number): number {
    const span = this.#spans[node] as number;
    this.#index.order[place] = span;
    this.#index.place[span] = place;
    this.#spans[node] = PLACED;
    return place;
  }

  /** Spans that hang on no root, and those of rings. */
  #placeOthers(from: number): void {
    let place = from;
    for (let node = 0; node < this.#spans.length; node++) {
      if (this.#spans[node] === PLACED) continue;
      this.#index.parent[place] = HANGS_ON_NOTHING;
      this.#put(node, place++);
    }
  }

  #summarize(trace: number): void {
    const { from, order, startSeconds, startNanos, duration_ns, root } = this.#index;
    const { seconds, nanos, duration_ns: durations, parentHigh, parentLow } = this.#store.spans;
    const first = order[from[trace] as number] as number;
    let [start_s, start_ns] = [seconds[first] as number, nanos[first] as number];
    let end_ns = 0;
    for (let place = from[trace] as number; place < (from[trace + 1] as number); place++) {
      const span = order[place] as number;
      const after_ns = ((seconds[span] as number) - start_s) * 1e9 + (nanos[span] as number) - start_ns;
      if (after_ns < 0) {
        [start_s, start_ns] = [seconds[span] as number, nanos[span] as number];
        end_ns -= after_ns;
      }
      end_ns = Math.max(end_ns, Math.max(0, after_ns) + (durations[span] as number));
      if (root[trace] === -1 && parentHigh[span] === 0 && parentLow[span] === 0) root[trace] = span;
    }
    startSeconds[trace] = start_s;
    startNanos[trace] = start_ns;
    duration_ns[trace] = end_ns;
  }
}
