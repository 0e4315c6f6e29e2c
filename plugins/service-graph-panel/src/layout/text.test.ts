import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textWidth, wrapText } from './text';

test('names break after their separators', () => {
  assert.deepEqual(wrapText('notification-service', 90, 13), ['notification-', 'service']);
  assert.deepEqual(wrapText('External Validation Service', 130, 13), ['External Validation', 'Service']);
  assert.deepEqual(wrapText('api', 90, 13), ['api']);
});

test('what does not fit is cut, and says so', () => {
  const [line = ''] = wrapText('averyveryverylongname', 60, 13, 1);
  assert.match(line, /…$/);
  assert.ok(textWidth(line, 13) <= 60);
});
