import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  formatCount,
  formatPercent,
  formatRate,
  formatSeconds,
  formatSecondsShort,
  NBSP,
  significant,
} from './format';

const plain = (text: string) => text.replaceAll(NBSP, ' ');

test('rates keep two or three digits', () => {
  const written = [0, 0.0231, 0.737, 0.999, 5.62, 17.84, 20.2, 201.7, 12345].map(formatRate);
  assert.deepEqual(written, [
    '0/s',
    '0.02/s',
    '0.74/s',
    '1.0/s',
    '5.6/s',
    '17.8/s',
    '20/s',
    '202/s',
    '12,345/s',
  ]);
});

test('seconds change unit, never their value by more than a half of the last digit', () => {
  const written = [0, 0.00095, 0.0473, 0.9996, 8.834, 9.996, 22.13, 130].map(formatSeconds).map(plain);
  assert.deepEqual(written, ['0 s', '0.9 ms', '47 ms', '1.00 s', '8.83 s', '10.0 s', '22.1 s', '130 s']);
  assert.deepEqual([0.0473, 1.56, 9.96, 22.13].map(formatSecondsShort).map(plain), [
    '47 ms',
    '1.6 s',
    '10 s',
    '22 s',
  ]);
});

test('a share just short of everything, or just above nothing, is not rounded away', () => {
  const written = [0, 0.004, 0.0094, 0.071, 0.353, 0.997, 0.9999, 1].map(formatPercent).map(plain);
  assert.deepEqual(written, ['0 %', '0.4 %', '0.9 %', '7 %', '35 %', '99.7 %', '99.9 %', '100 %']);
});

test('what is not known is a dash, never a number', () => {
  for (const format of [formatCount, formatPercent, formatRate, formatSeconds, formatSecondsShort]) {
    assert.deepEqual([format(null), format(undefined), format(Number.NaN)], ['–', '–', '–']);
  }
});

test('counts are whole from ten on', () => {
  assert.deepEqual([0, 0.02, 0.42, 8.94, 16.3, 1234].map(formatCount), [
    '0',
    '<0.1',
    '0.4',
    '8.9',
    '16',
    '1,234',
  ]);
  assert.equal(significant(0.0041), '0.004');
});
