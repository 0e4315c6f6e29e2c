/** Pairs of a logfmt line, by the rules of go-logfmt. */
import { isNameCode } from './label-name.js';

/** @returns true to stop */
export type OnPair = (key: string, value: string) => boolean;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const EQUALS = 0x3d;

/**
 * Calls back for each pair until it is told to stop; pairs that are none are passed over.
 * @param strict the first of them ends the line
 * @returns what the last of them was, or undefined
 */
export function eachPair(line: string, strict: boolean, onPair: OnPair): string | undefined {
  const scanner = new LogfmtScanner();
  scanner.start(line);
  let problem: string | undefined;
  while (scanner.next()) {
    problem = scanner.problem ?? problem;
    if (scanner.problem === undefined) {
      if (onPair(scanner.key, scanner.value)) return problem;
    } else if (strict) return problem;
  }
  return problem;
}

/** Steps through the pairs of lines, and makes no texts of what nobody asks for. */
export class LogfmtScanner {
  /** Of the last pair, if it is none. */
  problem: string | undefined;
  keyStart = 0;
  keyEnd = 0;
  /** The key is a label's name as it is. */
  keyIsName = false;
  #line = '';
  #at = 0;
  #hasEscapes = false;
  #valueStart = 0;
  #valueEnd = 0;
  /** A value with escapes, without them. */
  #unescaped: string | undefined;

  start(line: string): void {
    this.#line = line;
    this.#at = 0;
    this.#hasEscapes = line.includes('\\');
  }

  get key(): string {
    return this.#line.slice(this.keyStart, this.keyEnd);
  }

  get value(): string {
    return this.#unescaped ?? this.#line.slice(this.#valueStart, this.#valueEnd);
  }

  /** @returns false at the end of the line */
  next(): boolean {
    const line = this.#line;
    const { length } = line;
    let at = this.#at;
    while (at < length && line.charCodeAt(at) <= 0x20) at++;
    this.#at = at;
    if (at === length) return false;
    this.problem = undefined;
    this.#unescaped = undefined;
    let code = line.charCodeAt(at);
    let isName = code < 0x30 || code > 0x39;
    this.keyStart = at;
    while (code > 0x20 && code !== EQUALS && code !== QUOTE) {
      if (!isNameCode(code)) isName = false;
      at++;
      if (at === length) break;
      code = line.charCodeAt(at);
    }
    this.keyEnd = at;
    this.keyIsName = isName;
    if (at === length || code <= 0x20) this.#end(at, at, at);
    else if (code === QUOTE || at === this.keyStart) this.#unexpected(at);
    else this.#readValue(at + 1);
    return true;
  }

  #readValue(start: number): void {
    const line = this.#line;
    const { length } = line;
    if (start < length && line.charCodeAt(start) === QUOTE) {
      this.#readQuoted(start);
      return;
    }
    for (let at = start; at < length; at++) {
      const code = line.charCodeAt(at);
      if (code <= 0x20) {
        this.#end(start, at, at);
        return;
      }
      if (code === EQUALS || code === QUOTE) {
        this.#unexpected(at);
        return;
      }
    }
    this.#end(start, length, length);
  }

  #readQuoted(start: number): void {
    const line = this.#line;
    for (let end = line.indexOf('"', start + 1); end >= 0; end = line.indexOf('"', end + 1)) {
      let backslashes = 0;
      while (line.charCodeAt(end - backslashes - 1) === BACKSLASH) backslashes++;
      if (backslashes % 2 === 1) continue;
      this.#end(start + 1, end, end + 1);
      if (!this.#hasEscapes) return;
      const inner = line.slice(start + 1, end);
      this.#unescaped = inner.includes('\\') ? unescapeLogfmt(inner) : inner;
      if (this.#unescaped === undefined) this.problem = syntaxError(end + 1, 'invalid quoted value');
      return;
    }
    this.#end(start, start, line.length);
    this.problem = syntaxError(line.length, 'unterminated quoted value');
  }

  #end(valueStart: number, valueEnd: number, next: number): void {
    this.#valueStart = valueStart;
    this.#valueEnd = valueEnd;
    this.#at = next;
  }

  /** Passes over the word. */
  #unexpected(start: number): void {
    const line = this.#line;
    const character = line[start] === '"' ? `'"'` : `'${line[start]}'`;
    this.problem = syntaxError(start, `unexpected ${character}`);
    let at = start;
    while (at < line.length && line.charCodeAt(at) > 0x20) at++;
    this.#end(start, start, at);
  }
}

/** JSON's escapes, no others. */
function unescapeLogfmt(text: string): string | undefined {
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return undefined;
  }
}

function syntaxError(at: number, message: string): string {
  return `logfmt syntax error at pos ${at + 1} : ${message}`;
}
