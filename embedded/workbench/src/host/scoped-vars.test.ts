import assert from 'node:assert/strict';
import { test } from 'node:test';
import { replaceScoped } from './scoped-vars';

test('without a dashboard only what the request carries is filled in', () => {
  const scopedVars = { __interval: { text: '15s', value: '15s' }, route: { text: '/a', value: '/a' } };
  assert.equal(
    replaceScoped('x[$__interval] $route ${route:regex} [[route]]', scopedVars),
    'x[15s] /a /a /a',
  );
  assert.equal(replaceScoped('$other ${other}', scopedVars), '$other ${other}');
});
