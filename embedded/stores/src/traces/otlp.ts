/** OTLP over HTTP: requests to write spans, in JSON or protobuf, answered as the OpenTelemetry Collector's receiver does. */
import protobuf from 'protobufjs/minimal.js';
import type { ApiAnswer, ApiRequest } from '../http/api.js';
import { Budget } from '../query/budget.js';
import { QueryError } from '../query/query-error.js';
import { OtlpJsonReader } from './ingest/otlp-json.js';
import { OtlpProtobufReader } from './ingest/otlp-protobuf.js';
import type { TracesStore } from './store.js';

const JSON_TYPE = 'application/json';
const PROTOBUF_TYPE = 'application/x-protobuf';
const INVALID_ARGUMENT = 3;
const PERMISSION_DENIED = 7;
/** Writing has no time limit: a request is taken whole. */
const NO_LIMITS = { timeout_ms: Number.POSITIVE_INFINITY, values: Number.POSITIVE_INFINITY };

export class OtlpReceiver {
  readonly #store: TracesStore;
  readonly #json: OtlpJsonReader;
  readonly #protobuf: OtlpProtobufReader;

  constructor(store: TracesStore) {
    this.#store = store;
    this.#json = new OtlpJsonReader(store);
    this.#protobuf = new OtlpProtobufReader(store);
  }

  async receive(request: ApiRequest, isWritable: boolean): Promise<ApiAnswer> {
    if (request.method !== 'POST') return plain(405, '405 method not allowed, supported: [POST]');
    const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
    if (type !== JSON_TYPE && type !== PROTOBUF_TYPE) {
      return plain(415, `415 unsupported media type, supported: [${JSON_TYPE}, ${PROTOBUF_TYPE}]`);
    }
    if (!isWritable) {
      const message = 'the embedded stores are read-only once a run is loaded: start them with --writable';
      return failure(type, 403, PERMISSION_DENIED, message);
    }
    const reader = type === JSON_TYPE ? this.#json : this.#protobuf;
    try {
      await this.#store.write(() => reader.read(request.body, new Budget(NO_LIMITS)));
      return success(type);
    } catch (error) {
      if (error instanceof QueryError) return failure(type, 400, INVALID_ARGUMENT, error.message);
      throw error;
    }
  }
}

/** `ExportTraceServiceResponse` with an empty `partial_success`. */
function success(type: string): ApiAnswer {
  return type === JSON_TYPE
    ? { status: 200, body: '{"partialSuccess":{}}' }
    : { status: 200, headers: { 'Content-Type': type }, body: Uint8Array.of(0x0a, 0) };
}

/** `google.rpc.Status`. */
function failure(type: string, status: number, code: number, message: string): ApiAnswer {
  if (type === JSON_TYPE) return { status, body: JSON.stringify({ code, message }) };
  const writer = protobuf.Writer.create().uint32(8).int32(code).uint32(18).string(message);
  return { status, headers: { 'Content-Type': type }, body: writer.finish() };
}

function plain(status: number, body: string): ApiAnswer {
  return { status, headers: { 'Content-Type': 'text/plain' }, body };
}
