/** All log streams, found by their labels. */
import { compareText, Labels } from './labels.js';
import type { Matcher } from './matcher.js';
import { type Entry, type Instant, LogStream } from './stream.js';

/** From an instant on, up to another one that is not in it. */
export interface Span {
  readonly start: Instant;
  readonly end: Instant;
}

export class LogsStore {
  readonly #streams = new Map<string, LogStream>();
  #sorted: readonly LogStream[] | undefined;

  /** Takes an entry as it is; the rules for what may be pushed are in `push.ts`. */
  append(labels: Labels, entry: Entry): void {
    this.stream(labels).append(entry);
  }

  /** In the order of their labels, ready to be read. */
  select(matchers: readonly Matcher[]): readonly LogStream[] {
    this.#sorted ??= [...this.#streams.values()].sort((a, b) => Labels.compare(a.labels, b.labels));
    const selected = this.#sorted.filter(({ labels }) =>
      matchers.every(({ name, matches }) => matches(labels.get(name))),
    );
    for (const stream of selected) stream.seal();
    return selected;
  }

  /** Streams with lines in a span. */
  selectWithin(matchers: readonly Matcher[], span: Span): readonly LogStream[] {
    return this.select(matchers).filter((stream) => stream.indexOf(span.start) < stream.indexOf(span.end));
  }

  /** Names of labels of streams, sorted. */
  labelNames(streams: readonly LogStream[]): readonly string[] {
    const names = new Set(streams.flatMap(({ labels }) => labels.pairs.map(([name]) => name)));
    return [...names].sort(compareText);
  }

  /** The stream of these labels, which is made if there is none. */
  stream(labels: Labels): LogStream {
    let stream = this.#streams.get(labels.key);
    if (!stream) {
      stream = new LogStream(labels);
      this.#streams.set(labels.key, stream);
      this.#sorted = undefined;
    }
    return stream;
  }
}
