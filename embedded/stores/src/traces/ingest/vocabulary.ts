/**
 * Pieces of bytes that come again and again, each with the number that it was decoded to once: the text of an attribute,
 * a name, a key. In a batch the same pieces follow each other again and again too, so the one that followed last time is
 * tried first, which costs a comparison and no parsing.
 */

const LONGEST_PIECE = 4096;
/** Beyond these, new pieces are decoded each time. */
const MOST_PIECES = 2_000_000;
const MOST_BYTES = 256 * 1024 * 1024;

export class Vocabulary {
  readonly #decode: (bytes: Uint8Array, from: number, to: number) => number;
  #heads = new Int32Array(1 << 12).fill(-1);
  #next = new Int32Array(1 << 10);
  #hashes = new Int32Array(1 << 10);
  #froms = new Uint32Array(1 << 10);
  #lengths = new Uint32Array(1 << 10);
  #values = new Uint32Array(1 << 10);
  #follows = new Int32Array(1 << 10);
  #bytes = new Uint8Array(1 << 16);
  #used = 0;
  #count = 0;
  #last = -1;
  #first = -1;

  constructor(decode: (bytes: Uint8Array, from: number, to: number) => number) {
    this.#decode = decode;
  }

  /**
   * Tries the piece that followed the last one.
   * @returns how many bytes it is long, 0 when something else is there
   */
  predict(bytes: Uint8Array, at: number): number {
    const likely = this.#last < 0 ? this.#first : (this.#follows[this.#last] as number);
    if (likely < 0) return 0;
    const length = this.#lengths[likely] as number;
    const own = this.#bytes;
    let own_at = this.#froms[likely] as number;
    for (let i = at, end = at + length; i < end; i++) if (bytes[i] !== own[own_at++]) return 0;
    this.#last = likely;
    return length;
  }

  /** Of the piece that was read last. */
  get value(): number {
    return this.#values[this.#last] as number;
  }

  /** Forgets what was read last: what follows is the beginning of something. */
  restart(): void {
    this.#last = -1;
  }

  /** The number of a piece whose end is known. @param hash of its bytes: `hash * 31 + byte` */
  read(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const found = this.#find(bytes, from, to, hash);
    if (found >= 0) {
      this.#follow(found);
      return this.#values[found] as number;
    }
    const value = this.#decode(bytes, from, to);
    if (to - from <= LONGEST_PIECE && this.#count < MOST_PIECES && this.#used < MOST_BYTES) {
      this.#follow(this.#add(bytes, from, to, hash, value));
    }
    return value;
  }

  #follow(piece: number): void {
    if (this.#last >= 0) this.#follows[this.#last] = piece;
    else this.#first = piece;
    this.#last = piece;
  }

  #find(bytes: Uint8Array, from: number, to: number, hash: number): number {
    for (
      let piece = this.#heads[hash & (this.#heads.length - 1)] as number;
      piece >= 0;
      piece = this.#next[piece] as number
    ) {
      if (this.#hashes[piece] === hash && this.#isEqual(piece, bytes, from, to)) return piece;
    }
    return -1;
  }

  #isEqual(piece: number, bytes: Uint8Array, from: number, to: number): boolean {
    if (this.#lengths[piece] !== to - from) return false;
    const own = this.#bytes;
    let own_at = this.#froms[piece] as number;
    for (let i = from; i < to; i++) if (bytes[i] !== own[own_at++]) return false;
    return true;
  }

  #add(bytes: Uint8Array, from: number, to: number, hash: number, value: number): number {
    const piece = this.#count++;
    if (piece === this.#hashes.length) this.#grow();
    const length = to - from;
    if (this.#used + length > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#used + length));
      grown.set(this.#bytes.subarray(0, this.#used));
      this.#bytes = grown;
    }
    this.#bytes.set(bytes.subarray(from, to), this.#used);
    this.#hashes[piece] = hash;
    this.#froms[piece] = this.#used;
    this.#lengths[piece] = length;
    this.#values[piece] = value;
    this.#follows[piece] = -1;
    this.#used += length;
    this.#link(piece);
    return piece;
  }

  #link(piece: number): void {
    const slot = (this.#hashes[piece] as number) & (this.#heads.length - 1);
    this.#next[piece] = this.#heads[slot] as number;
    this.#heads[slot] = piece;
  }

  #grow(): void {
    const twice = this.#hashes.length * 2;
    this.#next = copy(this.#next, new Int32Array(twice));
    this.#hashes = copy(this.#hashes, new Int32Array(twice));
    this.#froms = copy(this.#froms, new Uint32Array(twice));
    this.#lengths = copy(this.#lengths, new Uint32Array(twice));
    this.#values = copy(this.#values, new Uint32Array(twice));
    this.#follows = copy(this.#follows, new Int32Array(twice));
    this.#heads = new Int32Array(twice * 4).fill(-1);
    for (let piece = 0; piece < this.#count - 1; piece++) this.#link(piece);
  }
}

function copy<T extends Int32Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
