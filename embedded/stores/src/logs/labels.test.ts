import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Labels } from './labels.js';

const labels = Labels.from({ b: '2', a: '1' });

test('sets are the same in any order', () => {
  assert.equal(labels.key, Labels.from({ a: '1', b: '2' }).key);
  assert.notEqual(labels.key, Labels.from({ a: '12', b: '' }).key);
  assert.equal(String(labels), '{a="1", b="2"}');
});

test('labels are kept, dropped and replaced', () => {
  assert.deepEqual(labels.keep(['a', 'x']).record(), { a: '1' });
  assert.deepEqual(labels.drop(['a']).record(), { b: '2' });
  assert.deepEqual(labels.with('a', '').record(), { b: '2' });
  assert.deepEqual(labels.with('0', 'z').pairs[0], ['0', 'z']);
  assert.equal(labels.get('x'), '');
});

test('the order is by names and values, the shorter first', () => {
  const sets = [
    Labels.from({ b: '1' }),
    Labels.from({ a: '2' }),
    Labels.from({ a: '1', c: '1' }),
    Labels.from({ a: '1' }),
  ];
  assert.deepEqual(sets.sort(Labels.compare).map(String), [
    '{a="1"}',
    '{a="1", c="1"}',
    '{a="2"}',
    '{b="1"}',
  ]);
});
