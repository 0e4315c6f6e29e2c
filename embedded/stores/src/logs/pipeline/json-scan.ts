/**
 * Members of a JSON object, found as the engine's jsonparser finds them: quickly, and with little regard for the rules.
 * What follows the object is not looked at, numbers may be anything that begins like one.
 */

import { unescapeJson } from './json-text.js';
import { blockEnd, CODE, skipSpace, stringEnd, tokenEnd } from './json-tokens.js';
import { isLabelName } from './label-name.js';

export type JsonType = 'string' | 'number' | 'boolean' | 'null' | 'object' | 'array';

/** Where a value is: a string's without its quotes. */
export interface JsonValue {
  readonly start: number;
  readonly end: number;
  /** A string has escapes. */
  readonly escaped: boolean;
}

/** @returns true to stop */
export type OnMember = (key: string, type: JsonType, value: JsonValue) => boolean;

const MALFORMED = {
  json: 'Malformed JSON error',
  string: `Value is string, but can't find closing '"' symbol`,
  array: "Value is array, but can't find closing ']' symbol",
  object: "Value looks like object, but can't find closing '}' symbol",
  unknown: 'Unknown value type',
} as const;

/**
 * Calls back for each member until it is told to stop.
 * @param start where the object begins, or space before it
 * @returns what is wrong with the text as far as it was read, or undefined
 */
export function eachMember(text: string, start: number, onMember: OnMember): string | undefined {
  const scanner = new JsonScanner();
  scanner.start(text, start);
  while (scanner.next()) if (onMember(scanner.key, scanner.type, scanner.value)) return undefined;
  return scanner.problem;
}

/** Values of an array, with their index for a key. */
export function eachElement(text: string, start: number, onElement: OnMember): string | undefined {
  const scanner = new JsonScanner();
  scanner.startArray(text, start);
  for (let index = 0; scanner.nextElement(); index++) {
    if (onElement(String(index), scanner.type, scanner.value)) return undefined;
  }
  return scanner.problem;
}

/** Steps through members or elements, and makes no texts of what nobody asks for. */
export class JsonScanner {
  /** What is wrong with the text as far as it was read. */
  problem: string | undefined;
  type: JsonType = 'null';
  keyStart = 0;
  keyEnd = 0;
  valueStart = 0;
  valueEnd = 0;
  #text = '';
  /** Behind the last value. */
  #at = 0;
  #isFirst = true;
  #hasEscapes = false;

  /** @param at where the object begins, or space before it */
  start(text: string, at: number): void {
    this.#text = text;
    this.#at = skipSpace(text, at);
    this.#isFirst = true;
    this.#hasEscapes = text.includes('\\');
    this.problem = undefined;
  }

  /** @param at where the array begins */
  startArray(text: string, at: number): void {
    this.start(text, at + 1);
  }

  get key(): string {
    const key = this.#text.slice(this.keyStart, this.keyEnd);
    return this.#hasEscapes && key.includes('\\') ? (unescapeJson(key) ?? '') : key;
  }

  /** The key is a label's name as it is. */
  get keyIsName(): boolean {
    return isLabelName(this.#text, this.keyStart, this.keyEnd);
  }

  get value(): JsonValue {
    const backslash = this.#hasEscapes ? this.#text.indexOf('\\', this.valueStart) : -1;
    return {
      start: this.valueStart,
      end: this.valueEnd,
      escaped: backslash >= 0 && backslash < this.valueEnd,
    };
  }

  /** @returns false at the end of the object, or of what can be read of it */
  next(): boolean {
    const text = this.#text;
    const at = this.#isFirst ? this.#firstKey() : this.#nextKey();
    this.#isFirst = false;
    if (at < 0) return false;
    const code = text.charCodeAt(at);
    if (code !== CODE.quote) return code === CODE.closeBrace ? false : this.#fail(MALFORMED.object);
    this.keyStart = at + 1;
    this.keyEnd = stringEnd(text, at + 1);
    if (this.keyEnd < 0) return this.#fail(MALFORMED.json);
    const colon = skipSpace(text, this.keyEnd + 1);
    if (text.charCodeAt(colon) !== CODE.colon) return this.#fail(MALFORMED.json);
    return this.#readValue(skipSpace(text, colon + 1));
  }

  /** @returns false at the end of the array, or of what can be read of it */
  nextElement(): boolean {
    const text = this.#text;
    let at = skipSpace(text, this.#at);
    if (text.charCodeAt(at) === CODE.closeBracket) return false;
    if (!this.#isFirst) {
      if (text.charCodeAt(at) !== CODE.comma) return this.#fail(MALFORMED.array);
      at = skipSpace(text, at + 1);
    }
    this.#isFirst = false;
    return this.#readValue(at);
  }

  /** -1 when there is none. */
  #firstKey(): number {
    const text = this.#text;
    if (text.charCodeAt(this.#at) !== CODE.openBrace) return this.#end(MALFORMED.object);
    const at = skipSpace(text, this.#at + 1);
    return at < text.length ? at : this.#end(MALFORMED.json);
  }

  /** -1 when there is none. */
  #nextKey(): number {
    const text = this.#text;
    const at = skipSpace(text, this.#at);
    if (at >= text.length) return this.#end(MALFORMED.array);
    const code = text.charCodeAt(at);
    if (code === CODE.closeBrace) return -1;
    const next = skipSpace(text, at + 1);
    return code === CODE.comma && next < text.length ? next : this.#end(MALFORMED.object);
  }

  #readValue(at: number): boolean {
    const text = this.#text;
    const first = text.charCodeAt(at);
    if (first === CODE.quote) {
      const end = stringEnd(text, at + 1);
      return end < 0 ? this.#fail(MALFORMED.string) : this.#found('string', at + 1, end, end + 1);
    }
    if (first === CODE.openBrace || first === CODE.openBracket) {
      const type = first === CODE.openBrace ? 'object' : 'array';
      const end = blockEnd(text, at);
      return end < 0 ? this.#fail(MALFORMED[type]) : this.#found(type, at, end, end);
    }
    if (at >= text.length) return this.#fail(MALFORMED.json);
    const end = tokenEnd(text, at);
    if ((first >= 0x30 && first <= 0x39) || first === CODE.minus) return this.#found('number', at, end, end);
    const token = text.slice(at, end);
    if (token === 'true' || token === 'false') return this.#found('boolean', at, end, end);
    return token === 'null' ? this.#found('null', at, end, end) : this.#fail(MALFORMED.unknown);
  }

  #found(type: JsonType, start: number, end: number, next: number): true {
    this.type = type;
    this.valueStart = start;
    this.valueEnd = end;
    this.#at = next;
    return true;
  }

  #fail(problem: string): false {
    this.problem = problem;
    return false;
  }

  #end(problem: string): -1 {
    this.problem = problem;
    return -1;
  }
}
