import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commentStart, readComment } from './comment.js';

test('route and trace are read from the comment at the end', () => {
  const text = "SELECT 1 /*route='%2Fapi%2Fworkflows%2F%3Aid',traceparent='00-0af7-b7ad-01'*/";
  assert.deepEqual(readComment(text), { route: '/api/workflows/:id', traceparent: '00-0af7-b7ad-01' });
  assert.equal(text.slice(0, commentStart(text)), 'SELECT 1 ');
});

test('either may be missing, and so may the comment', () => {
  const trace = "BEGIN /*traceparent='00-a-b-01'*/";
  assert.deepEqual(readComment(trace), { route: undefined, traceparent: '00-a-b-01' });
  for (const text of ['SELECT 1', "SELECT '/* no comment */ x'", "SELECT 1 /*route='x", '*/']) {
    assert.deepEqual(readComment(text), { route: undefined, traceparent: undefined }, text);
    assert.equal(commentStart(text), text.length);
  }
});

test('a value that is wrongly encoded is shown as it is', () => {
  assert.equal(readComment("SELECT 1 /*route='%zz'*/").route, '%zz');
});
