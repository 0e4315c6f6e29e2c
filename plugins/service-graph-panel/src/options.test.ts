import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modelOptionsOf } from './options';

test('an empty dashboard gives the defaults', () => {
  const options = modelOptionsOf({});
  assert.equal(options.errorShare, 0.05);
  assert.equal(options.poolShare, 0.8);
  assert.ok(options.clients.test('clients') && options.clients.test('user'));
  assert.equal(options.clients.test('user-service'), false, 'a pattern is for whole names');
  assert.equal(options.databases.test(''), false, 'no pattern matches nothing');
});

test('texts are read line by line, and what cannot be read is left out', () => {
  const options = modelOptionsOf({
    latencyBudgets: 'mail = 1.5\nbroken\npay=0\n = 3',
    displayNames: 'api = Our API\n',
    hiddenNodes: ' a \n\n b',
    externals: '(',
  });
  assert.deepEqual([...options.budgets_s], [['mail', 1.5]]);
  assert.deepEqual([...options.displayNames], [['api', 'Our API']]);
  assert.deepEqual([...options.hidden], ['a', 'b']);
  assert.equal(options.externals.test('('), false);
});
