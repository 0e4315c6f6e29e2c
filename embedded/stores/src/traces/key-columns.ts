/**
 * Attributes of one key as a column: by span, the number of its attribute with that key. Made when a query first asks for
 * the key, and kept for the keys that were asked for last.
 */
import type { SpanColumns } from './columns.js';

/** Where the span has no such attribute. */
export const NO_ATTRIBUTE = 0xffffffff;
/** Each takes four bytes a span. */
const MOST_KEPT = 12;

export class KeyColumns {
  readonly #spans: SpanColumns;
  readonly #count: number;
  readonly #columns = new Map<number, Uint32Array>();

  /** @param count of spans that a column covers */
  constructor(spans: SpanColumns, count: number) {
    this.#spans = spans;
    this.#count = count;
  }

  /** @param keyOf the key of each attribute, by its number */
  column(key: number, keyOf: readonly number[]): Uint32Array {
    const known = this.#columns.get(key);
    const column = known ?? this.#make(key, keyOf);
    this.#columns.delete(key);
    this.#columns.set(key, column);
    if (this.#columns.size > MOST_KEPT) this.#columns.delete(this.#columns.keys().next().value as number);
    return column;
  }

  /** Of attributes that are there twice the first one counts. */
  #make(key: number, keyOf: readonly number[]): Uint32Array {
    const { attributes, attributesFrom } = this.#spans;
    const has = Uint8Array.from(keyOf, (one) => (one === key ? 1 : 0));
    const column = new Uint32Array(this.#count).fill(NO_ATTRIBUTE);
    for (let span = 0; span < this.#count; span++) {
      const to = attributesFrom[span + 1] as number;
      for (let i = attributesFrom[span] as number; i < to; i++) {
        if (has[attributes[i] as number] === 0) continue;
        column[span] = attributes[i] as number;
        break;
      }
    }
    return column;
  }
}
