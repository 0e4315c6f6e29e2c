import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { instant, loadTenSpans, RANGE, range } from '../../../test/support/metrics-fixture.js';
import type { Ask } from '../../../test/support/traces-fixture.js';

let ask: Ask;
before(async () => {
  ask = await loadTenSpans();
});

// START_S is no multiple of 60: slots end 20 s, 80 s and 140 s after it.
test('spans are counted in the slots of their starts, by label', async () => {
  assert.deepEqual(await range('{} | count_over_time()'), { '__name__=count_over_time': [2, 5, 3] });
  assert.deepEqual(await range('{ status = error } | rate()'), { '__name__=rate': [0, 0, 0.016666667] });
  assert.deepEqual(await range('{} | count_over_time() by (resource.service.name, name)'), {
    'resource.service.name=a name=read': [1, 2, 0],
    'resource.service.name=a name=write': [1, 2, 0],
    'resource.service.name=b name=read': [0, 1, 1],
    'resource.service.name=b name=write': [0, 0, 2],
  });
  assert.deepEqual(await instant('{} | count_over_time() by (.service.name)'), {
    '.service.name=a': 6,
    '.service.name=b': 4,
  });
});

test('a field that a span does not have makes no label, or "nil" where there is no other', async () => {
  assert.deepEqual(await instant('{} | count_over_time() by (span.n)'), {
    ...Object.fromEntries(Array.from({ length: 8 }, (_, n) => [`span.n=${n}`, 1])),
    'span.n=nil': 2,
  });
  assert.deepEqual(await instant('{ span.f > 0.0 } | count_over_time() by (span.n, kind)'), {
    'kind=server': 2,
  });
  assert.deepEqual(await instant('{ span.f > 0.0 } | count_over_time() by (span.http.route, kind)'), {
    'span.http.route=nil kind=server': 2,
  });
});

test('values are aggregated over the spans that have them; durations are in seconds', async () => {
  assert.deepEqual(await range('{} | min_over_time(duration)'), {
    '__name__=min_over_time': [0.001, 0.004, 0.128],
  });
  assert.deepEqual(await range('{} | max_over_time(span.n)'), { '__name__=max_over_time': [1, 6, 7] });
  assert.deepEqual(await range('{} | sum_over_time(span.n)'), { '__name__=sum_over_time': [1, 20, 7] });
  assert.deepEqual(await range('{} | avg_over_time(span.n) by (name)'), {
    'name=read': [0, 4],
    'name=write': [1, 4, 7],
  });
  assert.deepEqual(await range('{} | avg_over_time(span.f)'), { '__name__=avg_over_time': [2.25] });
  assert.deepEqual(await range('{ span.f > 9.0 } | max_over_time(duration)'), {});
});

test('histograms have powers of two as buckets, quantiles lie between those', async () => {
  assert.deepEqual(
    await instant('{ name = "read" && resource.service.name = "a" } | histogram_over_time(duration)'),
    {
      '__bucket=0.001048576': 1,
      '__bucket=0.004194304': 1,
      '__bucket=0.016777216': 1,
    },
  );
  assert.deepEqual(await instant('{ span.n > 1 } | quantile_over_time(span.n, 0, 1) by (kind)'), {
    'kind=server p=0': 2,
    'kind=server p=1': 8,
  });
  const { 'p=0.5': median } = await instant('{} | quantile_over_time(duration, .5)');
  assert.ok(median > 0.008 && median <= 0.017, String(median));
});

test('the largest and smallest are picked at each time, and values compared', async () => {
  const by = '{} | count_over_time() by (span.http.route)';
  assert.deepEqual(await instant(`${by} | topk(2)`), { 'span.http.route=/r0': 3, 'span.http.route=/r1': 3 });
  assert.deepEqual(await instant(`${by} | bottomk(2)`), {
    'span.http.route=/r2': 2,
    'span.http.route=nil': 2,
  });
  assert.deepEqual(await instant(`${by} | topk(1)`), { 'span.http.route=/r0': 3 });
  assert.deepEqual(await instant(`${by} | bottomk(1)`), { 'span.http.route=nil': 2 });
  for (const [comparison, count] of [
    ['> 2', 2],
    ['>= 2', 4],
    ['< 3', 2],
    ['<= 3', 4],
    ['= 3', 2],
    ['!= 3', 2],
  ] as const) {
    assert.equal(Object.keys(await instant(`${by} ${comparison}`)).length, count, comparison);
  }
  assert.deepEqual(await range('{} | count_over_time() > 2'), { '__name__=count_over_time': [5, 3] });
  assert.deepEqual(await instant('{} | max_over_time(duration) > 100ms'), {
    '__name__=max_over_time': 0.512,
  });
});

test('structural queries and groups have metrics too', async () => {
  assert.deepEqual(await instant('{} && { name = "read" } | count_over_time()'), {
    '__name__=count_over_time': 5,
  });
  assert.deepEqual(await instant('{} | by(name) | count() > 0 | count_over_time() by (name)'), {
    'name=read': 5,
    'name=write': 5,
  });
});

test('a series without spans is there only if it has no labels', async () => {
  assert.deepEqual(await range('{ false } | rate()'), { '__name__=rate': [0, 0, 0] });
  assert.deepEqual(await range('{ false } | rate() by (name)'), {});
  assert.equal(
    (await ask('/api/metrics/query', { q: '{ false } | rate() by (name)', ...RANGE })).json.series,
    undefined,
  );
});
