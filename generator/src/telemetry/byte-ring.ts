/**
 * Bytes on their way from one thread to another through memory that both share: nothing is allocated for them, and no
 * more are under way than the ring is long. The receiver is told of each piece in a message of the sender's own.
 */

export interface Piece {
  readonly from: number;
  readonly length: number;
}

const COUNTER_BYTES = 8;

export class ByteRing {
  readonly #bytes: Uint8Array<SharedArrayBuffer>;
  /** How many bytes were put in and not yet taken out. */
  readonly #underWay: Int32Array<SharedArrayBuffer>;
  #at = 0;

  /** The memory of a new ring, to be handed to both threads. */
  static memory(size: number): SharedArrayBuffer {
    return new SharedArrayBuffer(COUNTER_BYTES + size);
  }

  /** One thread's view of a ring. */
  constructor(memory: SharedArrayBuffer) {
    this.#underWay = new Int32Array(memory, 0, 1);
    this.#bytes = new Uint8Array(memory, COUNTER_BYTES);
  }

  /** Puts bytes in, as pieces; waits for the receiver where there is no room. Only ever called by one thread. */
  put(bytes: Uint8Array, send: (piece: Piece) => void): void {
    const size = this.#bytes.length;
    for (let done = 0; done < bytes.length; ) {
      const from = this.#at;
      const room = Math.min(size - Atomics.load(this.#underWay, 0), size - from);
      if (room === 0) {
        Atomics.wait(this.#underWay, 0, size);
        continue;
      }
      const length = Math.min(room, bytes.length - done);
      this.#bytes.set(bytes.subarray(done, done + length), from);
      Atomics.add(this.#underWay, 0, length);
      this.#at = (from + length) % size;
      done += length;
      send({ from, length });
    }
  }

  /** Lets `use` see a piece, which is free for other bytes afterwards. To be called in the order of the pieces. */
  take({ from, length }: Piece, use: (bytes: Uint8Array) => void): void {
    use(this.#bytes.subarray(from, from + length));
    Atomics.sub(this.#underWay, 0, length);
    Atomics.notify(this.#underWay, 0);
  }
}
