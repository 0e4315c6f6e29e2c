/** Reads OpenMetrics text with timestamps, one series at a time: what a run's metrics file holds. */

import { isAscii } from 'node:buffer';

export type MetricType = 'counter' | 'gauge' | 'histogram' | 'summary' | 'info' | 'stateset' | 'unknown';

export interface MetricFamily {
  readonly name: string;
  readonly type: MetricType;
  readonly help: string;
  readonly unit: string;
}

export interface Exemplar {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  readonly timestamp_ms: number;
}

export interface Series {
  readonly family: MetricFamily;
  /** The sample's name, suffix (`_total`, `_bucket`, `_sum`, `_count`) included. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Strictly increasing, as long as `values`. */
  readonly timestamps_ms: readonly number[];
  readonly values: readonly number[];
  readonly exemplars: readonly Exemplar[];
}

const NEWLINE = 10;
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Yields the series of an OpenMetrics text in which every sample has a timestamp, every series is in one piece and
 * every family too. Memory is bounded by one series (and the names seen).
 * @throws {SyntaxError} with the line's number: malformed line, missing timestamp, time that does not increase,
 *   series or family in two pieces, missing `# EOF`
 */
export async function* readSeries(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Series, void, undefined> {
  const reader = new SeriesReader();
  let rest = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const newline = chunk.lastIndexOf(NEWLINE);
    if (newline >= 0) {
      reader.lines(decode(Buffer.concat([rest, chunk.subarray(0, newline)])));
      yield* reader.finished();
      rest = Buffer.alloc(0);
    }
    rest = Buffer.concat([rest, chunk.subarray(newline + 1)]);
  }
  if (rest.length > 0) reader.lines(decode(rest));
  reader.end();
  yield* reader.finished();
}

/** Plain ASCII, which nearly everything is, is much faster to take over as what it is than to decode. */
function decode(bytes: Buffer): string {
  return isAscii(bytes) ? bytes.toString('latin1') : UTF8.decode(bytes);
}

interface OpenSeries {
  readonly family: MetricFamily;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly timestamps_ms: number[];
  readonly values: number[];
  readonly exemplars: Exemplar[];
}

const UNDECLARED: MetricFamily = { name: '', type: 'unknown', help: '', unit: '' };

class SeriesReader {
  #number = 0;
  #ended = false;
  #family: MetricFamily = UNDECLARED;
  #families = new Set<string>();
  #keys = new Set<string>();
  /** Name and labels of the open series, as written. */
  #key = '';
  #series: OpenSeries | undefined;
  #finished: Series[] = [];

  /** The series that are complete by now; each is given out once. */
  finished(): readonly Series[] {
    const finished = this.#finished;
    this.#finished = [];
    return finished;
  }

  lines(text: string): void {
    for (let from = 0; from <= text.length; ) {
      const newline = text.indexOf('\n', from);
      const end = newline < 0 ? text.length : newline;
      this.#line(text.slice(from, end));
      from = end + 1;
    }
  }

  #line(line: string): void {
    this.#number++;
    if (this.#ended) throw this.#error('text after # EOF');
    if (line.startsWith('#')) {
      this.#comment(line);
      return;
    }
    if (!(this.#series && line.startsWith(this.#key) && line[this.#key.length] === ' ')) this.#open(line);
    this.#sample(line);
  }

  end(): void {
    if (!this.#ended) throw this.#error('cut off: no # EOF at its end');
  }

  #comment(line: string): void {
    if (line === '# EOF') {
      this.#close();
      this.#ended = true;
      return;
    }
    const match = /^# (TYPE|HELP|UNIT) (\S+) ?(.*)$/.exec(line);
    if (!match) throw this.#error(`not a TYPE, HELP, UNIT or EOF line: ${line.slice(0, 80)}`);
    const [, what, name = '', text = ''] = match.map(copied);
    if (name !== this.#family.name) this.#openFamily(name);
    if (what === 'TYPE') this.#family = { ...this.#family, type: text as MetricType };
    else if (what === 'HELP') this.#family = { ...this.#family, help: unescapeText(text) };
    else this.#family = { ...this.#family, unit: text };
  }

  #openFamily(name: string): void {
    this.#close();
    if (this.#families.has(name)) throw this.#error(`family ${name} is in two pieces`);
    this.#families.add(name);
    this.#family = { ...UNDECLARED, name };
    this.#keys.clear();
  }

  #open(line: string): void {
    this.#close();
    const { name, labels, end } = this.#nameAndLabels(line);
    const key = copied(line.slice(0, end));
    if (!name.startsWith(this.#family.name))
      throw this.#error(`${name} stands in family ${this.#family.name}`);
    if (this.#keys.has(key)) throw this.#error(`series ${key} is in two pieces`);
    this.#keys.add(key);
    this.#key = key;
    this.#series = { family: this.#family, name, labels, timestamps_ms: [], values: [], exemplars: [] };
  }

  #close(): void {
    if (this.#series) this.#finished.push(this.#series);
    this.#series = undefined;
    this.#key = '';
  }

  #sample(line: string): void {
    const series = this.#series as OpenSeries;
    const hash = line.indexOf(' # ', this.#key.length);
    const sample = hash < 0 ? line.slice(this.#key.length + 1) : line.slice(this.#key.length + 1, hash);
    const space = sample.indexOf(' ');
    if (space < 0) throw this.#error('a sample without timestamp');
    const time = this.#milliseconds(sample.slice(space + 1));
    const previous = series.timestamps_ms.at(-1);
    if (previous !== undefined && time <= previous) throw this.#error('time does not increase');
    series.timestamps_ms.push(time);
    series.values.push(this.#float(sample.slice(0, space)));
    if (hash >= 0) series.exemplars.push(this.#exemplar(line.slice(hash + 3)));
  }

  #exemplar(text: string): Exemplar {
    if (text[0] !== '{') throw this.#error('an exemplar starts with its labels');
    const { labels, end } = this.#nameAndLabels(text);
    const [value = '', time = '', more] = text.slice(end + 1).split(' ');
    if (more !== undefined) throw this.#error('text after an exemplar');
    return { labels, value: this.#float(value), timestamp_ms: this.#milliseconds(time) };
  }

  /** `name{label="value",...}`: name and labels, and where they end. */
  #nameAndLabels(text: string): { name: string; labels: Record<string, string>; end: number } {
    const name = copied(/^[a-zA-Z_:]?[a-zA-Z0-9_:]*/.exec(text)?.[0] ?? '');
    const labels: Record<string, string> = {};
    let at = name.length;
    if (text[at] !== '{') {
      if (name === '') throw this.#error('a sample starts with a metric name');
      return { name, labels, end: at };
    }
    at++;
    const label = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)",?/y;
    while (text[at] !== '}') {
      label.lastIndex = at;
      const match = label.exec(text);
      if (!match) throw this.#error(`malformed labels: ${text.slice(at, at + 40)}`);
      labels[copied(match[1] as string)] = unescapeText(copied(match[2] as string));
      at = label.lastIndex;
    }
    return { name, labels, end: at + 1 };
  }

  #float(text: string): number {
    if (text === '+Inf') return Number.POSITIVE_INFINITY;
    if (text === '-Inf') return Number.NEGATIVE_INFINITY;
    if (text === 'NaN') return Number.NaN;
    const value = Number(text);
    if (text === '' || Number.isNaN(value)) throw this.#error(`not a number: ${text.slice(0, 40)}`);
    return value;
  }

  #milliseconds(text: string): number {
    return Math.round(this.#float(text) * 1000);
  }

  #error(message: string): SyntaxError {
    return new SyntaxError(`line ${this.#number}: ${message}`);
  }
}

/** A string of its own: part of a longer one would keep all of that in memory. */
function copied(text: string): string {
  return Buffer.from(text).toString();
}

function unescapeText(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));
}
