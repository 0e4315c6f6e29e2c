/** A line on its way through a pipeline, with the labels it has by then. */
import { type Label, Labels } from '../labels.js';
import type { Instant, LogStream, TextColumn } from '../stream.js';
import type { Hints } from './hints.js';

/** What a label is called whose name a label of the stream, or structured metadata, has already. */
export const EXTRACTED_SUFFIX = '_extracted';

const ERROR = '__error__';
const ERROR_DETAILS = '__error_details__';
const PRESERVE_ERROR = '__preserve_error__';

export interface Categories {
  readonly stream: Labels;
  readonly metadata: Labels;
  readonly parsed: Labels;
}

export class LineState {
  readonly hints: Hints;
  line = '';
  stream: LogStream | undefined;
  index = 0;
  /** The line is as it was pushed. */
  isOriginal = true;
  error = '';
  errorDetails = '';
  readonly #parsed = new Map<string, string>();
  /** By parsers and formats, also what was dropped again. */
  readonly #extracted = new Set<string>();
  readonly #deleted = new Set<string>();
  #base: ReadonlyMap<string, string> = new Map();
  #metadata: ReadonlyMap<string, TextColumn> = new Map();

  constructor(hints: Hints) {
    this.hints = hints;
  }

  /** The lines that follow are of this stream. */
  enter(stream: LogStream): void {
    this.stream = stream;
    this.#base = new Map(stream.labels.pairs);
    const metadata = new Map<string, TextColumn>();
    for (const [name, column] of stream.metadata) {
      metadata.set(this.#base.has(name) ? name + EXTRACTED_SUFFIX : name, column);
    }
    this.#metadata = metadata;
  }

  /** @param index of the line in the stream */
  start(index: number): void {
    const stream = this.stream as LogStream;
    this.index = index;
    this.line = stream.lines[index] as string;
    this.isOriginal = true;
    this.error = '';
    this.errorDetails = '';
    if (this.#parsed.size > 0) this.#parsed.clear();
    if (this.#extracted.size > 0) this.#extracted.clear();
    if (this.#deleted.size > 0) this.#deleted.clear();
  }

  get time(): Instant {
    const stream = this.stream as LogStream;
    return { ms: stream.ms(this.index), ns: stream.ns(this.index) };
  }

  get(name: string): string | undefined {
    const parsed = this.#parsed.get(name);
    if (parsed !== undefined) return parsed;
    if (this.#deleted.size > 0 && this.#deleted.has(name)) return undefined;
    return this.#metadata.get(name)?.[this.index] ?? this.#base.get(name);
  }

  /** What a parser calls a field: `_extracted` is added to a name that is taken. */
  nameFor(field: string): string {
    return this.isTaken(field) ? field + EXTRACTED_SUFFIX : field;
  }

  /** By the stream, whatever was dropped, or by structured metadata. */
  isTaken(name: string): boolean {
    if (this.#base.has(name)) return true;
    if (this.#metadata.get(name)?.[this.index] === undefined) return false;
    return !this.#deleted.has(name) && !this.#parsed.has(name);
  }

  setParsed(name: string, value: string): void {
    this.#parsed.set(name, value);
    this.#extracted.add(name);
  }

  /** Whether a parser is to read a label of this name: none of the query's needs, and none that is there already, twice. */
  wants(name: string): boolean {
    const { required } = this.hints;
    return (required === undefined || required.has(name)) && !this.#extracted.has(name);
  }

  /** Nothing is left for a parser to read. */
  get hasAllRequired(): boolean {
    const { noLabels, required } = this.hints;
    if (noLabels) return true;
    if (required === undefined || this.#extracted.size < required.size) return false;
    for (const name of required) if (!this.#extracted.has(name)) return false;
    return true;
  }

  delete(name: string): void {
    this.#parsed.delete(name);
    this.#deleted.add(name);
  }

  setError(error: string, details: string): void {
    this.error = error;
    if (details !== '') this.errorDetails = details;
  }

  /** Of a parser. */
  setParserError(error: string, details: string): void {
    this.setError(error, details);
    if (this.hints.preserveErrors) this.setParsed(PRESERVE_ERROR, 'true');
  }

  /** Names and values of all labels, errors among them, in no order. */
  all(): Map<string, string> {
    const all = new Map<string, string>();
    for (const [name, value] of this.#base) if (!this.#deleted.has(name)) all.set(name, value);
    for (const [name, column] of this.#metadata) {
      const value = column[this.index];
      if (value !== undefined && !this.#deleted.has(name)) all.set(name, value);
    }
    for (const [name, value] of this.#parsed) all.set(name, value);
    if (this.error) all.set(ERROR, this.error);
    if (this.errorDetails) all.set(ERROR_DETAILS, this.errorDetails);
    return all;
  }

  /** All labels, by where they come from. */
  categories(): Categories {
    const stream: Label[] = [];
    const metadata: Label[] = [];
    const parsed: Label[] = [];
    for (const label of this.all()) {
      const [name] = label;
      if (this.#parsed.has(name) || name === ERROR || name === ERROR_DETAILS) parsed.push(label);
      else if (this.#metadata.get(name)?.[this.index] !== undefined) metadata.push(label);
      else stream.push(label);
    }
    return { stream: Labels.of(stream), metadata: Labels.of(metadata), parsed: Labels.of(parsed) };
  }
}
