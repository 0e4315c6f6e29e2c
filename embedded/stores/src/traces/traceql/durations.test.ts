import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { durationText } from '../value.js';
import { parseDuration, parseGoDuration, parsePrometheusDuration } from './durations.js';

test("days and weeks are Prometheus' own, fractions Go's", () => {
  assert.equal(parseDuration('1d'), 86_400e9);
  assert.equal(parseDuration('1w2h'), (7 * 24 + 2) * 3600e9);
  assert.equal(parseDuration('1.5s'), 1.5e9);
  assert.equal(parseDuration('1h30m5ms'), 5400.005e9);
  assert.equal(parseDuration('2us'), 2000);
  assert.equal(parsePrometheusDuration('1.5s'), undefined);
  assert.equal(parseGoDuration('-1.5h'), -5400e9);
  for (const text of ['', '1', 'x', '1x', 's', '1.5d']) assert.equal(parseDuration(text), undefined, text);
});

test('what is printed is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 50 }), (duration_ns) => {
      assert.equal(parseGoDuration(durationText(duration_ns)), duration_ns);
    }),
  );
});

test('durations look as in Go', () => {
  assert.deepEqual(
    [0, 999, 301_000, 99_472_000, 10_094_085_000, 60e9, 3_661_500_000_000, -1_500_000].map(durationText),
    ['0s', '999ns', '301µs', '99.472ms', '10.094085s', '1m0s', '1h1m1.5s', '-1.5ms'],
  );
});
