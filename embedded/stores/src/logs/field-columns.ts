/**
 * Fields of a stream's lines as columns, each read once, when a query that looks at many lines first wants it. Only a
 * bounded number of them is kept: the least lately used one goes.
 */
import type { Budget } from '../query/budget.js';
import { FieldReader, type LineReader, MemberReader, PairReader, PathReader } from './field-readers.js';
import type { LogStream, TextColumn } from './stream.js';

/** `path`: names are expressions of `| json label="expression"`. */
export type FieldFormat = 'json' | 'logfmt' | 'path';

/** Fields that a stage of a query would rather have as columns. */
export interface FieldNeed {
  readonly format: FieldFormat;
  readonly names: readonly string[];
}

/** Of one stage; a query that needs more than these reads whole lines. */
export const FIELDS_MAX = 12;
/** Of a stream. */
const COLUMNS_MAX = 24;
/** Lines read without a break. */
const PIECE = 8192;

export class FieldColumns {
  readonly #stream: LogStream;
  /** By format and name, in the order of their use. */
  readonly #columns = new Map<string, TextColumn>();
  /** Lines that are no JSON object, or one with objects in it: columns say nothing of them. */
  #irregular: Uint8Array | undefined;

  constructor(stream: LogStream) {
    this.#stream = stream;
  }

  /** The lines have changed. */
  forget(): void {
    this.#columns.clear();
    this.#irregular = undefined;
  }

  has({ format, names }: FieldNeed): boolean {
    return names.length <= FIELDS_MAX && names.every((name) => this.#columns.has(key(format, name)));
  }

  /**
   * Columns by the names that labels get from the fields; the first field of a name counts, as in the parsers.
   * @returns undefined when one of them has not been read
   */
  of(need: FieldNeed): readonly TextColumn[] | undefined {
    return this.has(need) ? need.names.map((name) => this.#use(key(need.format, name))) : undefined;
  }

  /** Whether the columns of JSON fields hold for a line. */
  isRegular(format: FieldFormat, index: number): boolean {
    return format !== 'json' || this.#irregular?.[index] === 0;
  }

  /** Reads what is missing, all of it in one pass. */
  async read({ format, names }: FieldNeed, budget: Budget): Promise<void> {
    const missing = names.filter((name) => !this.#columns.has(key(format, name)));
    if (missing.length === 0 || names.length > FIELDS_MAX) return;
    const { lines } = this.#stream;
    const fields = missing.map((name) => new FieldReader(name, lines.length));
    const irregular = this.#irregular ?? new Uint8Array(lines.length);
    const reader = this.#reader(format, fields, irregular);
    for (let from = 0; from < lines.length; from += PIECE) {
      const to = Math.min(from + PIECE, lines.length);
      for (let index = from; index < to; index++) reader.read(lines[index] as string, index);
      budget.spend(to - from);
      await budget.breathe();
    }
    if (format === 'json') this.#irregular = irregular;
    for (const { name, column } of fields) this.#keep(key(format, name), column);
  }

  #reader(format: FieldFormat, fields: readonly FieldReader[], irregular: Uint8Array): LineReader {
    if (format === 'logfmt') return new PairReader(fields);
    if (format === 'path') return new PathReader(fields);
    return new MemberReader(fields, { irregular, findsIrregular: this.#irregular === undefined });
  }

  #keep(name: string, column: TextColumn): void {
    // Lines that came meanwhile are not in it.
    if (column.length !== this.#stream.length) return;
    const [oldest] = this.#columns.keys();
    if (this.#columns.size >= COLUMNS_MAX && oldest !== undefined) this.#columns.delete(oldest);
    this.#columns.set(name, column);
  }

  #use(name: string): TextColumn {
    const column = this.#columns.get(name) as TextColumn;
    this.#columns.delete(name);
    this.#columns.set(name, column);
    return column;
  }
}

function key(format: FieldFormat, name: string): string {
  return `${format} ${name}`;
}
