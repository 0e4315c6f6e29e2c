import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Figures, GraphNode } from '../model/types';
import { graphWith } from '../test-support/many';
import { nodeRow } from './node-label';

const FIGURES: Figures = {
  ...{ rate: 4, errors: 0.12, mean_s: 5.2, inFlight: 20, p50: null, p99: null },
  p95: { value_s: 12.34, above: false },
};
const QUIET = { errors: false, latency: false };

function row(
  room: number,
  over: GraphNode['over'] = QUIET,
  given: Partial<GraphNode> = { now: FIGURES },
): string {
  const [node] = graphWith({ runners: 0, over: [] }).nodes;
  assert.ok(node);
  const parts = nodeRow({ ...node, ...given, over }, room, 11);
  return parts.map(({ text }) => text.replaceAll('\u00a0', ' ')).join('');
}

test('a row says as much as there is room for, the rate to the last', () => {
  assert.equal(row(200), '4.0/s  P95 12.3 s');
  assert.equal(row(85), '4.0/s  P95 12 s');
  assert.equal(row(40), '4.0/s');
});

test('what is over its threshold outlasts the rate', () => {
  const over = { errors: true, latency: true };
  assert.equal(row(200, over), '4.0/s  ▲ 12 %  ▲ P95 12.3 s');
  assert.equal(row(115, over), '▲ 12 %  ▲ P95 12 s');
  assert.equal(row(75, over), '▲ P95 12 s');
});

test('without quantiles the mean stands, and a node without callers shows what it makes', () => {
  assert.equal(row(200, QUIET, { now: { ...FIGURES, p95: null } }), '4.0/s  mean 5.20 s');
  assert.equal(row(200, QUIET, { now: null, makes: 110 }), 'makes 110/s');
  assert.equal(row(50, QUIET, { now: null, makes: 110 }), '110/s');
  assert.equal(row(200, QUIET, { now: null, makes: null }), 'no calls seen');
});
