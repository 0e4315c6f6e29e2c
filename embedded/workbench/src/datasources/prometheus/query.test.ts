import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { alignRange, intervalVariables, quoteVariable, rateIntervalMs, stepMs } from './query';

const MINUTE = 60_000;
const range = { fromMs: 1_772_442_480_000, toMs: 1_772_445_600_000 };

test('steps are those that Grafana sends', () => {
  const step = (minStep: string, maxDataPoints?: number, intervalMs = 15_000) =>
    stepMs(range, minStep, { intervalMs, maxDataPoints });
  assert.equal(step('', 1000), 15_000, 'no closer than the interval of the request');
  assert.equal(step('', 100), 30_000, 'as many points as there are pixels');
  assert.equal(step('1m', 1000), MINUTE, 'no closer than the query says');
  assert.equal(step('1s', 10_000), 1000, 'closer, if the query says so');
  assert.equal(step(''), 15_000, 'without a width');
});

test('a step never asks for more points than Prometheus gives', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 * 24 * 60 }),
      fc.integer({ min: 1, max: 100_000 }),
      (minutes, width) => {
        const long = { fromMs: 0, toMs: minutes * MINUTE };
        const step = stepMs(long, '1ms', { intervalMs: 1, maxDataPoints: width });
        assert.ok(long.toMs / step <= 11_000, `${long.toMs} / ${step}`);
      },
    ),
  );
});

test('the ends of a range are multiples of the step, in local time', () => {
  const day = 24 * 60 * MINUTE;
  assert.deepEqual(alignRange({ fromMs: 61_000, toMs: 125_000 }, MINUTE, 0), {
    fromMs: MINUTE,
    toMs: 2 * MINUTE,
  });
  const berlin = 60 * MINUTE;
  assert.deepEqual(alignRange({ fromMs: day, toMs: 2 * day }, day, berlin), {
    fromMs: day - berlin,
    toMs: 2 * day - berlin,
  });
});

test('the interval of a rate has two samples in it at any step', () => {
  assert.equal(rateIntervalMs(15_000, 15_000), MINUTE);
  assert.equal(rateIntervalMs(5 * MINUTE, 15_000), 5 * MINUTE + 15_000);
  const { __rate_interval, __interval, __range } = intervalVariables(15_000, 15_000, range);
  assert.deepEqual([__rate_interval?.value, __interval?.value, __range?.value], ['1m0s', '15s', '3120s']);
});

test('values of variables mean themselves in a query', () => {
  const choice = { multi: true, includeAll: true };
  assert.equal(quoteVariable('/api/.+', {}), '/api/.+');
  assert.equal(quoteVariable("it's", {}), "it\\'s");
  assert.equal(quoteVariable('/api/:id.x', choice), '/api/:id\\\\.x');
  assert.equal(quoteVariable(['a', 'b+'], choice), '(a|b\\\\+)');
  assert.equal(quoteVariable(['a'], choice), 'a');
});
