/**
 * What a Prometheus would have kept of many scrapes: one column of values for each series, written out at the end as
 * one OpenMetrics text with time stamps, every family in one piece.
 */

import { getOrMake } from './maps.js';
import type { Verdict } from './trace-collector.js';

/** A counter that no target exposes; the same object stands for the same series at every scrape. */
export interface ScrapedSample {
  readonly type: 'counter' | 'histogram';
  readonly family: string;
  readonly name: string;
  /** The text between the braces. */
  readonly labels: string;
  readonly value: number;
}

type FamilyType = 'counter' | 'gauge' | 'histogram' | 'summary' | 'info' | 'unknown';

interface Series {
  readonly head: string;
  readonly firstScrape: number;
  readonly values: number[];
  /** Exemplar texts by scrape; each exemplar stands only where it was first seen. */
  exemplars?: Map<number, string>;
  lastExemplar?: string;
}

interface Family {
  readonly name: string;
  readonly type: FamilyType;
  help: string;
  readonly series: Map<string, Series>;
}

/** An exemplar whose trace has not finished yet. */
interface OpenExemplar {
  readonly series: Series;
  readonly scrape: number;
  readonly text: string;
}

const CHUNK_LENGTH = 200_000;
const TRACE_ID = /trace_id="([0-9a-f]+)"/;

export class ScrapeStore {
  samples = 0;
  exemplars = 0;
  readonly #verdict: (traceId: string) => Verdict;
  readonly #timesMs: number[] = [];
  #openExemplars: OpenExemplar[] = [];
  readonly #families = new Map<string, Family>();
  /** Of a family whose type is not known yet: exporters write HELP before TYPE. */
  #pendingHelp: { readonly name: string; readonly help: string } | undefined;
  /** From the head of an exposition's line to its series, for each target. */
  readonly #known = new Map<string, Map<string, Series>>();
  readonly #ofSamples = new Map<ScrapedSample, Series>();

  /** @param verdict whether a trace is stored: an exemplar that leads to none is left out */
  constructor(verdict: (traceId: string) => Verdict) {
    this.#verdict = verdict;
  }

  get series(): number {
    let count = 0;
    for (const family of this.#families.values()) count += family.series.size;
    return count;
  }

  /** Starts a scrape: what is added until the next one has this time. @param timeMs ms since the epoch, ascending */
  begin(timeMs: number): void {
    this.#timesMs.push(timeMs);
    this.#settleExemplars();
  }

  /** Decides on exemplars whose traces have finished; to be called a last time before the store is written. */
  finish(): void {
    this.#settleExemplars();
    this.#openExemplars = [];
  }

  /**
   * Adds one target's exposition, in OpenMetrics or Prometheus text format.
   * @param target labels that the scrape itself sets, e.g. `job="api",instance="api:8080"`
   */
  addExposition(text: string, target: string): void {
    const known = getOrMake(this.#known, target, () => new Map());
    let family: Family | undefined;
    for (const line of text.split('\n')) {
      if (line === '' || line === '# EOF') continue;
      if (line.startsWith('#')) {
        family = this.#describe(line) ?? family;
        continue;
      }
      const mark = line.indexOf(' # {');
      const end = mark < 0 ? line.length : mark;
      const space = line.lastIndexOf(' ', end - 1);
      const head = line.slice(0, space);
      let series = known.get(head);
      if (series === undefined) {
        series = this.#newSeries(
          family ?? this.#family(head.split('{', 1)[0] ?? head, 'unknown', ''),
          withTarget(head, target),
        );
        known.set(head, series);
      }
      this.#append(
        series,
        parseValue(line.slice(space + 1, end)),
        mark < 0 ? undefined : line.slice(mark + 3),
      );
    }
    const up = this.#family('up', 'gauge', 'Whether the target could be scraped.');
    this.#append(this.#seriesOf(up, `up{${target}}`), 1);
  }

  /** Adds what a counter reads now. @param help of its family */
  addSample(sample: ScrapedSample, help: string): void {
    const series = getOrMake(this.#ofSamples, sample, ({ family, type, name, labels }) =>
      this.#seriesOf(this.#family(family, type, help), `${name}{${labels}}`),
    );
    this.#append(series, sample.value);
  }

  /** The whole store as OpenMetrics text, in pieces. */
  *openMetrics(): Iterable<string> {
    const times = this.#timesMs.map((timeMs) => (timeMs / 1000).toFixed(3));
    let text = '';
    for (const { name, type, help, series } of this.#families.values()) {
      text += `# TYPE ${name} ${type}\n`;
      if (help !== '') text += `# HELP ${name} ${help}\n`;
      for (const { head, firstScrape, values, exemplars } of series.values()) {
        for (const [i, value] of values.entries()) {
          if (Number.isNaN(value)) continue;
          const exemplar = exemplars?.get(firstScrape + i);
          text += `${head} ${formatValue(value)} ${times[firstScrape + i]}${exemplar === undefined ? '' : ` # ${exemplar}`}\n`;
        }
        if (text.length > CHUNK_LENGTH) {
          yield text;
          text = '';
        }
      }
    }
    yield `${text}# EOF\n`;
  }

  /** Reads a `# TYPE` or `# HELP` line; returns the family that it speaks of. */
  #describe(line: string): Family | undefined {
    const [, keyword, name, ...rest] = line.split(' ');
    if (name === undefined) return undefined;
    if (keyword === 'TYPE') return this.#family(name, rest[0] as FamilyType, '');
    if (keyword !== 'HELP') return undefined;
    const family = this.#families.get(name) ?? this.#families.get(withoutTotal(name));
    if (family) family.help ||= rest.join(' ');
    else this.#pendingHelp = { name, help: rest.join(' ') };
    return family;
  }

  #family(exposedName: string, type: FamilyType, help: string): Family {
    const name = type === 'counter' ? withoutTotal(exposedName) : exposedName;
    return getOrMake(this.#families, name, () => {
      const pending = this.#pendingHelp?.name === exposedName ? this.#pendingHelp.help : '';
      return { name, type, help: help || pending, series: new Map() };
    });
  }

  #seriesOf(family: Family, head: string): Series {
    return family.series.get(head) ?? this.#newSeries(family, head);
  }

  #newSeries(family: Family, head: string): Series {
    const series: Series = { head, firstScrape: this.#timesMs.length - 1, values: [] };
    family.series.set(head, series);
    return series;
  }

  #append(series: Series, value: number, exemplar?: string): void {
    const scrape = this.#timesMs.length - 1;
    // A series that was missing in between (a label set that went away) has gaps.
    while (series.firstScrape + series.values.length < scrape) series.values.push(Number.NaN);
    series.values.push(value);
    this.samples++;
    if (exemplar === undefined || exemplar === series.lastExemplar) return;
    series.lastExemplar = exemplar;
    this.#openExemplars.push({ series, scrape, text: exemplar });
  }

  #settleExemplars(): void {
    this.#openExemplars = this.#openExemplars.filter(({ series, scrape, text }) => {
      const verdict = this.#verdict(TRACE_ID.exec(text)?.[1] ?? '');
      if (verdict === 'exported') {
        series.exemplars ??= new Map();
        series.exemplars.set(scrape, text);
        this.exemplars++;
      }
      return verdict === 'open';
    });
  }
}

function withTarget(head: string, target: string): string {
  return head.endsWith('}')
    ? `${head.slice(0, -1)}${head.endsWith('{}') ? '' : ','}${target}}`
    : `${head}{${target}}`;
}

function withoutTotal(name: string): string {
  return name.endsWith('_total') ? name.slice(0, -'_total'.length) : name;
}

function parseValue(text: string): number {
  if (text === '+Inf') return Number.POSITIVE_INFINITY;
  if (text === '-Inf') return Number.NEGATIVE_INFINITY;
  return Number(text);
}

function formatValue(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '+Inf';
  if (value === Number.NEGATIVE_INFINITY) return '-Inf';
  return String(value);
}
