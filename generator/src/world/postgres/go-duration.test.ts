import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goDuration } from './go-duration.js';

const printed: readonly [us: number, text: string][] = [
  [0, '0s'],
  [1, '1µs'],
  [999, '999µs'],
  [1000, '1ms'],
  [1500, '1.5ms'],
  [10_010, '10.01ms'],
  [999_999, '999.999ms'],
  [1_000_000, '1s'],
  [22_134_567, '22.134567s'],
  [60_000_000, '1m0s'],
  [62_500_000, '1m2.5s'],
  [3_600_000_000, '1h0m0s'],
  [3_661_000_001, '1h1m1.000001s'],
  [90_000_000_000, '25h0m0s'],
  [-1500, '-1.5ms'],
];
for (const [us, text] of printed) {
  test(`${us} microseconds are ${text}`, () => assert.equal(goDuration(us), text));
}
