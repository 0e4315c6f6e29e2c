import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Frame } from './frames';
import { quantile } from './histogram';
import { poolArithmetic, readQueue } from './pool-arithmetic';
import { lastOpenBefore, readPoolMetrics } from './pool-metrics';
import { increase, type Series, sampleAt } from './series';
import recorded from './testdata/prometheus-pool.json';
import { verdict } from './verdict';

const END = Date.parse('2026-03-02T09:55:00Z');
const FRAMES = Object.values(recorded).flat() as readonly Frame[];

function series(values: readonly (number | undefined)[], labels = {}): Series {
  return { name: 'x', labels, times: values.map((_, index) => index * 15_000), values };
}

test('recorded by Grafana 10.4 from Prometheus: all parts are found by name or by refId', () => {
  const metrics = readPoolMetrics(FRAMES);
  assert.equal(sampleAt(metrics.max, END)?.value, 200);
  assert.equal(sampleAt(metrics.used, END)?.value, 200);
  assert.equal(sampleAt(metrics.queue, END)?.value, 101);
  assert.equal(metrics.intervalMs, 15_000);
  assert.equal(metrics.waitBuckets.length, 16);
  assert.deepEqual(metrics.unknown, []);
  const last = metrics.states?.times.length ?? 0;
  assert.equal(metrics.states?.counts.idleInTransaction[last - 1], 200);
});

test('recorded: the arithmetic holds together', () => {
  const pool = poolArithmetic(readPoolMetrics(FRAMES), END - 60_000, END);
  assert.equal(pool?.connections, 200);
  assert.equal(pool?.holdsEnded, 655);
  assert.ok(pool?.meanHoldS && pool.meanHoldS > 15 && pool.meanHoldS < 25);
  assert.equal(pool?.sustainable, 200 / pool.meanHoldS);
  assert.equal(pool?.asked?.toFixed(1), '16.5');
  assert.equal(pool?.waitP95?.beyondLastBound, false);
});

test('without pool metrics nothing is computed, and what was given instead is named', () => {
  const up: Frame = {
    refId: 'A',
    length: 1,
    fields: [
      { name: 'Time', type: 'time', values: [0] },
      { name: 'Value', type: 'number', labels: { __name__: 'up' }, values: [1] },
    ],
  };
  const metrics = readPoolMetrics([
    up,
    { length: 1, fields: [{ name: 'a', type: 'string', values: ['b'] }] },
  ]);
  assert.equal(poolArithmetic(metrics, 0, 1), undefined);
  assert.equal(readQueue(metrics, 0), undefined);
  assert.equal(metrics.states, undefined);
  assert.deepEqual(metrics.unknown, ['up']);
});

test('a counter that was reset goes on from zero', () => {
  assert.equal(increase(series([10, 14, 3, 5]), 0, 45_000)?.value, 4 + 3 + 2);
});

test('an increase is taken between samples, and says between which', () => {
  assert.deepEqual(increase(series([0, 10, 20, 30]), 20_000, 50_000), {
    value: 20,
    fromMs: 15_000,
    toMs: 45_000,
  });
  assert.equal(increase(series([7]), 0, 60_000), undefined);
});

test('a sample that is too old is none', () => {
  assert.equal(sampleAt(series([1]), 100_000, 60_000), undefined);
  assert.deepEqual(sampleAt(series([1, undefined]), 16_000), { timeMs: 0, value: 1 });
});

test('between two reads of the queue at most those waiting and all waits begun can have waited', () => {
  const queue = { ...series([5, 7]), name: 'queue' };
  const waits = { ...series([100, 130]), name: 'waits' };
  const metrics = { queue, waits, waitBuckets: [], unknown: [] };
  assert.deepEqual(readQueue(metrics, 4000), { gauge: { timeMs: 0, value: 5 }, bound: 37, nextMs: 15_000 });
  assert.equal(readQueue(metrics, 15_000)?.bound, undefined);
});

const BUCKETS = [
  series([0, 10], { le: '1' }),
  series([0, 60], { le: '5' }),
  series([0, 100], { le: '+Inf' }),
];

test('a quantile is interpolated within its bucket', () => {
  assert.deepEqual(quantile(BUCKETS, { q: 0.35, fromMs: 0, toMs: 15_000 }), {
    value: 3,
    beyondLastBound: false,
  });
});

test('a quantile beyond the last bound says so instead of a number', () => {
  assert.deepEqual(quantile(BUCKETS, { q: 0.95, fromMs: 0, toMs: 15_000 }), {
    value: 5,
    beyondLastBound: true,
  });
});

test('nothing counted, no quantile', () => {
  assert.equal(quantile(BUCKETS, { q: 0.5, fromMs: 15_000, toMs: 30_000 }), undefined);
});

test('the last long transaction before an instant is found', () => {
  const longest = series([0, 22, 0.5, 0]);
  const metrics = { longest, waitBuckets: [], unknown: [] };
  assert.deepEqual(lastOpenBefore(metrics, 45_000, 1), { timeMs: 15_000, value: 22 });
  assert.equal(lastOpenBefore(metrics, 15_000, 1), undefined);
});

test('the verdict needs checkouts that gave up and a server that is not busy', () => {
  const pool = poolArithmetic(readPoolMetrics(FRAMES), END - 60_000, END);
  const counts = { idleInTransaction: 199, waiting: 0, active: 1, idle: 0 };
  assert.equal(verdict(pool, counts)?.running, 1);
  assert.ok((verdict(pool, counts)?.gaveUp ?? 0) > 100);
  assert.equal(verdict(pool, { ...counts, active: 150 }), undefined);
  assert.equal(verdict(pool && { ...pool, timeouts: 0 }, counts), undefined);
});
