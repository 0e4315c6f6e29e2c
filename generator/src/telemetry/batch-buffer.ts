/** Text gathered as bytes in memory that is used again and again. */
export class BatchBuffer {
  #bytes: Buffer;
  #length = 0;

  /** @param size bytes to begin with; grows when a text needs more */
  constructor(size: number) {
    this.#bytes = Buffer.allocUnsafeSlow(size);
  }

  get length(): number {
    return this.#length;
  }

  write(text: string): void {
    const most = text.length * 3;
    if (this.#length + most > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#length + most));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    this.#length += this.#bytes.write(text, this.#length);
  }

  /** Empties the buffer. @returns what was in it, to be used before the next `write` */
  take(): Uint8Array {
    const bytes = this.#bytes.subarray(0, this.#length);
    this.#length = 0;
    return bytes;
  }
}
