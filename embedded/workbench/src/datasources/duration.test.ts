import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goDuration, parseDuration } from './duration';

test('durations are read with one unit or several', () => {
  const given = ['500ms', '15s', '1m30s', '2h', '1.5s', '', '15', 'abc', '$interval'];
  assert.deepEqual(given.map(parseDuration), [
    500,
    15_000,
    90_000,
    7_200_000,
    1500,
    ...Array(4).fill(undefined),
  ]);
});

test('durations are written as Go writes them', () => {
  const written = [250, 2000, 60_000, 90_000, 3_600_000, 5_430_500].map(goDuration);
  assert.deepEqual(written, ['250ms', '2s', '1m0s', '1m30s', '1h0m0s', '1h30m30.5s']);
});
