import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markedParts } from './marks';

const shown = (text: string, ...words: readonly string[]) =>
  markedParts(text, words)
    .map((part) => (part.isMarked ? `[${part.text}]` : part.text))
    .join('');

test('words are marked wherever they stand, whatever their case, and taken as they are', () => {
  assert.equal(shown('a timeout, a Timeout', 'timeout'), 'a [timeout], a [Timeout]');
  assert.equal(shown('a.b axb', 'a.b'), '[a.b] axb');
  assert.equal(shown('xx', 'x'), '[x][x]');
  assert.equal(shown('one two', 'two', 'one'), '[one] [two]');
});

test('without words nothing is marked', () => {
  assert.equal(shown('text'), 'text');
  assert.equal(shown('text', ''), 'text');
  assert.deepEqual(markedParts('', ['a']), []);
});
