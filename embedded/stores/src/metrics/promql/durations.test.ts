import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatDuration, parseDuration } from './durations.js';

test('durations', () => {
  assert.equal(parseDuration('5m'), 300_000);
  const day = 86_400_000;
  const long = 365 * day + 14 * day + 3 * day + 4 * 3_600_000 + 5 * 60_000 + 6_007;
  assert.equal(parseDuration('1y2w3d4h5m6s7ms'), long);
  assert.equal(parseDuration('0'), 0);
  assert.equal(parseDuration('300y'), Number.POSITIVE_INFINITY);
  for (const text of ['', '5', '5x', 'm', '1s1m', '1m1m', '-5m', '1.5h']) {
    assert.equal(parseDuration(text), undefined, text);
  }
});

test('durations are written as they are read', () => {
  assert.deepEqual([0, 90_000, -300_000, 7 * 86_400_000, 8 * 86_400_000, 1].map(formatDuration), [
    '0s',
    '1m30s',
    '-5m',
    '1w',
    '8d',
    '1ms',
  ]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 43 }), (duration_ms) => {
      assert.equal(parseDuration(formatDuration(duration_ms)), duration_ms);
    }),
  );
});
