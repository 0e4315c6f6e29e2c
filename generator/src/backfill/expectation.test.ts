import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExpectedLogs, ExpectedMetrics, ExpectedTraces } from './expectation.js';

test('series are counted by name, job and instance', () => {
  const expected = new ExpectedMetrics();
  const exemplar = { labels: {}, value: 1, timestamp_ms: 1 };
  expected.add({
    name: 'a',
    labels: { job: 'x', instance: '1', le: '1' },
    values: [1, 2],
    exemplars: [exemplar],
  });
  expected.add({ name: 'a', labels: { job: 'x', instance: '1', le: '2' }, values: [1], exemplars: [] });
  expected.add({ name: 'a', labels: { job: 'x', instance: '2' }, values: [1], exemplars: [] });
  assert.deepEqual(expected.counts, [
    { name: 'a', job: 'x', instance: '1', series: 2, samples: 3, exemplars: 1 },
    { name: 'a', job: 'x', instance: '2', series: 1, samples: 1, exemplars: 0 },
  ]);
});

test('the oldest exemplar is remembered, whatever series it is of', () => {
  const expected = new ExpectedMetrics();
  for (const timestamp_ms of [7, 3, 5]) {
    expected.add({ name: 'a', labels: {}, values: [1], exemplars: [{ labels: {}, value: 1, timestamp_ms }] });
  }
  expected.add({ name: 'b', labels: {}, values: [1], exemplars: [] });
  assert.equal(expected.oldestExemplar_ms, 3);
});

test('lines are counted by stream', () => {
  const expected = new ExpectedLogs();
  const entry = { timestamp_ns: '1', line: 'x', metadata: {} };
  expected.add({ labels: { b: '1', a: '2' }, entries: [entry, entry] });
  expected.add({ labels: { a: '2', b: '1' }, entries: [entry] });
  assert.deepEqual([...expected.lines], [['{a="2", b="1"}', 3]]);
});

function batch(...spans: readonly (readonly [service: string, trace: string, start: number, end: number])[]) {
  return {
    resourceSpans: spans.map(([service, traceId, start, end]) => ({
      resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
      scopeSpans: [
        {
          spans: [
            {
              traceId,
              spanId: 's',
              name: 'n',
              kind: 1,
              startTimeUnixNano: String(start),
              endTimeUnixNano: String(end),
              attributes: [],
            },
          ],
        },
      ],
    })),
  };
}

test('a trace of two services is one trace, as long as both together', () => {
  const expected = new ExpectedTraces({ traces: 1, samples: 10 });
  expected.add(batch(['api', 't1', 5, 9], ['worker', 't1', 4, 7]));
  assert.equal(expected.traces, 1);
  assert.equal(expected.spans, 2);
  assert.deepEqual(Object.fromEntries(expected.spansOfService), { api: 1, worker: 1 });
  assert.deepEqual(expected.sampled, [{ id: 't1', spans: 2, start_ns: 4n, end_ns: 9n }]);
});

test('samples spread over the file, and hold the oldest and the newest trace wherever they are', () => {
  const expected = new ExpectedTraces({ traces: 100, samples: 10 });
  for (let index = 0; index < 100; index++) {
    const start = index === 55 ? 1 : 1000 + index;
    expected.add(batch(['api', `t${index}`, start, index === 37 ? 9999 : start + 1]));
  }
  const ids = expected.sampled.map(({ id }) => id);
  assert.deepEqual(
    expected.ends.map(({ id }) => id),
    ['t55', 't37'],
  );
  assert.deepEqual(ids, ['t55', 't37', ...Array.from({ length: 10 }, (_, index) => `t${index * 10}`)]);
});
