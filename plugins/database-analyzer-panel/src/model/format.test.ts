import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  clockFor,
  formatCount,
  formatDuration,
  formatOffset,
  formatRate,
  formatShare,
  plural,
} from './format';

test('durations are as short as they can be read', () => {
  const cases: readonly (readonly [number | undefined, string])[] = [
    [undefined, '–'],
    [0.0003, '0.3 ms'],
    [0.34, '340 ms'],
    [2.5, '2.50 s'],
    [23.71, '23.7 s'],
    [125, '2 min'],
    [7200, '2.0 h'],
  ];
  for (const [seconds, text] of cases) assert.equal(formatDuration(seconds), text);
});

test('a share is never rounded to nothing or to all', () => {
  assert.equal(formatShare(0, 10), '0 %');
  assert.equal(formatShare(1, 10_000), '< 0.1 %');
  assert.equal(formatShare(9999, 10_000), '> 99.9 %');
  assert.equal(formatShare(10, 10), '100 %');
  assert.equal(formatShare(31, 100), '31 %');
});

test('counts, rates and offsets', () => {
  assert.equal(formatCount(1_234_567), '1,234,567');
  assert.equal(formatRate(10.24), '10.2 /s');
  assert.equal(formatRate(1234), '1,234 /s');
  assert.equal(formatOffset(-5.188), '−5.188');
  assert.equal(formatOffset(-0.0001), '+0.000');
  assert.equal(plural(1, 'trace'), '1 trace');
  assert.equal(plural(2, 'trace'), '2 traces');
});

test('clock times are in the dashboard’s time zone', () => {
  const timeMs = Date.parse('2026-07-01T22:00:05Z');
  assert.equal(clockFor('utc').seconds(timeMs), '22:00:05');
  assert.equal(clockFor('utc').zone, 'UTC');
  assert.equal(clockFor('Europe/Berlin').minutes(timeMs), '00:00');
  assert.doesNotThrow(() => clockFor('Not/AZone').seconds(timeMs));
});
