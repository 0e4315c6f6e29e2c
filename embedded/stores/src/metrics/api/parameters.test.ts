import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTime } from './parameters.js';

test('times are seconds or RFC 3339', () => {
  assert.equal(parseTime('1435781451.7814'), 1435781451781);
  assert.equal(parseTime('-1e3'), -1_000_000);
  assert.equal(parseTime('2015-07-01T20:10:51.781Z'), 1435781451781);
  assert.equal(parseTime('2015-07-01T20:10:51+02:00'), 1435774251000);
  assert.equal(parseTime('2024-02-29T00:00:00Z'), Date.UTC(2024, 1, 29));
});

test('what is no time', () => {
  for (const text of [
    '',
    'now',
    'NaN',
    'Inf',
    '1e30',
    '2015-07-01',
    '2023-02-29T00:00:00Z',
    '2015-07-01T25:00:00Z',
  ]) {
    assert.equal(parseTime(text), undefined, text);
  }
});

test('the first and last time that Go knows are any time at all', () => {
  assert.ok((parseTime('-292273086-05-16T16:47:06Z') as number) < -8e15);
  assert.ok((parseTime('292277025-08-18T07:12:54.999999999Z') as number) > 8e15);
});
