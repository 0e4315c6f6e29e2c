/** Reads fields out of line after line, and makes no texts of the others. */
import { parseJsonPath, valueAtPath } from './pipeline/json-path-value.js';
import { JsonScanner } from './pipeline/json-scan.js';
import { textOf } from './pipeline/json-text.js';
import { labelName } from './pipeline/label-name.js';
import { clean } from './pipeline/logfmt.js';
import { LogfmtScanner } from './pipeline/logfmt-scan.js';
import type { TextColumn } from './stream.js';

/** Texts that are the same are kept once, of columns with not too many of them. */
const DISTINCT_MAX = 5000;

/** A column that is being filled. */
export class FieldReader {
  readonly name: string;
  readonly column: TextColumn;
  readonly #known = new Map<string, string>();

  constructor(name: string, length: number) {
    this.name = name;
    this.column = new Array<string | undefined>(length).fill(undefined);
  }

  set(index: number, text: string): void {
    const known = this.#known.get(text);
    if (known === undefined && this.#known.size < DISTINCT_MAX) this.#known.set(text, text);
    this.column[index] = known ?? text;
  }
}

export interface LineReader {
  readonly read: (line: string, index: number) => void;
}

/** Whether a scanner's key is the field of a name. */
function isField(line: string, scanner: JsonScanner | LogfmtScanner, name: string): boolean {
  if (!scanner.keyIsName) return labelName(scanner.key) === name;
  const { keyStart, keyEnd } = scanner;
  return keyEnd - keyStart === name.length && line.startsWith(name, keyStart);
}

export class PairReader implements LineReader {
  readonly #fields: readonly FieldReader[];
  readonly #scanner = new LogfmtScanner();

  constructor(fields: readonly FieldReader[]) {
    this.#fields = fields;
  }

  read(line: string, index: number): void {
    const scanner = this.#scanner;
    let missing = this.#fields.length;
    scanner.start(line);
    while (missing > 0 && scanner.next()) {
      if (scanner.problem !== undefined) continue;
      for (const field of this.#fields) {
        if (field.column[index] !== undefined || !isField(line, scanner, field.name)) continue;
        if (scanner.value === '') continue;
        field.set(index, clean(scanner.value));
        missing--;
      }
    }
  }
}

interface Irregular {
  /** 1 for lines that columns are not for. */
  readonly irregular: Uint8Array;
  /** The first time: they are not known yet, and show themselves when a line is read to its end. */
  readonly findsIrregular: boolean;
}

export class MemberReader implements LineReader {
  readonly #fields: readonly FieldReader[];
  readonly #irregular: Uint8Array;
  readonly #findsIrregular: boolean;
  readonly #scanner = new JsonScanner();

  constructor(fields: readonly FieldReader[], { irregular, findsIrregular }: Irregular) {
    this.#fields = fields;
    this.#irregular = irregular;
    this.#findsIrregular = findsIrregular;
  }

  read(line: string, index: number): void {
    if (this.#irregular[index] === 1) return;
    const scanner = this.#scanner;
    let missing = this.#fields.length;
    scanner.start(line, 0);
    while ((this.#findsIrregular || missing > 0) && scanner.next()) {
      if (scanner.type === 'object') {
        this.#irregular[index] = 1;
        return;
      }
      if (scanner.type !== 'null' && scanner.type !== 'array' && missing > 0)
        missing -= this.#take(line, index);
    }
    if (scanner.problem !== undefined) this.#irregular[index] = 1;
  }

  /** @returns how many fields the member was */
  #take(line: string, index: number): number {
    const scanner = this.#scanner;
    let taken = 0;
    for (const field of this.#fields) {
      if (field.column[index] !== undefined || !isField(line, scanner, field.name)) continue;
      const { start, end } = scanner.value;
      field.set(index, scanner.type === 'string' ? textOf(line, scanner.value) : line.slice(start, end));
      taken++;
    }
    return taken;
  }
}

export class PathReader implements LineReader {
  readonly #fields: readonly {
    readonly field: FieldReader;
    readonly path: ReturnType<typeof parseJsonPath>;
  }[];

  constructor(fields: readonly FieldReader[]) {
    this.#fields = fields.map((field) => ({ field, path: parseJsonPath(field.name) }));
  }

  read(line: string, index: number): void {
    for (const { field, path } of this.#fields) {
      const value = valueAtPath(line, path);
      if (value !== undefined) field.set(index, value);
    }
  }
}
