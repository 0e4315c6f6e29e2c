/** Text to tokens, by the rules of Go's text/scanner that the engine's lexer stands on. */
import { parseBytes } from '../go/bytes.js';
import { parseGoDuration, parsePrometheusDuration } from '../go/durations.js';
import { unquote } from '../go/strings.js';
import { parseErrorAt } from './parse-error.js';
import { FUNCTIONS, KEYWORDS, OPERATORS, type Token } from './tokens.js';

const SPACE = /[ \t\r\n]+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|#[^\n]*/y;
const IDENTIFIER = /[\p{L}_][\p{L}\p{Nd}_]*/uy;
const NUMBER =
  /0[xX][0-9a-fA-F_]*\.?[0-9a-fA-F_]*(?:[pP][+-]?\d+)?|0[bBoO][0-9_]*|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\\n]|\\.)*"|`[^`]*`/sy;
const CHARACTER = /'(?:[^'\\\n]|\\.)*'/sy;
const DURATION_TAIL = /[\p{N}nuµmshdwy.]+/uy;
const BYTES_TAIL = /[\p{N}BikKMGTP.]+/uy;
const FLAG = /--(?:strict|keep-empty)(?![\p{L}-])/uy;
const FUNCTION_FOLLOWS = /\s*(?:\(|(?:by|without)\s*\()/iy;

interface Part {
  readonly type: string;
  readonly text: string;
  readonly number?: number;
  /** How much text it takes. */
  readonly length: number;
  /** The engine forgets the line of what it looked ahead for. */
  readonly lineless?: boolean;
}

/** @throws {QueryError} on text that is no token; the last token's type is `$end` */
export function tokenize(text: string): readonly Token[] {
  const lexer = new Lexer(text);
  const tokens: Token[] = [];
  for (;;) {
    const token = lexer.next();
    tokens.push(token);
    if (token.type === '$end') return tokens;
  }
}

class Lexer {
  readonly #text: string;
  #at = 0;
  #line = 1;
  #lineStart = 0;

  constructor(text: string) {
    this.#text = text;
  }

  next(): Token {
    for (let space = this.#match(SPACE); space !== undefined; space = this.#match(SPACE))
      this.#advance(space.length);
    const { type, text, number = 0, length, lineless = false } = this.#part();
    const place = this.#place();
    this.#advance(length);
    return { type, text, number, line: lineless ? 0 : place.line, column: place.column };
  }

  #part(): Part {
    if (this.#at >= this.#text.length) return { type: '$end', text: '', length: 0 };
    const identifier = this.#match(IDENTIFIER);
    if (identifier !== undefined) return this.#word(identifier);
    const number = this.#match(NUMBER);
    if (number !== undefined) return this.#number(number);
    const character = String.fromCodePoint(this.#text.codePointAt(this.#at) as number);
    if (character === '"' || character === '`') return this.#string();
    if (character === "'") return this.#character();
    if (character === '[') return this.#range();
    if (character === '-') {
      const flag = this.#match(FLAG);
      if (flag !== undefined) {
        return { type: 'FUNCTION_FLAG', text: flag, length: flag.length, lineless: true };
      }
      const duration = this.#duration('-');
      if (duration) return duration;
    }
    const two = character + (this.#text[this.#at + 1] ?? '');
    if (two.length > 1 && OPERATORS.has(two)) return { type: two, text: two, length: 2, lineless: true };
    const type = OPERATORS.has(character) ? character : 'IDENTIFIER';
    return { type, text: character, length: character.length };
  }

  #word(text: string): Part {
    const { length } = text;
    const lower = text.toLowerCase();
    const type = FUNCTIONS.get(lower);
    if (type !== undefined) {
      FUNCTION_FOLLOWS.lastIndex = this.#at + length;
      return { type: FUNCTION_FOLLOWS.test(this.#text) ? type : 'IDENTIFIER', text, length };
    }
    return { type: KEYWORDS.has(lower) ? lower : 'IDENTIFIER', text, length };
  }

  #number(text: string): Part {
    const duration = this.#duration(text);
    if (duration) return duration;
    const tail = this.#match(BYTES_TAIL, text.length);
    if (tail !== undefined) {
      const parsed = parseBytes(text + tail);
      const length = text.length + tail.length;
      if (parsed.kind === 'bytes') {
        return { type: 'BYTES', text: text + tail, number: parsed.bytes, length, lineless: true };
      }
    }
    return { type: 'NUMBER', text, length: text.length };
  }

  #duration(head: string): Part | undefined {
    const tail = this.#match(DURATION_TAIL, head.length);
    if (tail === undefined) return undefined;
    const text = head + tail;
    const prometheus = parsePrometheusDuration(text);
    const parsed = prometheus.kind === 'duration' ? prometheus : parseGoDuration(text);
    if (parsed.kind === 'error') return undefined;
    return { type: 'DURATION', text, number: parsed.ns, length: text.length, lineless: true };
  }

  #string(): Part {
    const literal = this.#match(STRING);
    if (literal === undefined) throw parseErrorAt('literal not terminated', this.#place());
    const text = unquote(literal);
    if (text === undefined) throw parseErrorAt('invalid char escape', this.#place());
    return { type: 'STRING', text, length: literal.length };
  }

  #character(): Part {
    const text = this.#match(CHARACTER);
    if (text === undefined) throw parseErrorAt('literal not terminated', this.#place());
    return { type: 'IDENTIFIER', text, length: text.length };
  }

  #range(): Part {
    const place = { line: 0, column: this.#place().column };
    const end = this.#text.indexOf(']', this.#at);
    if (end < 0) throw parseErrorAt("missing closing ']' in duration", place);
    const text = this.#text.slice(this.#at + 1, end);
    const parsed = parsePrometheusDuration(text);
    if (parsed.kind === 'error') throw parseErrorAt(parsed.message, place);
    return { type: 'RANGE', text, number: parsed.ns, length: end + 1 - this.#at, lineless: true };
  }

  #match(pattern: RegExp, offset = 0): string | undefined {
    pattern.lastIndex = this.#at + offset;
    return pattern.exec(this.#text)?.[0];
  }

  #advance(length: number): void {
    const passed = this.#text.slice(this.#at, this.#at + length);
    for (let at = passed.indexOf('\n'); at >= 0; at = passed.indexOf('\n', at + 1)) {
      this.#line++;
      this.#lineStart = this.#at + at + 1;
    }
    this.#at += length;
  }

  #place(): { line: number; column: number } {
    const before = this.#text.slice(this.#lineStart, this.#at);
    // Characters, where JavaScript counts halves of some of them.
    return { line: this.#line, column: (before.length < 1000 ? [...before].length : before.length) + 1 };
  }
}
