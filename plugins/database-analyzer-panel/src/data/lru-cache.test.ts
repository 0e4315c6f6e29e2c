import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LruCache } from './lru-cache';

test('what was used longest ago goes first', () => {
  const cache = new LruCache<number>(2);
  cache.set('a', 1);
  cache.set('b', 2);
  assert.equal(cache.get('a'), 1);
  cache.set('c', 3);
  assert.equal(cache.has('b'), false);
  assert.deepEqual([cache.get('a'), cache.get('c')], [1, 3]);
});

test('setting again neither grows it nor loses others', () => {
  const cache = new LruCache<number>(2);
  cache.set('a', 1);
  cache.set('b', 2);
  cache.set('a', 9);
  assert.deepEqual([cache.get('a'), cache.get('b')], [9, 2]);
});
