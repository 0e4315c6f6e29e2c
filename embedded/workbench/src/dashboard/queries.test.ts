import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withRefIds } from './queries';

test('queries without a refId get the first letters that are free', () => {
  const given = [{ refId: '' }, { refId: 'A' }, { refId: '' }, { refId: 'rate' }];
  assert.deepEqual(
    withRefIds(given).map(({ refId }) => refId),
    ['B', 'A', 'C', 'rate'],
  );
});
