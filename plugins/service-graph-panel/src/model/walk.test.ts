import assert from 'node:assert/strict';
import { test } from 'node:test';
import { walk } from './walk';

const GRAPH = {
  nodes: [
    { id: 'api', column: 0, y: 50 },
    { id: 'jobs', column: 1, y: 20 },
    { id: 'mail', column: 1, y: 80 },
  ],
  edges: [
    { id: 'api>mail', source: 'api', target: 'mail', fromY: 55, toY: 80 },
    { id: 'api>jobs', source: 'api', target: 'jobs', fromY: 45, toY: 20 },
  ],
};

test('right and left lead along edges', () => {
  assert.equal(walk(GRAPH, 'api', 'right'), 'api>jobs', 'the highest edge first');
  assert.equal(walk(GRAPH, 'api>jobs', 'right'), 'jobs');
  assert.equal(walk(GRAPH, 'jobs', 'left'), 'api>jobs');
  assert.equal(walk(GRAPH, 'api>jobs', 'left'), 'api');
});

test('up and down lead through a column, or through the edges of one caller', () => {
  assert.equal(walk(GRAPH, 'jobs', 'down'), 'mail');
  assert.equal(walk(GRAPH, 'mail', 'up'), 'jobs');
  assert.equal(walk(GRAPH, 'api>jobs', 'down'), 'api>mail');
});

test('at an end there is nowhere to go, and from nowhere one starts at the first node', () => {
  assert.equal(walk(GRAPH, 'mail', 'down'), undefined);
  assert.equal(walk(GRAPH, 'mail', 'right'), undefined);
  assert.equal(walk(GRAPH, undefined, 'down'), 'api');
});
