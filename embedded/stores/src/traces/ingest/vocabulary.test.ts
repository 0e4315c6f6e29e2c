import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Vocabulary } from './vocabulary.js';

function hashOf(bytes: Uint8Array): number {
  let hash = 0;
  for (const byte of bytes) hash = (Math.imul(hash, 31) + byte) | 0;
  return hash;
}

test('every piece has the number that it was decoded to, and is decoded once', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1, maxLength: 4 }), { maxLength: 400 }), (words) => {
      const decoded: string[] = [];
      const vocabulary = new Vocabulary((bytes, from, to) => {
        decoded.push(Buffer.from(bytes.subarray(from, to)).toString());
        return decoded.length - 1;
      });
      for (const word of words) {
        const bytes = Buffer.from(word);
        assert.equal(decoded[vocabulary.read(bytes, 0, bytes.length, hashOf(bytes))], word);
      }
      assert.equal(new Set(decoded).size, decoded.length);
    }),
  );
});

test('what followed last time is told without an end to look for', () => {
  const vocabulary = new Vocabulary((bytes, from) => bytes[from] as number);
  const text = Buffer.from('aabbaabb');
  const read = (from: number) => vocabulary.read(text, from, from + 2, hashOf(text.subarray(from, from + 2)));
  read(0);
  read(2);
  vocabulary.restart();
  assert.equal(vocabulary.predict(text, 4), 2);
  assert.equal(vocabulary.value, 'a'.charCodeAt(0));
  assert.equal(vocabulary.predict(text, 6), 2);
  assert.equal(vocabulary.value, 'b'.charCodeAt(0));
  assert.equal(vocabulary.predict(text, 6), 0);
});

test('a text that is cut off where a piece would go on is not that piece', () => {
  const vocabulary = new Vocabulary(() => 0);
  const text = Buffer.from('abc');
  vocabulary.read(text, 0, 3, hashOf(text));
  vocabulary.restart();
  assert.equal(vocabulary.predict(text.subarray(0, 2), 0), 0);
});
