import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DataFrame } from '@grafana/data';
import { attributeValue } from './answer';
import { spanTable, traceTable } from './search-frames';
import { traceFrame } from './trace-frame';

const source = { refId: 'A', datasourceUid: 'tempo', datasourceName: 'Tempo' };

function column(frame: DataFrame | undefined, name: string): unknown[] {
  return frame?.fields.find((field) => field.name === name)?.values ?? [];
}

// As Tempo 3.0.3 answered, shortened.
const TRACE = {
  batches: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'api' } }] },
      scopeSpans: [
        {
          scope: { name: 'interview-app', version: '2.4.1' },
          spans: [
            {
              traceId: 'AAChnCq/Tti/KMUf5sxxUw==',
              spanId: 'H+itIZbp1Pc=',
              name: 'POST /api/data/transform',
              kind: 'SPAN_KIND_SERVER',
              startTimeUnixNano: '1772444318453614000',
              endTimeUnixNano: '1772444328553086000',
              attributes: [{ key: 'http.response.status_code', value: { intValue: '503' } }],
              status: { message: 'Timed out', code: 'STATUS_CODE_ERROR' },
            },
            {
              traceId: 'AAChnCq/Tti/KMUf5sxxUw==',
              spanId: 'wBvxwPv6lcI=',
              parentSpanId: 'H+itIZbp1Pc=',
              name: 'POST identity-provider',
              kind: 'SPAN_KIND_CLIENT',
              startTimeUnixNano: '1772444318453614000',
              endTimeUnixNano: '1772444318553086000',
              status: {},
            },
          ],
        },
      ],
    },
  ],
};

test('a trace is a row for each span, as Grafana made them of the same answer', () => {
  const frame = traceFrame(TRACE, 'A');
  assert.deepEqual(column(frame, 'traceID')[0], '0000a19c2abf4ed8bf28c51fe6cc7153');
  assert.deepEqual(column(frame, 'spanID'), ['1fe8ad2196e9d4f7', 'c01bf1c0fbfa95c2']);
  assert.deepEqual(column(frame, 'parentSpanID'), ['0000000000000000', '1fe8ad2196e9d4f7']);
  assert.deepEqual(column(frame, 'kind'), ['server', 'client']);
  assert.deepEqual(column(frame, 'statusCode'), [2, 0]);
  assert.deepEqual(column(frame, 'startTime'), [1772444318453.614, 1772444318453.614]);
  assert.deepEqual(column(frame, 'duration'), [10099.472, 99.472]);
  assert.deepEqual(column(frame, 'tags')[0], [{ key: 'http.response.status_code', value: 503 }]);
  assert.deepEqual(column(frame, 'serviceTags')[1], [{ key: 'service.name', value: 'api' }]);
});

test('ids in hexadecimal stay as they are', () => {
  const [batch] = TRACE.batches;
  const [scope] = batch?.scopeSpans ?? [];
  const span = {
    ...scope?.spans[0],
    traceId: '0000a19c2abf4ed8bf28c51fe6cc7153',
    spanId: '1FE8AD2196E9D4F7',
  };
  const frame = traceFrame({ batches: [{ scopeSpans: [{ spans: [span as never] }] }] }, 'A');
  assert.deepEqual(
    [column(frame, 'traceID')[0], column(frame, 'spanID')[0]],
    [span.traceId, '1fe8ad2196e9d4f7'],
  );
});

const FOUND = {
  traces: [
    {
      traceID: 'aa',
      rootServiceName: 'api',
      rootTraceName: 'GET /a',
      startTimeUnixNano: '1772443744486807000',
      durationMs: 133,
      spanSets: [
        {
          spans: [
            {
              spanID: 'a1',
              startTimeUnixNano: '1772443744500000000',
              durationNanos: '91022000',
              attributes: [{ key: 'http.route', value: { stringValue: '/a' } }],
            },
          ],
        },
      ],
    },
    { traceID: 'bb', startTimeUnixNano: '1772443799000000000' },
  ],
};

test('found traces are a table, newest first, with their spans inside', () => {
  const table = traceTable(FOUND, source);
  assert.deepEqual(column(table, 'traceID'), ['bb', 'aa']);
  assert.deepEqual(column(table, 'traceDuration'), [0, 133]);
  const [none, spans] = column(table, 'nested') as DataFrame[][];
  assert.deepEqual(none, []);
  assert.deepEqual(column(spans?.[0], 'http.route'), ['/a']);
  const link = table.fields[0]?.config.links?.[0]?.internal;
  assert.equal(link?.datasourceUid, 'tempo');
});

test('found spans are a table of their own', () => {
  const table = spanTable(FOUND, source);
  assert.deepEqual(column(table, 'spanID'), ['a1']);
  assert.deepEqual(column(table, 'traceIdHidden'), ['aa']);
  assert.deepEqual(column(table, 'duration'), [91_022_000]);
  assert.equal(table.fields.find(({ name }) => name === 'name')?.config.custom?.hidden, true);
});

test('attributes of every type have values', () => {
  const values = [
    { stringValue: 'a' },
    { intValue: '7' },
    { doubleValue: 0.5 },
    { boolValue: false },
    { arrayValue: { values: [{ stringValue: 'x' }, { intValue: '1' }] } },
    { kvlistValue: { values: [{ key: 'k', value: { boolValue: true } }] } },
  ].map(attributeValue);
  assert.deepEqual(values, ['a', 7, 0.5, false, '["x",1]', '{"k":true}']);
});
