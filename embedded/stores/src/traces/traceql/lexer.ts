/** TraceQL's text -> tokens. */
import { parseDuration } from './durations.js';
import { parseInteger, unescapeGo } from './go-literals.js';
import { parseError } from './parse-error.js';
import { PositionCounter } from './position-counter.js';
import { type Position, SCOPES, SIGNS, type Token, WORDS } from './tokens.js';

const SPACE = /[\t\n\r ]/;
const WORD = /[\p{L}_][\p{L}\p{Nd}_]*/uy;
const NUMBER = /(?:0[xX][\da-fA-F_]+|(?:\d[\d_]*)?\.?\d[\d_]*(?:[eE][+-]?\d+)?|\d[\d_]*\.)/y;
const DURATION_TAIL = /[\p{N}nsumhµdwy.]+/uy;
/** What ends the name of an attribute, unless it is quoted. */
const AFTER_NAME = /[\s{}()=~!<>&|^,]/u;

/** What cannot be read ends the tokens as one that is invalid. */
export function tokenize(text: string): readonly Token[] {
  return new Lexer(text).tokens();
}

class Lexer {
  readonly #text: string;
  #at = 0;
  readonly #positions: PositionCounter;
  readonly #tokens: Token[] = [];

  constructor(text: string) {
    this.#text = text;
    this.#positions = new PositionCounter(text);
  }

  tokens(): readonly Token[] {
    for (;;) {
      const comment = this.#skipSpace();
      const at = this.#positions.at(this.#at);
      if (comment)
        return [...this.#tokens, { kind: 'invalid', error: parseError('comment not terminated', at), at }];
      if (this.#at >= this.#text.length) {
        this.#tokens.push({ kind: 'eof', at: this.#text === '' ? { line: 0, column: 0 } : at });
        return this.#tokens;
      }
      try {
        this.#read(at);
      } catch (error) {
        this.#tokens.push({ kind: 'invalid', error, at });
        return this.#tokens;
      }
    }
  }

  #read(at: Position): void {
    const char = this.#text[this.#at] as string;
    if (char === '"' || char === '`') {
      this.#readString(char, at);
      return;
    }
    if (char === "'") {
      this.#readRune(at);
      return;
    }
    const number = this.#match(NUMBER);
    if (number !== undefined) {
      this.#readNumber(number, at);
      return;
    }
    const word = this.#match(WORD);
    if (word !== undefined) {
      this.#readWord(word, at);
      return;
    }
    this.#readSign(at);
  }

  #readWord(word: string, at: Position): void {
    const next = this.#text[this.#at] ?? '';
    if (next !== '' && SCOPES.has(word + next)) {
      this.#at++;
      this.#tokens.push({ kind: 'sign', text: word + next, at: afterwards(at) });
      if (next === '.') this.#readName(word, afterwards(at));
    } else if (WORDS.has(word)) this.#tokens.push({ kind: 'sign', text: word, at });
    else this.#tokens.push({ kind: 'identifier', text: word, at });
  }

  #readSign(at: Position): void {
    let sign = String.fromCodePoint(this.#text.codePointAt(this.#at) as number);
    this.#at += sign.length;
    // A longer sign begins with shorter ones, except that a single & is none.
    while (SIGNS.has(sign + (this.#text[this.#at] ?? ' '))) sign += this.#text[this.#at++];
    const position = sign.length > 1 ? afterwards(at) : at;
    if (SIGNS.has(sign)) this.#tokens.push({ kind: 'sign', text: sign, at: position });
    else this.#tokens.push({ kind: 'identifier', text: sign, at });
    if (sign === '.') this.#readName('', at);
  }

  /** The name of an attribute, after its scope; behind `parent.` another scope may stand. */
  #readName(scope: string, at: Position): void {
    const inner = scope === 'parent' ? /(?:resource|span)\./y : undefined;
    const found = inner ? this.#match(inner) : undefined;
    if (found) this.#tokens.push({ kind: 'sign', text: found, at });
    let name = '';
    const from = this.#at;
    for (; this.#at < this.#text.length; this.#at++) {
      const char = this.#text[this.#at] as string;
      if (char === '"') name += this.#quotedName(at);
      else if (AFTER_NAME.test(char)) break;
      else name += char;
    }
    const position = this.#at > from ? afterwards(at) : at;
    if (this.#at > from) this.#tokens.push({ kind: 'identifier', text: name, at: position });
    this.#tokens.push({ kind: 'sign', text: 'END_ATTRIBUTE', at: position });
  }

  /** Leaves the cursor on the closing quote. */
  #quotedName(at: Position): string {
    let name = '';
    for (this.#at++; this.#at < this.#text.length; this.#at++) {
      const char = this.#text[this.#at] as string;
      if (char === '"') return name;
      if (char !== '\\') name += char;
      else {
        const escaped = this.#text[++this.#at] ?? '';
        if (escaped !== '"' && escaped !== '\\') throw parseError('invalid escape sequence', afterwards(at));
        name += escaped;
      }
    }
    throw parseError('unexpected EOF, expecting "', afterwards(at));
  }

  #readString(quote: string, at: Position): void {
    const from = ++this.#at;
    for (; this.#at < this.#text.length; this.#at++) {
      const char = this.#text[this.#at];
      if (char === quote) {
        const raw = this.#text.slice(from, this.#at++);
        const text = quote === '"' ? unescapeGo(raw, at) : raw.replaceAll('\r', '');
        this.#tokens.push({ kind: 'string', text, at });
        return;
      }
      if (quote === '"' && char === '\n') break;
      if (quote === '"' && char === '\\') this.#at++;
    }
    throw parseError('literal not terminated', at);
  }

  /** In single quotes stands a character of Go, which TraceQL has no use for. */
  #readRune(at: Position): void {
    const end = this.#text.indexOf("'", this.#at + 1);
    if (end < 0) throw parseError('literal not terminated', at);
    this.#tokens.push({ kind: 'identifier', text: this.#text.slice(this.#at, end + 1), at });
    this.#at = end + 1;
  }

  #readNumber(number: string, at: Position): void {
    const after = this.#at;
    const tail = this.#match(DURATION_TAIL);
    const duration = tail === undefined ? undefined : parseDuration(number + tail);
    if (duration !== undefined) {
      this.#tokens.push({ kind: 'duration', value: duration, at: afterwards(at) });
      return;
    }
    this.#at = after;
    if (/^\d+$/.test(number))
      this.#tokens.push({ kind: 'integer', value: parseInteger(number, at), text: number, at });
    else if (/^0[xX]|_/.test(number)) {
      throw parseError(`strconv.Atoi: parsing "${number}": invalid syntax`, at);
    } else this.#tokens.push({ kind: 'float', value: Number(number), at });
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found) this.#at += found.length;
    return found || undefined;
  }

  /** White space and comments. @returns whether a comment does not end */
  #skipSpace(): boolean {
    for (;;) {
      while (SPACE.test(this.#text[this.#at] ?? '')) this.#at++;
      const two = this.#text.slice(this.#at, this.#at + 2);
      if (two === '//') this.#at = (this.#text.indexOf('\n', this.#at) + 1 || this.#text.length + 1) - 1;
      else if (two === '/*') {
        const end = this.#text.indexOf('*/', this.#at + 2);
        if (end < 0) return true;
        this.#at = end + 2;
      } else return false;
    }
  }
}

/** Tempo forgets the line of a token that it puts together of several. */
function afterwards({ column }: Position): Position {
  return { line: 0, column };
}
