import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compareLabels, Labels } from './labels.js';

const UP = Labels.of([
  ['job', 'api'],
  ['__name__', 'up'],
  ['empty', ''],
]);

test('names are sorted, and what is empty is absent', () => {
  assert.deepEqual(UP.names, ['__name__', 'job']);
  assert.equal(UP.get('job'), 'api');
  assert.equal(UP.get('empty'), '');
  assert.equal(UP.metricName, 'up');
  assert.equal(`${UP}`, '{__name__="up", job="api"}');
});

test('labels are set, taken away, and kept', () => {
  assert.deepEqual(UP.with('a', 'b').toObject(), { __name__: 'up', a: 'b', job: 'api' });
  assert.deepEqual(UP.with('job', '').toObject(), { __name__: 'up' });
  assert.equal(UP.with('job', 'api'), UP);
  assert.deepEqual(UP.without('job', 'other').toObject(), { __name__: 'up' });
  assert.deepEqual(UP.only(['job', 'other']).toObject(), { job: 'api' });
  assert.deepEqual(UP.with('__unit__', 's').withoutMetadata().toObject(), { job: 'api' });
});

const entries = fc.dictionary(
  fc.string({ minLength: 1, maxLength: 2 }),
  fc.string({ minLength: 1, maxLength: 2 }),
);

test('keys are equal for equal sets and for no others; so is order', () => {
  fc.assert(
    fc.property(entries, entries, (a, b) => {
      const [left, right] = [Labels.of(Object.entries(a)), Labels.of(Object.entries(b))];
      const same = JSON.stringify(left.entries()) === JSON.stringify(right.entries());
      assert.equal(left.key === right.key, same);
      assert.equal(compareLabels(left, right) === 0, same);
      assert.equal(Math.sign(compareLabels(left, right)), -Math.sign(compareLabels(right, left)) || 0);
    }),
  );
});
