/**
 * Fields of a stream's lines as columns, each read once, when a query that looks at many lines first wants it. Only a
 * bounded number of them is kept: the least lately used one goes.
 */
import { type JsonPath, valueAtPath } from './pipeline/json-path.js';
import { eachMember, textOf } from './pipeline/json-scan.js';
import { labelName } from './pipeline/label-name.js';
import { clean } from './pipeline/logfmt.js';
import { eachPair } from './pipeline/logfmt-scan.js';
import type { LogStream, TextColumn } from './stream.js';

export type FieldFormat = 'json' | 'logfmt';

/** Texts that are the same are kept once, of columns with not too many of them. */
const DISTINCT_MAX = 5000;
/** In all columns of a stream. */
const COLUMNS_MAX = 24;

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

  /**
   * Columns of fields by the names that labels get from them; the first field of a name counts, as in the parsers.
   * All that are missing are read in one pass.
   */
  of(format: FieldFormat, names: readonly string[]): readonly TextColumn[] {
    const missing = names.filter((name) => !this.#columns.has(key(format, name)));
    if (missing.length > 0) this.#read(format, missing);
    return names.map((name) => this.#use(key(format, name)));
  }

  /** Whether columns are there without any work. */
  has(format: FieldFormat, names: readonly string[]): boolean {
    return names.every((name) => this.#columns.has(key(format, name)));
  }

  /** Values at a path within JSON lines. */
  ofPath(expression: string, path: JsonPath): TextColumn {
    const name = key('path', expression);
    if (!this.#columns.has(name)) {
      const intern = interner();
      this.#keep(
        name,
        this.#stream.lines.map((line) => intern(valueAtPath(line, path))),
      );
    }
    return this.#use(name);
  }

  /** Whether the columns of JSON fields hold for a line. */
  isRegular(format: FieldFormat, index: number): boolean {
    return format === 'logfmt' || this.#irregular?.[index] === 0;
  }

  #read(format: FieldFormat, names: readonly string[]): void {
    const { lines } = this.#stream;
    const columns = names.map(() => new Array<string | undefined>(lines.length).fill(undefined));
    const interners = names.map(() => interner());
    const position = new Map(names.map((name, index) => [name, index]));
    const irregular = new Uint8Array(lines.length);
    for (const [index, line] of lines.entries()) {
      const take = (field: string, value: () => string) => {
        const column = position.get(labelName(field));
        if (column === undefined || columns[column]?.[index] !== undefined) return;
        const text = value();
        if (text === '' && format === 'logfmt') return;
        (columns[column] as TextColumn)[index] = interners[column]?.(text);
      };
      if (format === 'logfmt') readPairs(line, take);
      else if (!readMembers(line, take)) irregular[index] = 1;
    }
    if (format === 'json') this.#irregular ??= irregular;
    for (const [index, name] of names.entries()) this.#keep(key(format, name), columns[index] as TextColumn);
  }

  #keep(name: string, column: TextColumn): void {
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

type Take = (field: string, value: () => string) => void;

function readPairs(line: string, take: Take): void {
  eachPair(line, false, (field, value) => {
    take(field, () => clean(value));
    return false;
  });
}

/** @returns false for a line whose fields are not all at its top, or that is malformed */
function readMembers(line: string, take: Take): boolean {
  let isFlat = true;
  const problem = eachMember(line, 0, (field, type, value) => {
    if (type === 'object') isFlat = false;
    else if (type === 'string') take(field, () => textOf(line, value));
    else if (type === 'number' || type === 'boolean') take(field, () => line.slice(value.start, value.end));
    return !isFlat;
  });
  return isFlat && problem === undefined;
}

function interner(): <T extends string | undefined>(text: T) => T {
  const known = new Map<string | undefined, string | undefined>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found as typeof text;
    if (known.size < DISTINCT_MAX) known.set(text, text);
    return text;
  };
}

function key(format: FieldFormat | 'path', name: string): string {
  return `${format} ${name}`;
}
