import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatPlain, formatShort, formatTimestamp, formatValue } from './format.js';

test('values as the engine prints them', () => {
  const values = [0, -0, 1.5, 1e-6, 1e-7, -2.5e-10, 1e20, 1e21, 1.25e300, Number.NaN, 1 / 0, -1 / 0];
  assert.deepEqual(values.map(formatValue), [
    '0',
    '-0',
    '1.5',
    '0.000001',
    '1e-07',
    '-2.5e-10',
    '100000000000000000000',
    '1e+21',
    '1.25e+300',
    'NaN',
    '+Inf',
    '-Inf',
  ]);
});

test('plain numbers have no exponent', () => {
  assert.equal(formatPlain(1.5e-7), '0.00000015');
  assert.equal(formatPlain(-1.25e21), '-1250000000000000000000');
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const text = formatPlain(value);
      assert.match(text, /^-?\d+(\.\d+)?$/);
      assert.ok(Object.is(Number(text), value));
    }),
  );
});

test('short numbers have an exponent below 1e-4', () => {
  assert.deepEqual([0.0001, 0.00005, -0.5, 1e21].map(formatShort), ['0.0001', '5e-05', '-0.5', '1e+21']);
});

test('timestamps in seconds', () => {
  assert.deepEqual([0, 1500, 1772445600001, -1, -1500].map(formatTimestamp), [
    '0',
    '1.500',
    '1772445600.001',
    '-0.001',
    '-1.500',
  ]);
});
