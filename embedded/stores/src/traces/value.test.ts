import assert from 'node:assert/strict';
import { test } from 'node:test';
import { identity, toAnyValue, toText, type Value } from './value.js';

test('floats look as in Go, and never like whole numbers', () => {
  const text = (value: number) => toText({ kind: 'float', value });
  assert.deepEqual([1, 1.5, -0.25, 100000, 1e6, 1234567.5, 0.0001, 0.00001, Number.NaN, -1 / 0].map(text), [
    '1.0',
    '1.5',
    '-0.25',
    '100000.0',
    '1e+06',
    '1.2345675e+06',
    '0.0001',
    '1e-05',
    'NaN',
    '-Inf',
  ]);
});

test('numbers that a double does not hold keep their digits', () => {
  const value: Value = { kind: 'int', value: 2 ** 53, text: '9007199254740993' };
  assert.deepEqual(toAnyValue(value), { intValue: '9007199254740993' });
  assert.notEqual(identity(value), identity({ kind: 'int', value: 2 ** 53 }));
});

test('values of different types are different though they look alike', () => {
  const values: readonly Value[] = [
    { kind: 'string', value: '1' },
    { kind: 'int', value: 1 },
    { kind: 'float', value: 1 },
    { kind: 'bool', value: true },
    { kind: 'duration', value: 1 },
    { kind: 'status', value: 1 },
    { kind: 'spanKind', value: 1 },
    { kind: 'list', of: 'int', values: [{ kind: 'int', value: 1 }] },
    { kind: 'nil' },
  ];
  assert.equal(new Set(values.map(identity)).size, values.length);
});

test('durations, statuses and kinds are texts in answers, lists are lists', () => {
  assert.deepEqual(toAnyValue({ kind: 'duration', value: 1.5e9 }), { stringValue: '1.5s' });
  assert.deepEqual(toAnyValue({ kind: 'status', value: 2 }), { stringValue: 'error' });
  assert.deepEqual(toAnyValue({ kind: 'spanKind', value: 5 }), { stringValue: 'consumer' });
  assert.deepEqual(toAnyValue({ kind: 'list', of: 'bool', values: [{ kind: 'bool', value: false }] }), {
    arrayValue: { values: [{ boolValue: false }] },
  });
  assert.deepEqual(toAnyValue({ kind: 'float', value: Number.NaN }), { doubleValue: 'NaN' });
});
