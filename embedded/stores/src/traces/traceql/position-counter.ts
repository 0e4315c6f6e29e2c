/** Lines and columns of a text, both from 1 on. */
import type { Position } from './tokens.js';

const NEW_LINE = 10;
/** The second half of a character is no column of its own. */
const FIRST_LOW_SURROGATE = 0xdc00;
const LAST_LOW_SURROGATE = 0xdfff;

/** Counts on from where it was asked last: over a whole text that is one walk. */
export class PositionCounter {
  readonly #text: string;
  #counted = 0;
  #line = 1;
  #column = 1;

  constructor(text: string) {
    this.#text = text;
  }

  /** @param offset not before the one that was asked last */
  at(offset: number): Position {
    for (; this.#counted < offset; this.#counted++) {
      const code = this.#text.charCodeAt(this.#counted);
      if (code === NEW_LINE) {
        this.#line++;
        this.#column = 1;
      } else if (code < FIRST_LOW_SURROGATE || code > LAST_LOW_SURROGATE) this.#column++;
    }
    return { line: this.#line, column: this.#column };
  }
}
