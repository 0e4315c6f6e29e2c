import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graphWith } from '../test-support/many';
import { changeOf, describeEdge, describeNode, formatQuantile } from './describe';
import { NBSP } from './format';
import type { GraphEdge, Pool } from './types';

const [edge] = graphWith({ runners: 1, over: ['runner-1'] }).edges.slice(-1) as [GraphEdge];
const plain = (text: string) => text.replaceAll(NBSP, ' ');

test('an edge is a whole sentence that names what is over its threshold', () => {
  assert.equal(
    plain(describeEdge(edge, (id) => id)),
    'api to runner-1: 2.0/s, 12 % errors (over its threshold), mean 400 ms, P95 900 ms, 0.8 calls in flight',
  );
});

test('a database says how full its pool is', () => {
  const gauge = (now: number) => ({ now, before: null, times: [], values: [] });
  const pool: Pool = {
    ...{ name: 'api', used: gauge(200), max: 200, utilization: 1, waiting: gauge(91) },
    ...{ timeouts: null, waitP95_s: null, over: { utilization: true, waiting: true } },
  };
  const [, node] = graphWith({ runners: 0, over: [] }).nodes;
  assert.match(
    plain(describeNode({ ...(node ?? assert.fail()), pools: [pool] })),
    /Connection pool of api: 200 of 200 connections, 100 % in use, over its threshold, 91 waiting$/,
  );
});

test('a quantile beyond the last bucket is not made up', () => {
  assert.equal(plain(formatQuantile({ value_s: 60, above: true })), '> 60.0 s');
  assert.equal(formatQuantile(null), '–');
});

test('a rate that doubled or halved says what it was', () => {
  const change = (now: number, before: number) =>
    changeOf({ ...edge, now: { ...edge.now, rate: now }, before: { ...edge.now, rate: before } });
  assert.equal(change(87, 208), 'was 208/s');
  assert.equal(change(0.74, 0.01), 'was 0.01/s');
  assert.equal(change(1.2, 1), '');
  assert.equal(change(3, 0), 'was 0/s');
  assert.equal(change(0, 0), '');
});
