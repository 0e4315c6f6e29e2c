import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatBytes, parseBytes } from './bytes.js';

test('sizes in decimal and binary units', () => {
  const read = ['1kB', '1KiB', '1.5MB', '42', '1,000 b', '2g'].map((text) => {
    const parsed = parseBytes(text);
    return parsed.kind === 'bytes' ? parsed.bytes : parsed.message;
  });
  assert.deepEqual(read, [1000, 1024, 1_500_000, 42, 1000, 2e9]);
});

test('what is no size', () => {
  assert.deepEqual(parseBytes('5x'), { kind: 'error', message: 'unhandled size name: x' });
  assert.equal(parseBytes('').kind, 'error');
  assert.equal(parseBytes('99999eb').kind, 'error');
});

test('sizes are written with one digit behind the point while they are small', () => {
  assert.deepEqual([5, 1000, 1500, 82_854, 1e9].map(formatBytes), ['5B', '1.0kB', '1.5kB', '83kB', '1.0GB']);
});
