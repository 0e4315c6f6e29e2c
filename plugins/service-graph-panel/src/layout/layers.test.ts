import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinRanks, ranksOf } from './layers';
import type { LayoutEdge, LayoutNode } from './layout';

const edges = (...ids: string[]): LayoutEdge[] =>
  ids.map((id) => {
    const [source = '', target = ''] = id.split('>');
    return { id, source, target };
  });
const services = (...ids: string[]): LayoutNode[] =>
  ids.map((id) => ({ id, kind: 'service', hasPool: false, folded: false }));

test('a service stands right of its last caller', () => {
  const ranks = ranksOf(services('a', 'b', 'c'), edges('a>b', 'a>c', 'b>c'));
  assert.deepEqual(Object.fromEntries(ranks), { a: 0, b: 1, c: 2 });
});

test('a cycle is broken in the order of names', () => {
  const ranks = ranksOf(services('b', 'a'), edges('b>a', 'a>b'));
  assert.deepEqual(Object.fromEntries(ranks), { a: 1, b: 0 });
});

test('what nobody calls stands next to what it calls', () => {
  const ranks = ranksOf(services('a', 'b', 'c', 'cron'), edges('a>b', 'b>c', 'cron>c'));
  assert.equal(ranks.get('cron'), 1);
});

test('columns are joined where the fewest calls stay within one', () => {
  const ranks = new Map([
    ['a', 0],
    ['b', 1],
    ['c', 2],
    ['d', 3],
  ]);
  assert.deepEqual(joinRanks(ranks, edges('b>c', 'b>d', 'c>d', 'a>d'), 2), [0, 0, 1, 1]);
  assert.deepEqual(joinRanks(ranks, [], 4), [0, 1, 2, 3]);
  assert.deepEqual(joinRanks(ranks, [], 1), [0, 0, 0, 0]);
});
