import assert from 'node:assert/strict';
import { test } from 'node:test';
import { searchFiles } from './search';

const texts = new Map([
  ['src/a.ts', 'const pool = 1;\nreturn Pool;\n'],
  ['src/b.ts', '// the POOL\n'],
]);

test('words are found in all files, whatever their case, with file, line and column', () => {
  const { hits, more } = searchFiles(texts, ' pool ');
  assert.deepEqual(
    hits.map(({ file, line, from }) => [file, line, from]),
    [
      ['src/a.ts', 1, 6],
      ['src/a.ts', 2, 7],
      ['src/b.ts', 1, 7],
    ],
  );
  assert.equal(more, false);
});

test('too many lines are cut off, and said to be', () => {
  const { hits, more } = searchFiles(texts, 'pool', 2);
  assert.equal(hits.length, 2);
  assert.equal(more, true);
});

test('nothing is found for no words, and for words that are not there', () => {
  assert.deepEqual(searchFiles(texts, '  '), { hits: [], more: false });
  assert.deepEqual(searchFiles(texts, '.*'), { hits: [], more: false });
});
