import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createMatcher } from './matcher.js';
import { compileRegex, containsRegex } from './regex.js';

test('searches for words find what the machine finds', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'ä', '-', ' '), maxLength: 3 });
  const pattern = fc.tuple(fc.boolean(), fc.array(word, { minLength: 1, maxLength: 3 }));
  fc.assert(
    fc.property(
      pattern,
      fc.string({ unit: fc.constantFrom('a', 'b', 'B', 'Ä', '-', ' '), maxLength: 8 }),
      ([i, words], text) => {
        const source = (i ? '(?i)' : '') + words.join('|');
        assert.equal(containsRegex(source)(text), compileRegex(source).test(text), source);
      },
    ),
  );
});

test('escaped characters are themselves', () => {
  assert.equal(containsRegex('a\\.b')('a.b'), true);
  assert.equal(containsRegex('a\\.b')('axb'), false);
  assert.equal(containsRegex('a.b')('axb'), true);
});

test('errors are in words of Go', () => {
  assert.throws(
    () => containsRegex('('),
    /^Error: error parsing regexp: missing closing \): `\(`|missing closing/,
  );
  assert.throws(() => createMatcher('a', '=~', '('), /error parsing regexp: missing closing \): `\(`$/);
});

test('matchers hold the whole value, newlines among it', () => {
  const holds = (operator: '=' | '!=' | '=~' | '!~', value: string, other: string) =>
    createMatcher('a', operator, value).matches(other);
  assert.equal(holds('=', 'x', 'x'), true);
  assert.equal(holds('!=', 'x', ''), true);
  assert.equal(holds('=~', 'x', 'xy'), false);
  assert.equal(holds('=~', 'x.*', 'x\ny'), true);
  assert.equal(holds('!~', 'x|y', 'y'), false);
});
