import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type MatchOperator, matcher } from './matcher.js';

function matching(operator: MatchOperator, value: string, texts: readonly string[]): readonly string[] {
  const { matches } = matcher('a', operator, value);
  return texts.filter(matches);
}

test('matchers', () => {
  const texts = ['', 'b', 'bc', 'b\nc'];
  assert.deepEqual(matching('=', 'b', texts), ['b']);
  assert.deepEqual(matching('!=', 'b', texts), ['', 'bc', 'b\nc']);
  assert.deepEqual(matching('=~', 'b|c', texts), ['b']);
  assert.deepEqual(matching('=~', 'b.c', texts), ['b\nc']);
  assert.deepEqual(matching('!~', 'b.*', texts), ['']);
  assert.deepEqual(matching('=~', '.*', texts), texts);
  assert.deepEqual(matching('=~', '.+', texts), ['b', 'bc', 'b\nc']);
  assert.deepEqual(matching('=~', '(?i)B', texts), ['b']);
});

test('a regular expression that is none is refused in the words of Go', () => {
  assert.throws(() => matcher('a', '=~', '('), {
    kind: 'bad_data',
    message: 'error parsing regexp: missing closing ): `^(?s:()$`',
  });
});

test('an expression that takes backtracking engines forever is matched at once', () => {
  const { matches } = matcher('a', '=~', '(a+)+b');
  assert.equal(matches('a'.repeat(20_000)), false);
});
