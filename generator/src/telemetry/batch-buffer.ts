/** Text gathered in one transferable buffer, so that it goes to another thread without a copy. */
export class BatchBuffer {
  #bytes: Buffer;
  #length = 0;

  /** @param size bytes to begin with; grows when one text needs more */
  constructor(size: number) {
    // Not Buffer.from or allocUnsafe: small buffers share one pool, which must not be transferred.
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

  /** The text's bytes; the buffer is not to be used afterwards. */
  take(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#bytes.buffer as ArrayBuffer, 0, this.#length);
  }
}
