import assert from 'node:assert/strict';
import { test } from 'node:test';
import { legendOf } from './legend';

const labels = { __name__: 'up', job: 'api', instance: 'a:1' };

test('a series is called by its format, by its labels or by its query', () => {
  const of = (format: string | undefined, own = {}) => legendOf(own, { format, expr: 'sum(up)' });
  assert.equal(of('{{job}} of {{ instance }}{{none}}', labels), 'api of a:1');
  assert.equal(of('', labels), 'up{instance="a:1", job="api"}');
  assert.equal(of(undefined, { __name__: 'up' }), 'up');
  assert.equal(of(undefined), 'sum(up)');
});

test('by __auto a series with labels is named where it is shown', () => {
  assert.equal(legendOf(labels, { format: '__auto', expr: 'up' }), undefined);
  assert.equal(legendOf({}, { format: '__auto', expr: 'sum(up)' }), 'sum(up)');
});
