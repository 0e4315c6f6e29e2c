import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Budget } from '../../query/budget.js';
import { QueryError } from '../../query/query-error.js';
import { tracesAnswer } from './traces-answer.js';

const limits = { timeout_ms: 60_000, values: 100 };

test('traces in their order, beside how many were looked at', async () => {
  const { status, body } = await tracesAnswer([{ traceID: 'a<b' }, { traceID: 'c' }], 7, new Budget(limits));
  assert.equal(status, 200);
  assert.equal(
    body,
    '{"traces":[{"traceID":"a\\u003cb"},{"traceID":"c"}],"metrics":{"inspectedTraces":7,"completedJobs":1,"totalJobs":1}}',
  );
  const none = await tracesAnswer([], 0, new Budget(limits));
  assert.deepEqual(JSON.parse(String(none.body)), {
    traces: [],
    metrics: { completedJobs: 1, totalJobs: 1 },
  });
});

test('an answer that grows too long is refused before the rest of it is made', async () => {
  let made = 0;
  function* traces() {
    for (; made < 1000; made++) yield { traceID: 'x'.repeat(160) };
  }
  await assert.rejects(
    tracesAnswer(traces(), 1, new Budget(limits)),
    (error) => error instanceof QueryError && error.kind === 'too_large',
  );
  assert.ok(made < 20, `${made} traces were made`);
});

test('others have their turn while it is written', async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  function* traces() {
    for (let i = 0; i < 5; i++) {
      const start = performance.now();
      while (performance.now() - start < 30);
      yield { i };
    }
  }
  await tracesAnswer(traces(), 1, new Budget(limits));
  clearInterval(timer);
  assert.ok(turns > 0);
});
