/** OTLP requests in the encodings that a sender may choose. */
import protobuf from 'protobufjs';

/** From opentelemetry-proto, as much of it as is stored. */
const PROTO = `
  syntax = "proto3";
  message Request { repeated ResourceSpans resource_spans = 1; }
  message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
  message Resource { repeated KeyValue attributes = 1; uint32 dropped_attributes_count = 2; }
  message ScopeSpans { Scope scope = 1; repeated Span spans = 2; }
  message Scope { string name = 1; string version = 2; repeated KeyValue attributes = 3; }
  message KeyValue { string key = 1; AnyValue value = 2; }
  message AnyValue { oneof value { string string_value = 1; bool bool_value = 2; int64 int_value = 3;
    double double_value = 4; ArrayValue array_value = 5; KeyValueList kvlist_value = 6; bytes bytes_value = 7; } }
  message ArrayValue { repeated AnyValue values = 1; }
  message KeyValueList { repeated KeyValue values = 1; }
  message Span { bytes trace_id = 1; bytes span_id = 2; string trace_state = 3; bytes parent_span_id = 4;
    string name = 5; int32 kind = 6; fixed64 start_time_unix_nano = 7; fixed64 end_time_unix_nano = 8;
    repeated KeyValue attributes = 9; uint32 dropped_attributes_count = 10; repeated Event events = 11;
    uint32 dropped_events_count = 12; repeated Link links = 13; uint32 dropped_links_count = 14; Status status = 15; }
  message Event { fixed64 time_unix_nano = 1; string name = 2; repeated KeyValue attributes = 3;
    uint32 dropped_attributes_count = 4; }
  message Link { bytes trace_id = 1; bytes span_id = 2; string trace_state = 3; repeated KeyValue attributes = 4; }
  message Status { string message = 2; int32 code = 3; }`;
const requestType = protobuf.parse(PROTO, { keepCase: false }).root.lookupType('Request');

const IDS: ReadonlySet<string> = new Set(['traceId', 'spanId', 'parentSpanId']);

/** Ids are in base64 where JSON is protobuf's own. */
function withBase64Ids(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withBase64Ids);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      IDS.has(key) ? Buffer.from(one as string, 'hex').toString('base64') : withBase64Ids(one),
    ]),
  );
}

/** In protobuf. */
export function encode(request: object): Uint8Array {
  return requestType.encode(requestType.fromObject(withBase64Ids(request) as object)).finish();
}

/** Members of all objects in the opposite order. */
export function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, one]) => [key, reversed(one)]),
  );
}

/** What a trace of this request is answered with. */
export function toTraceJson(request: object): unknown {
  const NAMES: Readonly<Record<string, readonly string[]>> = {
    kind: ['', 'INTERNAL', 'SERVER'].map((name) => `SPAN_KIND_${name}`),
    code: ['', 'OK', 'ERROR'].map((name) => `STATUS_CODE_${name}`),
  };
  const convert = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(convert);
    if (typeof value !== 'object' || value === null) return value;
    const members = Object.entries(value).filter(
      ([key, one]) => !(key === 'code' && one === 0) && !(Array.isArray(one) && one.length === 0),
    );
    return Object.fromEntries(
      members.map(([key, one]) => [
        key,
        typeof one === 'number' && NAMES[key] ? NAMES[key][one] : convert(one),
      ]),
    );
  };
  return convert(withBase64Ids(request));
}
