/** Spans as columns: a number for each thing that a span says, in the order of arrival. */

const FIRST_CAPACITY = 1 << 12;

/** What few spans have; the others have no entry at all. */
export interface Extras {
  readonly events?: readonly SpanEvent[];
  readonly links?: readonly SpanLink[];
  readonly traceState?: string;
  readonly droppedAttributes?: number;
  readonly droppedEvents?: number;
  readonly droppedLinks?: number;
}

export interface SpanEvent {
  /** Since the span's start. */
  readonly offset_ns: number;
  readonly name: string;
  readonly attributes: readonly number[];
  readonly droppedAttributes: number;
}

export interface SpanLink {
  /** In hexadecimal digits. */
  readonly traceId: string;
  readonly spanId: string;
  readonly traceState: string;
  readonly attributes: readonly number[];
  readonly droppedAttributes: number;
}

export class SpanColumns {
  count = 0;
  /** Into the table of traces. */
  trace = new Uint32Array(FIRST_CAPACITY);
  idHigh = new Uint32Array(FIRST_CAPACITY);
  idLow = new Uint32Array(FIRST_CAPACITY);
  /** Both 0 for a root. */
  parentHigh = new Uint32Array(FIRST_CAPACITY);
  parentLow = new Uint32Array(FIRST_CAPACITY);
  /** Start: whole seconds of the epoch, and nanoseconds. */
  seconds = new Uint32Array(FIRST_CAPACITY);
  nanos = new Uint32Array(FIRST_CAPACITY);
  /** Negative where the sender's clock went back. */
  duration_ns = new Float64Array(FIRST_CAPACITY);
  /** Into the table of strings. */
  name = new Uint32Array(FIRST_CAPACITY);
  message = new Uint32Array(FIRST_CAPACITY);
  kind = new Uint8Array(FIRST_CAPACITY);
  status = new Uint8Array(FIRST_CAPACITY);
  /** Into the table of scopes, which knows the resource. */
  scope = new Uint32Array(FIRST_CAPACITY);
  /** Where the span's attributes begin; they end where those of the next span begin. */
  attributesFrom = new Uint32Array(FIRST_CAPACITY + 1);
  attributeCount = 0;
  /** Into the table of attributes, for all spans one after the other. */
  attributes = new Uint32Array(FIRST_CAPACITY * 8);
  readonly extras = new Map<number, Extras>();

  /** Makes room for one more span. */
  reserve(): void {
    if (this.count < this.trace.length) return;
    const capacity = this.trace.length * 2;
    this.trace = grown(this.trace, new Uint32Array(capacity));
    this.idHigh = grown(this.idHigh, new Uint32Array(capacity));
    this.idLow = grown(this.idLow, new Uint32Array(capacity));
    this.parentHigh = grown(this.parentHigh, new Uint32Array(capacity));
    this.parentLow = grown(this.parentLow, new Uint32Array(capacity));
    this.seconds = grown(this.seconds, new Uint32Array(capacity));
    this.nanos = grown(this.nanos, new Uint32Array(capacity));
    this.duration_ns = grown(this.duration_ns, new Float64Array(capacity));
    this.name = grown(this.name, new Uint32Array(capacity));
    this.message = grown(this.message, new Uint32Array(capacity));
    this.kind = grown(this.kind, new Uint8Array(capacity));
    this.status = grown(this.status, new Uint8Array(capacity));
    this.scope = grown(this.scope, new Uint32Array(capacity));
    this.attributesFrom = grown(this.attributesFrom, new Uint32Array(capacity + 1));
  }

  /** Adds an attribute to the span that is being written. */
  addAttribute(attribute: number): void {
    if (this.attributeCount === this.attributes.length) {
      this.attributes = grown(this.attributes, new Uint32Array(this.attributes.length * 2));
    }
    this.attributes[this.attributeCount++] = attribute;
  }

  /** Drops the spans from this one on, and any that is being written. */
  truncate(count: number): void {
    for (let span = count; span < this.count; span++) this.extras.delete(span);
    this.count = count;
    this.attributeCount = this.attributesFrom[count] as number;
  }
}

function grown<T extends Uint32Array | Uint8Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
