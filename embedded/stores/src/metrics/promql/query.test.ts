import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Budget } from '../../query/budget.js';
import { PROMETHEUS_2, PROMETHEUS_3, type Semantics } from '../semantics.js';
import { parseQuery, queryInstant, queryRange } from './query.js';
import { instant, optionsFor, SECOND_MS, shown, storeOf } from './querying.js';

test('versions 2 and 3 differ in the left end of ranges and of the lookback', async () => {
  const store = storeOf({ a_total: '1 2 3 4' });
  const [two, three] = [optionsFor(store, PROMETHEUS_2), optionsFor(store, PROMETHEUS_3)];
  const count = 'count_over_time(a_total[20s])';
  assert.deepEqual(shown(await instant(count, 30, two)), { '{}': 3 });
  assert.deepEqual(shown(await instant(count, 30, three)), { '{}': 2 });
  assert.deepEqual(shown(await instant('a_total', 330, two)), { '{__name__="a_total"}': 4 });
  assert.deepEqual(shown(await instant('a_total', 330, three)), {});
  const subquery = 'count_over_time(a_total[20s:10s])';
  assert.deepEqual(shown(await instant(subquery, 30, two)), { '{}': 3 });
  assert.deepEqual(shown(await instant(subquery, 30, three)), { '{}': 2 });
});

test('versions 2 and 3 differ in how far a counter near zero is extrapolated', async () => {
  // Seven seconds before its first sample it would have been zero; the range begins long before that.
  const store = storeOf({ a_total: '_ _ _ _ _ _ 7 17 27' });
  const increase = 'increase(a_total[80s])';
  assert.deepEqual(shown(await instant(increase, 80, optionsFor(store, PROMETHEUS_2))), { '{}': 27 });
  assert.deepEqual(shown(await instant(increase, 80, optionsFor(store, PROMETHEUS_3))), { '{}': 25 });
});

test('only version 3 gives hints', async () => {
  const store = storeOf({ a: '1 2 3' });
  const infos = async (semantics: Semantics) =>
    (await queryInstant(parseQuery('rate(a[1m])', semantics), 20_000, optionsFor(store, semantics))).infos;
  assert.equal((await infos(PROMETHEUS_3)).length, 1);
  assert.deepEqual(await infos(PROMETHEUS_2), []);
});

test('a range query gives scalars as one series, and no strings or range vectors', async () => {
  const options = optionsFor(storeOf({ a: '1' }));
  const grid = { start_ms: 0, step_ms: SECOND_MS, count: 2 };
  const { value } = await queryRange(parseQuery('1 + time()', PROMETHEUS_3), grid, SECOND_MS, options);
  assert.deepEqual(
    value.series.map(({ labels, values }) => [`${labels}`, ...values]),
    [['{}', 1, 2]],
  );
  for (const [text, type] of [
    ['"a"', 'string'],
    ['a[1m]', 'range vector'],
  ] as const) {
    await assert.rejects(queryRange(parseQuery(text, PROMETHEUS_3), grid, SECOND_MS, options), {
      message: `invalid expression type "${type}" for range query, must be Scalar or instant Vector`,
    });
  }
});

test('a query that would hold too much is refused before it does', async () => {
  const options = optionsFor(storeOf({ a: '1' }));
  for (const text of ['vector(1)[365d:1ms]', 'sum_over_time(vector(time())[100y:1ms])', 'a[100y:1ms]']) {
    await assert.rejects(instant(text, 1e9, options), { kind: 'too_large' });
  }
});

test('a query whose client hangs up stops', async () => {
  const abort = new AbortController();
  const store = storeOf(Object.fromEntries(Array.from({ length: 50 }, (_, job) => [`a j${job}`, '1+1x300'])));
  const options = { ...optionsFor(store), budget: new Budget(undefined, abort.signal) };
  const slow = 'sum_over_time(sum(rate(a[5m]))[1h:1s]) + sum_over_time(sum(rate(a[6m]))[1h:1s])';
  const running = instant(slow, 3000, options);
  abort.abort();
  await assert.rejects(running, { kind: 'canceled' });
});

test('a query that takes too long stops', async () => {
  const store = storeOf({ a: '1+1x300' });
  const options = { ...optionsFor(store), budget: new Budget({ timeout_ms: 0, values: 1e9 }) };
  await assert.rejects(instant('sum_over_time(sum(rate(a[5m]))[1h:1s])', 3000, options), { kind: 'timeout' });
});

test('intermediate results do not add up: a query may be long', async () => {
  const store = storeOf({ a: '1+1x10' });
  const budget = new Budget({ timeout_ms: 30_000, values: 200 });
  const grid = { start_ms: 0, step_ms: SECOND_MS, count: 20 };
  const text = Array(100).fill('a * 2').join(' + ');
  const query = parseQuery(text, PROMETHEUS_3);
  const { value } = await queryRange(query, grid, 19 * SECOND_MS, { ...optionsFor(store), budget });
  assert.equal(value.series[0]?.values[0], 200);
});
