import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Labels } from './labels.js';
import { type Entry, LogStream } from './stream.js';

function streamOf(entries: readonly Entry[]): LogStream {
  const stream = new LogStream(Labels.from({ a: 'b' }));
  for (const entry of entries) stream.append(entry);
  stream.seal();
  return stream;
}

function entry(ms: number, ns: number, line: string, metadata: Entry['metadata'] = []): Entry {
  return { time: { ms, ns }, line, metadata };
}

test('entries are in order of time to the nanosecond, each once', () => {
  const times = fc.record({ ms: fc.integer({ min: 0, max: 3 }), ns: fc.integer({ min: 0, max: 2 }) });
  const entries = fc.array(fc.tuple(times, fc.constantFrom('x', 'y')), { maxLength: 200 });
  fc.assert(
    fc.property(entries, (list) => {
      const stream = streamOf(list.map(([{ ms, ns }, line]) => entry(ms, ns, line)));
      const found = stream.lines.map((line, index) => `${stream.ms(index)} ${stream.ns(index)} ${line}`);
      const wanted = new Set(list.map(([{ ms, ns }, line]) => `${ms} ${ns} ${line}`));
      assert.deepEqual([...found].sort(), [...wanted].sort());
      const order = found.map((text) => text.split(' ').slice(0, 2).map(Number) as [number, number]);
      for (const [index, [ms, ns]] of order.entries()) {
        const [before_ms, before_ns] = order[index - 1] ?? [-1, 0];
        assert.ok(before_ms < ms || (before_ms === ms && before_ns <= ns));
      }
    }),
  );
});

test('the same line with other metadata is another entry', () => {
  const stream = streamOf([
    entry(1, 0, 'x', [['a', '1']]),
    entry(1, 0, 'x', [['a', '2']]),
    entry(1, 0, 'x', [['a', '1']]),
  ]);
  assert.equal(stream.length, 2);
  assert.deepEqual(stream.metadataOf(1), [['a', '2']]);
});

test('metadata moves with its line, and is absent where there was none', () => {
  const stream = streamOf([entry(2, 0, 'second', [['k', '']]), entry(1, 0, 'first')]);
  assert.deepEqual(stream.lines, ['first', 'second']);
  assert.deepEqual(stream.metadataOf(0), []);
  assert.deepEqual(stream.metadataOf(1), [['k', '']]);
});

test('what comes later than a reading is sorted in by the next', () => {
  const stream = streamOf([entry(2, 0, 'b')]);
  stream.append(entry(1, 5, 'a'));
  stream.append(entry(2, 0, 'b'));
  stream.seal();
  assert.deepEqual(stream.lines, ['a', 'b']);
  assert.equal(stream.indexOf({ ms: 1, ns: 5 }), 0);
  assert.equal(stream.indexOf({ ms: 1, ns: 6 }), 1);
  assert.equal(stream.byteLength(1), 1);
});

test('lengths are bytes', () => {
  assert.equal(streamOf([entry(1, 0, 'äö')]).byteLength(0), 4);
});
