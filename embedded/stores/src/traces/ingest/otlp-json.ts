/** OTLP's `ExportTraceServiceRequest` in JSON, straight into the columns of the store. */
import type { Budget } from '../../query/budget.js';
import type { TracesStore } from '../store.js';
import { OtlpCursor } from './otlp-cursor.js';
import { KEY } from './otlp-json-keys.js';
import { SpanReader } from './otlp-json-span.js';
import { SPANS_BETWEEN_BREATHS } from './span-writer.js';

/** Reads requests into one store; what it has learned of their texts serves the next ones. */
export class OtlpJsonReader {
  readonly #store: TracesStore;
  readonly #spans: SpanReader;

  constructor(store: TracesStore) {
    this.#store = store;
    this.#spans = new SpanReader(store);
  }

  /** @throws {QueryError} `bad_data` for what is no such request */
  async read(body: Uint8Array, budget: Budget): Promise<void> {
    const cursor = new OtlpCursor(body);
    this.#spans.restart();
    if (!cursor.enterObject()) return;
    do {
      if (cursor.key(this.#spans.keys) !== KEY.resourceSpans) cursor.skip();
      else await eachItem(cursor, () => this.#readResourceSpans(cursor, budget));
    } while (cursor.more());
  }

  #readResourceSpans(cursor: OtlpCursor, budget: Budget): Promise<void> {
    return this.#readGroup(cursor, {
      head: KEY.resource,
      readHead: () => this.#readResource(cursor),
      noHead: () => this.#store.resources.id({ attributes: [], droppedAttributes: 0 }),
      items: KEY.scopeSpans,
      readItems: (resource) => eachItem(cursor, () => this.#readScopeSpans(cursor, resource, budget)),
    });
  }

  #readScopeSpans(cursor: OtlpCursor, resource: number, budget: Budget): Promise<void> {
    const none = { resource, name: '', version: '', attributes: [], droppedAttributes: 0 };
    return this.#readGroup(cursor, {
      head: KEY.scope,
      readHead: () => this.#readScope(cursor, resource),
      noHead: () => this.#store.scopes.id(none),
      items: KEY.spans,
      readItems: (scope) => this.#readSpans(cursor, scope, budget),
    });
  }

  /** An object of a head and the items that it is the head of, in whatever order they are written. */
  async #readGroup(
    cursor: OtlpCursor,
    group: {
      readonly head: number;
      readonly readHead: () => number;
      readonly noHead: () => number;
      readonly items: number;
      readonly readItems: (head: number) => Promise<void>;
    },
  ): Promise<void> {
    if (!cursor.enterObject()) return;
    let head: number | undefined;
    const waiting: number[] = [];
    do {
      const key = cursor.key(this.#spans.keys);
      if (key === group.head) head = group.readHead();
      else if (key !== group.items) cursor.skip();
      else if (head !== undefined) await group.readItems(head);
      else {
        waiting.push(cursor.position());
        cursor.skip();
      }
    } while (cursor.more());
    const end = cursor.position();
    for (const position of waiting) {
      cursor.at(position);
      await group.readItems(head ?? group.noHead());
    }
    cursor.at(end);
  }

  #readResource(cursor: OtlpCursor): number {
    let attributes: readonly number[] = [];
    let droppedAttributes = 0;
    if (cursor.enterObject()) {
      do {
        const key = cursor.key(this.#spans.keys);
        if (key === KEY.attributes) attributes = this.#spans.attributeList(cursor);
        else if (key === KEY.droppedAttributesCount) droppedAttributes = cursor.enumeration(noName);
        else cursor.skip();
      } while (cursor.more());
    }
    return this.#store.resources.id({ attributes, droppedAttributes });
  }

  #readScope(cursor: OtlpCursor, resource: number): number {
    const scope = {
      resource,
      name: '',
      version: '',
      attributes: [] as readonly number[],
      droppedAttributes: 0,
    };
    if (cursor.enterObject()) {
      do {
        const key = cursor.key(this.#spans.keys);
        if (key === KEY.name) scope.name = this.#spans.text(cursor);
        else if (key === KEY.version) scope.version = this.#spans.text(cursor);
        else if (key === KEY.attributes) scope.attributes = this.#spans.attributeList(cursor);
        else if (key === KEY.droppedAttributesCount) scope.droppedAttributes = cursor.enumeration(noName);
        else cursor.skip();
      } while (cursor.more());
    }
    return this.#store.scopes.id(scope);
  }

  async #readSpans(cursor: OtlpCursor, scope: number, budget: Budget): Promise<void> {
    if (!cursor.enterList()) return;
    let read = 0;
    do {
      this.#spans.read(cursor, scope);
      if (++read % SPANS_BETWEEN_BREATHS === 0) await budget.breathe();
    } while (cursor.more());
  }
}

async function eachItem(cursor: OtlpCursor, take: () => Promise<void>): Promise<void> {
  if (!cursor.enterList()) return;
  do await take();
  while (cursor.more());
}

function noName(): undefined {
  return undefined;
}
