import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NBSP } from '../model/format';
import type { Figures, GraphEdge } from '../model/types';
import { graphWith } from '../test-support/many';
import { edgeLabel, type Row } from './edge-label';

const [plainEdge] = graphWith({ runners: 1, over: [] }).edges.slice(-1) as [GraphEdge];
const p95 = { value_s: 7.4, above: false };
const now: Figures = { rate: 87, errors: 0.08, mean_s: 1.1, p50: null, p95, p99: null, inFlight: 95 };
const EDGE: GraphEdge = {
  ...plainEdge,
  now,
  before: { ...now, rate: 208 },
  over: { errors: true, latency: true },
};

const text = ({ left, right }: Row) =>
  [left, right]
    .map((parts) =>
      parts
        .map((part) => part.text)
        .join('')
        .replaceAll(NBSP, ' '),
    )
    .join(' | ');

function written(room: number, rows: 1 | 2 = 2): string[] {
  const { top, bottom } = edgeLabel({ edge: EDGE, room, rows, isEntry: false });
  return [text(top), text(bottom)];
}

test('with room everything is said, what changed included', () => {
  assert.deepEqual(written(260), ['87/s  ▲ 8 % err | 95 in flight', 'mean 1.1 s · ▲ P95 7.4 s | was 208/s']);
});

test('with less room words go first, and an arrow stands for the change', () => {
  assert.deepEqual(written(152), ['87/s ↓  ▲ 8 % err | ● 95', 'mean 1.1 s · ▲ P95 7.4 s | ']);
  assert.deepEqual(written(106), ['87/s ↓  ▲ 8 % | ', '▲ 1.1 s · ● 95 | ']);
});

test('a dense graph has one row', () => {
  assert.deepEqual(written(280, 1), ['87/s ↓  ▲ 8 %  1.1 s · ▲ P95 7.4 s | ● 95', ' | ']);
});

test('the mark is at the figure that is over its threshold', () => {
  const { top, bottom } = edgeLabel({ edge: EDGE, room: 260, rows: 2, isEntry: false });
  const over = [...top.left, ...bottom.left].filter(({ tone }) => tone === 'over').map((part) => part.text);
  assert.equal(over.length, 2);
  assert.ok(
    over.every((part) => part.includes('▲')),
    'never by colour alone',
  );
});
