import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { quote, unquote } from './strings.js';

test('escapes are those of Go', () => {
  assert.equal(unquote('"a\\n\\t\\"\\\\\\u00e4\\x41\\101"'), 'a\n\t"\\äAA');
  assert.equal(unquote('"\\xc3\\xa4"'), 'ä', 'bytes of one character');
  assert.equal(unquote('`a\\n"`'), 'a\\n"');
  assert.equal(unquote('"\\q"'), undefined);
  assert.equal(unquote('"\\ud800"'), undefined);
});

test('what was quoted is unquoted as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      assert.equal(unquote(quote(text)), text);
    }),
  );
});
