import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Series } from '../../telemetry/openmetrics-reader.js';
import { increase, MetricStore, valueAt } from './metric-store.js';

function series(labels: Record<string, string>, samples: readonly (readonly [number, number])[]): Series {
  return {
    family: { name: 'jobs', type: 'counter', help: '', unit: '' },
    name: 'jobs_total',
    labels,
    timestamps_ms: samples.map(([time]) => time),
    values: samples.map(([, value]) => value),
    exemplars: [],
  };
}

const old = series({ kind: 'old' }, [
  [1000, 5],
  [2000, 7],
  [3000, 7],
]);
const young = series({ kind: 'young' }, [[3000, 4]]);

test('a value is that of exactly this instant', () => {
  assert.deepEqual(
    [999, 1000, 1500, 3000, 4000].map((time) => valueAt(old, time)),
    [undefined, 5, undefined, 7, undefined],
  );
});

test('a counter that was not there yet grew from 0', () => {
  assert.equal(increase(old, 1000, 3000), 2);
  assert.equal(increase(young, 1000, 2000), 0);
  assert.equal(increase(young, 1000, 3000), 4);
});

test('series are chosen by labels, by value or by rule, and added up', () => {
  const store = new MetricStore(['jobs_total']);
  store.add(old);
  store.add(young);
  store.add({ ...old, name: 'other_total' });
  assert.deepEqual(store.select('jobs_total', { kind: 'young' }), [young]);
  assert.deepEqual(store.select('jobs_total', { kind: (kind) => kind.length === 3 }), [old]);
  assert.equal(store.sumAt('jobs_total', {}, 3000), 11);
  assert.equal(store.sumAt('jobs_total', {}, 500), undefined);
  assert.equal(store.increase('jobs_total', {}, 1000, 3000), 6);
  assert.throws(() => store.select('other_total'), /does not keep other_total/);
});
