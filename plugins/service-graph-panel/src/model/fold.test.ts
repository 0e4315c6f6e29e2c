import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graphWith } from '../test-support/many';
import { foldLeaves, keepApart, overThreshold } from './fold';

const WHOLE = graphWith({ runners: 9, over: ['runner-4'] });
const fold = (graph = WHOLE, unfolded: readonly string[] = []) =>
  foldLeaves(graph, { from: 4, unfolded: new Set(unfolded), apart: overThreshold(graph) });

test('leaves that are alike become one node; one over a threshold stays outside', () => {
  const { nodes, edges } = fold();
  assert.deepEqual(nodes.map(({ name }) => name).sort(), ['8 × runner', 'api', 'db', 'runner-4']);
  const group = nodes.find(({ members }) => members.length > 0);
  assert.equal(group?.members.length, 8);
  const edge = edges.find(({ target }) => target === group?.id);
  assert.equal(edge?.now.rate, 8 * 2, 'rates add up');
  assert.equal(edge?.now.p95?.value_s, 0.9, 'of quantiles the worst stands');
});

test('few leaves are not folded, nor what was unfolded by hand, nor anything when folding is off', () => {
  const few = graphWith({ runners: 3, over: [] });
  assert.equal(fold(few), few);
  const key = fold().nodes.find(({ members }) => members.length > 0)?.id ?? assert.fail();
  assert.equal(fold(WHOLE, [key]).nodes.length, WHOLE.nodes.length);
  assert.equal(foldLeaves(WHOLE, { from: 0, unfolded: new Set(), apart: new Set() }), WHOLE);
});

test('a leaf that flaps stays outside for two evaluations more', () => {
  let memory = keepApart(new Map(), new Set(['a']));
  const seen = [memory.has('a')];
  for (let i = 0; i < 3; i++) {
    memory = keepApart(memory, new Set());
    seen.push(memory.has('a'));
  }
  assert.deepEqual(seen, [true, true, true, false]);
});
