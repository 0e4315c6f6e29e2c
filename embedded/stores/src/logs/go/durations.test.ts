import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  formatGoDuration,
  formatPrometheusDuration,
  parseGoDuration,
  parsePrometheusDuration,
} from './durations.js';

function ns(parsed: ReturnType<typeof parseGoDuration>): number | string {
  return parsed.kind === 'duration' ? parsed.ns : parsed.message;
}

test("Prometheus' durations: each unit once, the largest first", () => {
  assert.deepEqual(
    ['1d2h', '5m', '0', '1h30m15s', '250ms'].map((text) => ns(parsePrometheusDuration(text))),
    [93_600e9, 300e9, 0, 5415e9, 250e6],
  );
  assert.deepEqual(
    ['', '5x', '-1s', '5', '1m1h', '1.5h'].map((text) => ns(parsePrometheusDuration(text))),
    [
      'empty duration string',
      'unknown unit "x" in duration "5x"',
      'not a valid duration string: "-1s"',
      'not a valid duration string: "5"',
      'not a valid duration string: "1m1h"',
      'not a valid duration string: "1.5h"',
    ],
  );
});

test("Go's durations have fractions and a sign", () => {
  assert.deepEqual(
    ['1.5h', '-5m', '2h45m', '10us', '10µs', '1ns', '.5s', '+1m'].map((text) => ns(parseGoDuration(text))),
    [5400e9, -300e9, 9900e9, 1e4, 1e4, 1, 5e8, 60e9],
  );
  assert.deepEqual(
    ['', '5', '5d', 'x'].map((text) => ns(parseGoDuration(text))),
    [
      'time: invalid duration ""',
      'time: missing unit in duration "5"',
      'time: unknown unit "d" in duration "5d"',
      'time: invalid duration "x"',
    ],
  );
});

test('durations are written in either notation', () => {
  assert.deepEqual([86_400e9, 90e9, 5400e9, 7 * 86_400e9, 0].map(formatPrometheusDuration), [
    '1d',
    '1m30s',
    '1h30m',
    '1w',
    '0s',
  ]);
  assert.deepEqual([3600e9, 90e9, 1.5e9, 250e6, 1500, 0, -1e9].map(formatGoDuration), [
    '1h0m0s',
    '1m30s',
    '1.5s',
    '250ms',
    '1.5µs',
    '0s',
    '-1s',
  ]);
});

test('whole milliseconds survive being written and read', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e10 }), (ms) => {
      assert.equal(ns(parsePrometheusDuration(formatPrometheusDuration(ms * 1e6))), ms * 1e6);
      assert.equal(ns(parseGoDuration(formatGoDuration(ms * 1e6))), ms * 1e6);
    }),
  );
});
