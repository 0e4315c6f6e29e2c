import assert from 'node:assert/strict';
import { test } from 'node:test';
import { streamSelector, toStreams } from './loki-streams.js';

function batch(attributes: Readonly<Record<string, string>>, logRecords: readonly object[]) {
  const list = Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } }));
  return JSON.parse(
    JSON.stringify({ resourceLogs: [{ resource: { attributes: list }, scopeLogs: [{ logRecords }] }] }),
  );
}

test('labels are the resource with dots as underscores, without the version, and the level', () => {
  const streams = toStreams(
    batch({ 'service.name': 'api', 'service.version': '1.2.3' }, [
      { timeUnixNano: '2', severityText: 'info', body: { stringValue: 'one' }, traceId: 'aa', spanId: 'bb' },
      { timeUnixNano: '3', severityText: 'error', body: { stringValue: 'two' } },
      { timeUnixNano: '4', severityText: 'info', body: { stringValue: 'three' } },
    ]),
  );
  assert.deepEqual(streams, [
    {
      labels: { service_name: 'api', level: 'info' },
      entries: [
        { timestamp_ns: '2', line: 'one', metadata: { trace_id: 'aa', span_id: 'bb' } },
        { timestamp_ns: '4', line: 'three', metadata: {} },
      ],
    },
    {
      labels: { service_name: 'api', level: 'error' },
      entries: [{ timestamp_ns: '3', line: 'two', metadata: {} }],
    },
  ]);
});

test('records without a level get no label for it', () => {
  const [stream] = toStreams(batch({ job: 'x' }, [{ timeUnixNano: '1', body: { stringValue: 'a' } }]));
  assert.deepEqual(stream?.labels, { job: 'x' });
});

test('a selector names every label, sorted and quoted', () => {
  assert.equal(streamSelector({ job: 'a"b', instance: 'c\\d' }), '{instance="c\\\\d", job="a\\"b"}');
});
