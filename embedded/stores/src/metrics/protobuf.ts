/** Reads the few protobuf types that remote write consists of. */

export class ProtobufError extends Error {
  override readonly name = 'ProtobufError';
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

export class ProtobufReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at: number;
  readonly #end: number;

  constructor(bytes: Uint8Array, from = 0, to = bytes.length) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = from;
    this.#end = to;
  }

  get done(): boolean {
    return this.#at >= this.#end;
  }

  /** Field number << 3 | wire type. */
  tag(): number {
    return this.varint();
  }

  /** Exact up to 2 ** 53; negative numbers as two's complement of 64 bits. */
  varint(): number {
    const first = this.#bytes[this.#at] as number;
    if (this.#at < this.#end && first < 0x80) {
      this.#at++;
      return first;
    }
    // Groups of seven bits: four in each of the first two parts, two in the last.
    let [low, middle, high] = [0, 0, 0];
    for (let count = 0; count < 10 && this.#at < this.#end; count++) {
      const byte = this.#bytes[this.#at++] as number;
      const bits = (byte & 0x7f) << (7 * (count & 3));
      if (count < 4) low |= bits;
      else if (count < 8) middle |= bits;
      else high |= bits;
      if (byte < 0x80) return join(low, middle, high);
    }
    throw new ProtobufError('a varint does not end');
  }

  double(): number {
    return this.#view.getFloat64(this.#skip(8), true);
  }

  /** The same eight bytes as two words, low and high: the bits of a NaN do not survive as a number. */
  peekWords(): readonly [number, number] {
    if (this.#at + 8 > this.#end) throw new ProtobufError('a double does not end');
    return [this.#view.getUint32(this.#at, true), this.#view.getUint32(this.#at + 4, true)];
  }

  /** A message within: read it before going on with this one. */
  message(): ProtobufReader {
    const length = this.varint();
    const from = this.#skip(length);
    return new ProtobufReader(this.#bytes, from, from + length);
  }

  string(): string {
    const length = this.varint();
    const from = this.#skip(length);
    try {
      return UTF8.decode(this.#bytes.subarray(from, from + length));
    } catch {
      throw new ProtobufError('a string is not UTF-8');
    }
  }

  /** Over a field of a type that is not asked for. */
  skipField(tag: number): void {
    switch (tag & 7) {
      case 0:
        this.varint();
        return;
      case 1:
        this.#skip(8);
        return;
      case 2:
        this.#skip(this.varint());
        return;
      case 5:
        this.#skip(4);
        return;
      default:
        throw new ProtobufError(`unknown wire type ${tag & 7}`);
    }
  }

  /** @returns where the bytes begin that are skipped */
  #skip(length: number): number {
    const from = this.#at;
    if (length < 0 || from + length > this.#end)
      throw new ProtobufError('a field is longer than its message');
    this.#at = from + length;
    return from;
  }
}

const PART = 2 ** 28;
/** Of the last part no more bits count than 64 in all leave it. */
const LAST_BITS = 0xff;

function join(low: number, middle: number, high: number): number {
  const last = high & LAST_BITS;
  if (last < 0x80) return low + middle * PART + last * PART * PART;
  // Negative: by the complement, which is small where the number as it stands is too large to be exact.
  return -(PART - low + (PART - 1 - middle) * PART + (LAST_BITS - last) * PART * PART);
}
