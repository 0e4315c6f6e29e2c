import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatFloat64, parseFloat64, parseInteger, sprintFloat64 } from './numbers.js';

test('numbers are read as Go reads them', () => {
  const values = ['1', '-2.5', '.5', '5.', '1e3', '0x1p3', '0x1.8p3', '+Inf', '-inf', '0x.8p1'];
  const read = values.map((text) => {
    const parsed = parseFloat64(text);
    return parsed.kind === 'number' ? parsed.value : text;
  });
  assert.deepEqual(read, [
    1,
    -2.5,
    0.5,
    5,
    1000,
    8,
    12,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    1,
  ]);
  const nan = parseFloat64('NaN');
  assert.ok(nan.kind === 'number' && Number.isNaN(nan.value));
});

test('what is no number says so in words of Go', () => {
  assert.deepEqual(parseFloat64('0x10'), {
    kind: 'error',
    message: 'strconv.ParseFloat: parsing "0x10": invalid syntax',
  });
  assert.deepEqual(parseFloat64('1e999'), {
    kind: 'error',
    message: 'strconv.ParseFloat: parsing "1e999": value out of range',
  });
  assert.deepEqual(parseInteger('1.5'), {
    kind: 'error',
    message: 'strconv.Atoi: parsing "1.5": invalid syntax',
  });
});

test('numbers are written without an exponent', () => {
  const values = [0, 1, 1.5, 1e21, 1.5e21, 1e-7, -2.5e-10, Number.NaN, Number.POSITIVE_INFINITY];
  assert.deepEqual(values.map(formatFloat64), [
    '0',
    '1',
    '1.5',
    '1000000000000000000000',
    '1500000000000000000000',
    '0.0000001',
    '-0.00000000025',
    'NaN',
    '+Inf',
  ]);
});

test('what was written is read as the same number', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true }), (value) => {
      const parsed = parseFloat64(formatFloat64(value));
      assert.ok(parsed.kind === 'number' && Object.is(parsed.value, value));
    }),
  );
});

test('%v has an exponent for the large and the small', () => {
  assert.deepEqual([1e20, 1e21, 0.0001, 0.00001].map(sprintFloat64), [
    '100000000000000000000',
    '1e+21',
    '0.0001',
    '1e-05',
  ]);
});
