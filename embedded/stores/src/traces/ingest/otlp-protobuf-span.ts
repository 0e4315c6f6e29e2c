/** Spans, events and links of OTLP in protobuf. */
import protobuf from 'protobufjs/minimal.js';
import type { SpanLink } from '../columns.js';
import type { TracesStore } from '../store.js';
import { readKeyValue } from './protobuf-any.js';
import { eachField, endOf, readId, readTime } from './protobuf-fields.js';
import { beginSpan, type Ending, endSpan, type ReadEvent } from './span-writer.js';
import { Vocabulary } from './vocabulary.js';

type Reader = protobuf.Reader;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export class ProtobufSpanReader {
  readonly #store: TracesStore;
  readonly #attributes: Vocabulary;

  constructor(store: TracesStore) {
    this.#store = store;
    this.#attributes = new Vocabulary((bytes, from, to) => {
      const { key, value } = readKeyValue(protobuf.Reader.create(bytes.subarray(from, to)));
      return store.attributes.id(key, value);
    });
  }

  /** Before a request: what came last in the one before says nothing. */
  restart(): void {
    this.#attributes.restart();
  }

  /** Reads the span that goes up to `end` into the columns. */
  read(reader: Reader, end: number, scope: number): void {
    const { spans, strings, traces } = this.#store;
    const span = beginSpan(this.#store, scope);
    const ending: Mutable<Ending> = { endSeconds: 0, endNanos: 0, hasTrace: false };
    const events: ReadEvent[] = [];
    const links: SpanLink[] = [];
    eachField(reader, end, (field) => {
      switch (field) {
        case 1: {
          const [a = 0, b = 0, c = 0, d = 0] = readId(reader, 16);
          ending.hasTrace = (a | b | c | d) !== 0;
          if (ending.hasTrace) spans.trace[span] = traces.id(a, b, c, d);
          return true;
        }
        case 2:
          [spans.idHigh[span] = 0, spans.idLow[span] = 0] = readId(reader, 8);
          return true;
        case 3:
          ending.traceState = reader.string();
          return true;
        case 4:
          [spans.parentHigh[span] = 0, spans.parentLow[span] = 0] = readId(reader, 8);
          return true;
        case 5:
          spans.name[span] = strings.id(reader.string());
          return true;
        case 6:
          spans.kind[span] = reader.int32();
          return true;
        case 7:
          [spans.seconds[span] = 0, spans.nanos[span] = 0] = readTime(reader);
          return true;
        case 8:
          [ending.endSeconds, ending.endNanos] = readTime(reader);
          return true;
        case 9:
          spans.addAttribute(this.attribute(reader));
          return true;
        case 10:
          ending.droppedAttributes = reader.uint32();
          return true;
        case 11:
          events.push(this.#readEvent(reader));
          return true;
        case 12:
          ending.droppedEvents = reader.uint32();
          return true;
        case 13:
          links.push(this.#readLink(reader));
          return true;
        case 14:
          ending.droppedLinks = reader.uint32();
          return true;
        case 15:
          this.#readStatus(reader, span);
          return true;
        default:
          return false;
      }
    });
    if (events.length > 0) ending.events = events;
    if (links.length > 0) ending.links = links;
    endSpan(this.#store, span, ending);
  }

  #readStatus(reader: Reader, span: number): void {
    const { spans, strings } = this.#store;
    eachField(reader, endOf(reader), (field) => {
      if (field === 2) spans.message[span] = strings.id(reader.string());
      else if (field === 3) spans.status[span] = reader.int32();
      else return false;
      return true;
    });
  }

  #readEvent(reader: Reader): ReadEvent {
    const event = { seconds: 0, nanos: 0, name: '', attributes: [] as number[], droppedAttributes: 0 };
    eachField(reader, endOf(reader), (field) => {
      if (field === 1) [event.seconds, event.nanos] = readTime(reader);
      else if (field === 2) event.name = reader.string();
      else if (field === 3) event.attributes.push(this.attribute(reader));
      else if (field === 4) event.droppedAttributes = reader.uint32();
      else return false;
      return true;
    });
    return event;
  }

  #readLink(reader: Reader): SpanLink {
    const link = {
      traceId: '',
      spanId: '',
      traceState: '',
      attributes: [] as number[],
      droppedAttributes: 0,
    };
    eachField(reader, endOf(reader), (field) => {
      if (field === 1) link.traceId = Buffer.from(reader.bytes()).toString('hex');
      else if (field === 2) link.spanId = Buffer.from(reader.bytes()).toString('hex');
      else if (field === 3) link.traceState = reader.string();
      else if (field === 4) link.attributes.push(this.attribute(reader));
      else if (field === 5) link.droppedAttributes = reader.uint32();
      else return false;
      return true;
    });
    return link;
  }

  /** A `KeyValue` as its number in the dictionary. */
  attribute(reader: Reader): number {
    const to = endOf(reader);
    const from = reader.pos;
    let hash = 0;
    for (let at = from; at < to; at++) hash = (Math.imul(hash, 31) + (reader.buf[at] as number)) | 0;
    const attribute = this.#attributes.read(reader.buf, from, to, hash);
    reader.pos = to;
    return attribute;
  }
}
