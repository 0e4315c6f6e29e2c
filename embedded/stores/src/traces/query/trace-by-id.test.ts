import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import protobuf from 'protobufjs';
import { type Ask, exportOf, hex, START_S, tracesWith } from '../../../test/support/traces-fixture.js';

/** As much of Tempo's and OTLP's messages as Grafana's backend looks at. */
const PROTO = `
  syntax = "proto3";
  message Answer { Trace trace = 1; Metrics metrics = 2; } message Metrics {}
  message Trace { repeated ResourceSpans resource_spans = 1; }
  message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
  message Resource { repeated KeyValue attributes = 1; }
  message ScopeSpans { Scope scope = 1; repeated Span spans = 2; }
  message Scope { string name = 1; string version = 2; }
  message KeyValue { string key = 1; AnyValue value = 2; }
  message AnyValue { oneof value { string string_value = 1; bool bool_value = 2; int64 int_value = 3;
    double double_value = 4; ArrayValue array_value = 5; KvList kvlist_value = 6; bytes bytes_value = 7; } }
  message ArrayValue { repeated AnyValue values = 1; } message KvList { repeated KeyValue values = 1; }
  message Span { bytes trace_id = 1; bytes span_id = 2; bytes parent_span_id = 4; string name = 5; int32 kind = 6;
    fixed64 start_time_unix_nano = 7; fixed64 end_time_unix_nano = 8; repeated KeyValue attributes = 9;
    repeated Event events = 11; repeated Link links = 13; Status status = 15; }
  message Event { fixed64 time_unix_nano = 1; string name = 2; } message Link { bytes trace_id = 1; bytes span_id = 2; }
  message Status { string message = 2; int32 code = 3; }`;
const { root } = protobuf.parse(PROTO);

let ask: Ask;
before(async () => {
  ask = await tracesWith(
    exportOf({ 'service.name': 'shop' }, [
      {
        id: 2,
        parent: 1,
        name: 'child',
        kind: 3,
        at_ms: 1,
        lasts_ms: 2,
        attributes: {
          text: '<é>',
          int: { intValue: '-9007199254740993' },
          float: 0.5,
          no: false,
          list: ['a'],
          map: { kvlistValue: { values: [{ key: 'x', value: { intValue: '0' } }] } },
          bytes: { bytesValue: 'AQI=' },
        },
        events: [{ timeUnixNano: `${START_S}002000000`, name: 'e' }],
        links: [{ traceId: hex(5, 32), spanId: hex(6, 16) }],
      },
    ]),
    exportOf({ 'service.name': 'bank' }, [
      { id: 1, name: 'root', kind: 2, lasts_ms: 9, status: 2, message: 'broken' },
    ]),
  );
});

test('version 1 has batches, version 2 an envelope, both with ids in base64 and no default values', async () => {
  const v1 = (await ask('/api/traces/1')).json;
  const v2 = (await ask(`/api/v2/traces/${hex(1, 32)}`)).json;
  assert.deepEqual(v2, { trace: { resourceSpans: v1.batches }, metrics: {} });
  assert.deepEqual(v1.batches[1], {
    resource: { attributes: [{ key: 'service.name', value: { stringValue: 'bank' } }] },
    scopeSpans: [
      {
        scope: { name: 'library', version: '1' },
        spans: [
          {
            traceId: 'AAAAAAAAAAAAAAAAAAAAAQ==',
            spanId: 'AAAAAAAAAAE=',
            name: 'root',
            kind: 'SPAN_KIND_SERVER',
            startTimeUnixNano: `${START_S}000000000`,
            endTimeUnixNano: `${START_S}009000000`,
            status: { message: 'broken', code: 'STATUS_CODE_ERROR' },
          },
        ],
      },
    ],
  });
});

test('protobuf says the same', async () => {
  const accept = { accept: 'application/protobuf' };
  const v1 = await ask('/api/traces/1', {}, accept);
  const v2 = await ask('/api/v2/traces/1', {}, accept);
  assert.equal(v2.headers['Content-Type'], 'application/protobuf');
  const options = { longs: String, bytes: String };
  const trace = root.lookupType('Trace');
  const decoded = trace.toObject(trace.decode(v1.bytes), options) as {
    resourceSpans: { scopeSpans: { spans: Record<string, unknown>[] }[] }[];
  };
  const answer = root.lookupType('Answer');
  assert.deepEqual(answer.toObject(answer.decode(v2.bytes), options), { trace: decoded, metrics: {} });
  const json = (await ask('/api/traces/1')).json.batches;
  const [span] = json[0].scopeSpans[0].spans;
  assert.deepEqual(decoded.resourceSpans[0]?.scopeSpans[0]?.spans[0], { ...span, kind: 3, status: {} });
  assert.deepEqual(decoded.resourceSpans[1]?.scopeSpans[0]?.spans[0]?.status, { message: 'broken', code: 2 });
});

test('a trace that is not there is not found in version 1, and empty in version 2', async () => {
  const { status, text } = await ask('/api/traces/1234');
  assert.deepEqual([status, text], [404, '']);
  assert.deepEqual((await ask('/api/v2/traces/1234')).json, { trace: {}, metrics: {} });
});

const REFUSED: readonly (readonly [
  id: string,
  parameters: Readonly<Record<string, string>>,
  message: string,
])[] = [
  ['zz', {}, "trace IDs can only contain hex characters: invalid character 'z' at position 1"],
  ['1'.repeat(33), {}, "trace IDs can't be larger than 128 bits"],
  ['1', { start: 'x' }, 'invalid start: strconv.ParseInt: parsing "x": invalid syntax'],
  ['1', { start: '5', end: '3' }, 'http parameter start must be before end. received start=5 end=3'],
  ['1', { mode: 'x' }, 'invalid value for mode x'],
  ['1', { blockStart: 'z' }, 'invalid value for blockstart: invalid UUID length: 1'],
];

test('what is no id or range is refused, whatever the version', async () => {
  for (const version of ['', 'v2/']) {
    for (const [id, parameters, message] of REFUSED) {
      const { status, text } = await ask(`/api/${version}traces/${id}`, parameters);
      assert.deepEqual([status, text], [400, message]);
    }
  }
  assert.equal((await ask('/api/traces/1', { start: '5', end: '6' })).status, 200);
});
