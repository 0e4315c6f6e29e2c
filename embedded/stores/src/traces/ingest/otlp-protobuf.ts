/** OTLP's `ExportTraceServiceRequest` in protobuf, straight into the columns of the store. */
import protobuf from 'protobufjs/minimal.js';
import type { Budget } from '../../query/budget.js';
import { QueryError } from '../../query/query-error.js';
import type { TracesStore } from '../store.js';
import { ProtobufSpanReader } from './otlp-protobuf-span.js';
import { eachField, eachMessage, endOf } from './protobuf-fields.js';
import { SPANS_BETWEEN_BREATHS } from './span-writer.js';

type Reader = protobuf.Reader;

export class OtlpProtobufReader {
  readonly #store: TracesStore;
  readonly #spans: ProtobufSpanReader;
  #read = 0;

  constructor(store: TracesStore) {
    this.#store = store;
    this.#spans = new ProtobufSpanReader(store);
  }

  /** @throws {QueryError} `bad_data` for what is no such request */
  async read(body: Uint8Array, budget: Budget): Promise<void> {
    this.#spans.restart();
    try {
      const reader = protobuf.Reader.create(body);
      await eachMessage(reader, 1, (end) => this.#readResourceSpans(reader, end, budget));
    } catch (error) {
      if (error instanceof QueryError) throw error;
      throw new QueryError('bad_data', `no OTLP in protobuf: ${(error as Error).message}`, { cause: error });
    }
  }

  async #readResourceSpans(reader: Reader, end: number, budget: Budget): Promise<void> {
    const resource = this.#readResource(reader, end);
    await eachMessage(reader, 2, (inner) => this.#readScopeSpans(reader, inner, resource, budget), end);
  }

  /** The resource comes first or last, as the writer likes: looked for before the spans are read. */
  #readResource(reader: Reader, end: number): number {
    const from = reader.pos;
    let record = { attributes: [] as readonly number[], droppedAttributes: 0 };
    eachField(reader, end, (field) => {
      if (field !== 1) return false;
      const inner = endOf(reader);
      const attributes: number[] = [];
      let droppedAttributes = 0;
      eachField(reader, inner, (own) => {
        if (own === 1) attributes.push(this.#spans.attribute(reader));
        else if (own === 2) droppedAttributes = reader.uint32();
        else return false;
        return true;
      });
      record = { attributes, droppedAttributes };
      return true;
    });
    reader.pos = from;
    return this.#store.resources.id(record);
  }

  async #readScopeSpans(reader: Reader, end: number, resource: number, budget: Budget): Promise<void> {
    const from = reader.pos;
    const record = { resource, name: '', version: '', attributes: [] as number[], droppedAttributes: 0 };
    eachField(reader, end, (field) => {
      if (field !== 1) return false;
      eachField(reader, endOf(reader), (own) => {
        if (own === 1) record.name = reader.string();
        else if (own === 2) record.version = reader.string();
        else if (own === 3) record.attributes.push(this.#spans.attribute(reader));
        else if (own === 4) record.droppedAttributes = reader.uint32();
        else return false;
        return true;
      });
      return true;
    });
    reader.pos = from;
    const scope = this.#store.scopes.id(record);
    await eachMessage(
      reader,
      2,
      async (inner) => {
        this.#spans.read(reader, inner, scope);
        if (++this.#read % SPANS_BETWEEN_BREATHS === 0) await budget.breathe();
      },
      end,
    );
  }
}
