/** Spans, events and links of OTLP in JSON. */
import { QueryError } from '../../query/query-error.js';
import type { SpanLink } from '../columns.js';
import type { TracesStore } from '../store.js';
import { hex8 } from '../trace-table.js';
import { fromAnyValue } from './any-value.js';
import { parseJson } from './json-bytes.js';
import type { OtlpCursor } from './otlp-cursor.js';
import { codeOfName, KEY, keyVocabulary, kindOfName } from './otlp-json-keys.js';
import { beginSpan, type Ending, endSpan, type ReadEvent } from './span-writer.js';
import { Vocabulary } from './vocabulary.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export class SpanReader {
  readonly keys = keyVocabulary();
  readonly #store: TracesStore;
  readonly #attributes: Vocabulary;
  readonly #strings: Vocabulary;

  constructor(store: TracesStore) {
    this.#store = store;
    this.#attributes = new Vocabulary((bytes, from, to) => attribute(store, parseJson(bytes, from, to)));
    this.#strings = new Vocabulary((bytes, from, to) => {
      const text = parseJson(bytes, from, to);
      if (typeof text !== 'string') throw new QueryError('bad_data', `a string is expected at byte ${from}`);
      return store.strings.id(text);
    });
  }

  /** Before a request: what came last in the one before says nothing. */
  restart(): void {
    this.keys.restart();
    this.#attributes.restart();
    this.#strings.restart();
  }

  text(cursor: OtlpCursor): string {
    return this.#store.strings.texts[cursor.piece(this.#strings)] as string;
  }

  attributeList(cursor: OtlpCursor): number[] {
    const list: number[] = [];
    if (!cursor.enterList()) return list;
    do list.push(cursor.piece(this.#attributes));
    while (cursor.more());
    return list;
  }

  /** Reads the span at the cursor into the columns. */
  read(cursor: OtlpCursor, scope: number): void {
    const { spans, traces } = this.#store;
    const span = beginSpan(this.#store, scope);
    const ending: Mutable<Ending> = { endSeconds: 0, endNanos: 0, hasTrace: false };
    const { words } = cursor;
    if (cursor.enterObject()) {
      do {
        switch (cursor.key(this.keys)) {
          case KEY.traceId:
            ending.hasTrace = cursor.id(16);
            if (ending.hasTrace) spans.trace[span] = traces.idOfWords(words);
            break;
          case KEY.spanId:
            cursor.id(8);
            spans.idHigh[span] = words[2] as number;
            spans.idLow[span] = words[3] as number;
            break;
          case KEY.parentSpanId:
            cursor.id(8);
            spans.parentHigh[span] = words[2] as number;
            spans.parentLow[span] = words[3] as number;
            break;
          case KEY.name:
            spans.name[span] = cursor.piece(this.#strings);
            break;
          case KEY.kind:
            spans.kind[span] = cursor.enumeration(kindOfName);
            break;
          case KEY.startTimeUnixNano:
            cursor.time();
            spans.seconds[span] = cursor.seconds;
            spans.nanos[span] = cursor.nanos;
            break;
          case KEY.endTimeUnixNano:
            cursor.time();
            ending.endSeconds = cursor.seconds;
            ending.endNanos = cursor.nanos;
            break;
          case KEY.attributes:
            if (!cursor.enterList()) break;
            do spans.addAttribute(cursor.piece(this.#attributes));
            while (cursor.more());
            break;
          case KEY.status:
            this.#readStatus(cursor, span);
            break;
          case KEY.events:
            ending.events = this.#list(cursor, () => this.#readEvent(cursor));
            break;
          case KEY.links:
            ending.links = this.#list(cursor, () => this.#readLink(cursor));
            break;
          case KEY.traceState:
            ending.traceState = this.text(cursor);
            break;
          case KEY.droppedAttributesCount:
            ending.droppedAttributes = cursor.enumeration(kindOfName);
            break;
          case KEY.droppedEventsCount:
            ending.droppedEvents = cursor.enumeration(kindOfName);
            break;
          case KEY.droppedLinksCount:
            ending.droppedLinks = cursor.enumeration(kindOfName);
            break;
          default:
            cursor.skip();
        }
      } while (cursor.more());
    }
    endSpan(this.#store, span, ending);
  }

  #readStatus(cursor: OtlpCursor, span: number): void {
    if (!cursor.enterObject()) return;
    do {
      const key = cursor.key(this.keys);
      if (key === KEY.code) this.#store.spans.status[span] = cursor.enumeration(codeOfName);
      else if (key === KEY.message) this.#store.spans.message[span] = cursor.piece(this.#strings);
      else cursor.skip();
    } while (cursor.more());
  }

  #readEvent(cursor: OtlpCursor): ReadEvent {
    const event: Mutable<ReadEvent> = {
      seconds: 0,
      nanos: 0,
      name: '',
      attributes: [],
      droppedAttributes: 0,
    };
    if (!cursor.enterObject()) return event;
    do {
      const key = cursor.key(this.keys);
      if (key === KEY.timeUnixNano) {
        cursor.time();
        event.seconds = cursor.seconds;
        event.nanos = cursor.nanos;
      } else if (key === KEY.name) event.name = this.text(cursor);
      else if (key === KEY.attributes) event.attributes = this.attributeList(cursor);
      else if (key === KEY.droppedAttributesCount) event.droppedAttributes = cursor.enumeration(kindOfName);
      else cursor.skip();
    } while (cursor.more());
    return event;
  }

  #readLink(cursor: OtlpCursor): SpanLink {
    const link: Mutable<SpanLink> = {
      traceId: '',
      spanId: '',
      traceState: '',
      attributes: [],
      droppedAttributes: 0,
    };
    if (!cursor.enterObject()) return link;
    do {
      const key = cursor.key(this.keys);
      if (key === KEY.traceId) {
        cursor.id(16);
        link.traceId = [...cursor.words].map(hex8).join('');
      } else if (key === KEY.spanId) {
        cursor.id(8);
        link.spanId = [...cursor.words.subarray(2)].map(hex8).join('');
      } else if (key === KEY.traceState) link.traceState = this.text(cursor);
      else if (key === KEY.attributes) link.attributes = this.attributeList(cursor);
      else if (key === KEY.droppedAttributesCount) link.droppedAttributes = cursor.enumeration(kindOfName);
      else cursor.skip();
    } while (cursor.more());
    return link;
  }

  #list<T>(cursor: OtlpCursor, read: () => T): readonly T[] | undefined {
    if (!cursor.enterList()) return undefined;
    const list: T[] = [];
    do list.push(read());
    while (cursor.more());
    return list;
  }
}

function attribute(store: TracesStore, parsed: unknown): number {
  const { key = '', value } = parsed as { readonly key?: unknown; readonly value?: unknown };
  if (typeof key !== 'string') throw new QueryError('bad_data', 'the key of an attribute has to be a string');
  return store.attributes.id(key, fromAnyValue(value));
}
