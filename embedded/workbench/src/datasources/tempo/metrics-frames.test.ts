import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isMetricsQuery, metricsFrames } from './metrics-frames';

test('queries for series are told from queries for traces', () => {
  assert.equal(isMetricsQuery('{ kind=server } | rate() by (span.http.route)'), true);
  assert.equal(isMetricsQuery('{}|quantile_over_time(duration, .9)'), true);
  assert.equal(isMetricsQuery('{ name="a | rate()" } | count() > 2'), false);
  assert.equal(isMetricsQuery('{ span.rate = 1 }'), false);
});

test('each series is a frame; what is left out of a sample is zero', () => {
  const frames = metricsFrames(
    {
      series: [
        {
          labels: [{ key: 'span.http.route', value: { stringValue: '/api/users' } }],
          samples: [{ timestampMs: '1000' }, { timestampMs: '2000', value: 1.5 }],
        },
        {
          labels: [
            { key: 'name', value: { stringValue: 'GET' } },
            { key: 'p', value: { doubleValue: 0.5 } },
          ],
        },
        { labels: [{ key: '__name__', value: { stringValue: 'rate' } }] },
      ],
    },
    'A',
  );
  assert.deepEqual(
    frames.map(({ name }) => name),
    ['/api/users', '{name="GET", p="0.5"}', 'rate'],
  );
  assert.deepEqual(
    frames[0]?.fields.map(({ values }) => values),
    [
      [1000, 2000],
      [0, 1.5],
    ],
  );
  assert.deepEqual(metricsFrames({}, 'A'), []);
});
