import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atStart, momentOf, onset, quantile, selector, withState } from './promql.js';

test('a selector keeps operators that its values bring', () => {
  assert.equal(selector({}), '');
  assert.equal(selector({ job: 'api', route: '!="/health"' }), '{job="api", route!="/health"}');
});

test('a quantile sums its buckets by le', () => {
  assert.equal(
    quantile(0.95, 'wait', { job: 'api' }, { by: ['service'], window: '5m' }),
    'histogram_quantile(0.95, sum by (le, service) (rate(wait_bucket{job="api"}[5m])))',
  );
});

test('every range of an expression moves to the start', () => {
  assert.equal(
    atStart('rate(a[5m]) / rate(b[5m])', '10m'),
    ['a', 'b'].map((name) => `rate(${name}[10m] @ $\{__from:date:seconds} offset -10m)`).join(' / '),
  );
});

test('a state is one of three, told in words', () => {
  const states = withState('x', { warn: 1, over: 20 }, { say: String, counts: true });
  assert.deepEqual(
    [...states.matchAll(/"state", "([^"]+)"/g)].map(([, words]) => words),
    ['▲ 20 or more', '◆ 1 or more', 'under 1'],
  );
});

test('an onset is told as the moment it was, a report as one after it', () => {
  assert.equal(onset('x > 1'), '(x > 1) unless count_over_time((x > 1)[10m:15s] offset 15s)');
  assert.equal(momentOf('x'), '1000 * (0 + last_over_time(((x) * 0 + time())[5m:15s]))');
  assert.equal(
    momentOf('x', { delay_s: 60 }),
    '1000 * (60 + last_over_time(((x) * 0 + time())[5m:15s] offset 60s))',
  );
});
