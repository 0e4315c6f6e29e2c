import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExpectedLogs, ExpectedMetrics } from './expectation.js';

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
