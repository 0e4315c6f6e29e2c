import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unquote } from './unquote.js';

function value(literal: string): string {
  const result = unquote(literal);
  return result.kind === 'ok' ? result.value : `! ${result.message}`;
}

test('strings of each kind of quote', () => {
  assert.equal(value('"a\'b"'), "a'b");
  assert.equal(value("'a\"b'"), 'a"b');
  assert.equal(value('`a\\n"b`'), 'a\\n"b');
});

test('escapes', () => {
  assert.equal(value('"\\a\\b\\f\\n\\r\\t\\v\\\\\\""'), '\x07\b\f\n\r\t\v\\"');
  assert.equal(value('"\\x41\\101\\u00fc\\U0001F680"'), 'AAü🚀');
  assert.equal(value('"\\xc3\\xbc"'), 'ü');
  assert.equal(value("'\\''"), "'");
});

test('what is no escape', () => {
  assert.equal(value('"\\q"'), "! unknown escape sequence U+0071 'q'");
  assert.equal(value('"\\\'"'), "! unknown escape sequence U+0027 '''");
  assert.equal(value('"\\xg1"'), '! illegal character in escape sequence');
  assert.equal(value('"\\u12"'), '! illegal character in escape sequence');
  assert.equal(value('"\\400"'), '! escape sequence is an invalid Unicode code point');
  assert.equal(value('"\\ud800"'), '! escape sequence is an invalid Unicode code point');
});
