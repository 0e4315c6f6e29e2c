/** Trace ids, 128 bits in four words, and the number that each trace has here. */

export class TraceTable {
  count = 0;
  /** Four words a trace, from the most significant on. */
  words = new Uint32Array(4 << 10);
  #slots = new Int32Array(1 << 12).fill(-1);

  id(a: number, b: number, c: number, d: number): number {
    const slot = this.#slot(a, b, c, d);
    const known = this.#slots[slot] as number;
    if (known >= 0) return known;
    const trace = this.count++;
    if (this.words.length < this.count * 4) {
      const words = new Uint32Array(this.words.length * 2);
      words.set(this.words);
      this.words = words;
    }
    this.words.set([a, b, c, d], trace * 4);
    this.#slots[slot] = trace;
    if (this.count * 2 > this.#slots.length) this.#grow();
    return trace;
  }

  /** @param words four, from the most significant on */
  idOfWords(words: Uint32Array): number {
    return this.id(words[0] as number, words[1] as number, words[2] as number, words[3] as number);
  }

  /** @param hex up to 32 hexadecimal digits @returns undefined for a trace that is not here */
  find(hex: string): number | undefined {
    const digits = hex.padStart(32, '0');
    const word = (index: number) => Number.parseInt(digits.slice(index * 8, index * 8 + 8), 16) >>> 0;
    const trace = this.#slots[this.#slot(word(0), word(1), word(2), word(3))] as number;
    return trace < 0 ? undefined : trace;
  }

  /** All 32 digits. */
  hex(trace: number): string {
    let digits = '';
    for (let i = trace * 4; i < trace * 4 + 4; i++) digits += hex8(this.words[i] as number);
    return digits;
  }

  #slot(a: number, b: number, c: number, d: number): number {
    const mask = this.#slots.length - 1;
    // Ids are random by their nature; a sender that counts them up still spreads.
    let slot = Math.imul(a ^ Math.imul(b, 31) ^ Math.imul(c, 17) ^ d, 0x9e3779b1) >>> 0;
    for (slot &= mask; ; slot = (slot + 1) & mask) {
      const trace = this.#slots[slot] as number;
      if (trace < 0) return slot;
      const at = trace * 4;
      const { words } = this;
      if (words[at + 3] === d && words[at + 2] === c && words[at + 1] === b && words[at] === a) return slot;
    }
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    for (let trace = 0; trace < this.count; trace++) {
      const [a = 0, b = 0, c = 0, d = 0] = this.words.subarray(trace * 4, trace * 4 + 4);
      this.#slots[this.#slot(a, b, c, d)] = trace;
    }
  }
}

export function hex8(word: number): string {
  return word.toString(16).padStart(8, '0');
}
