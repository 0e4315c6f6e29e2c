import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExpectedTraces } from './expected-traces.js';

function batch(...spans: readonly (readonly [service: string, trace: string, start: number, end: number])[]) {
  const request = {
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
  return Buffer.from(JSON.stringify(request));
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
