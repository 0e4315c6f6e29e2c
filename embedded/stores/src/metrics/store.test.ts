import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Labels } from './labels.js';
import { matcher } from './matcher.js';
import { type IncomingSeries, MetricsStore, OUT_OF_ORDER_WINDOW_MS } from './store.js';

function incoming(
  labels: Readonly<Record<string, string>>,
  times: readonly number[],
  value = 1,
): IncomingSeries {
  return {
    labels: Labels.of(Object.entries(labels)),
    times: Float64Array.from(times),
    values: Float64Array.from(times, () => value),
    staleTimes: [],
    exemplars: [],
  };
}

function filled(): MetricsStore {
  const store = new MetricsStore();
  store.append([
    incoming({ __name__: 'up', job: 'web' }, [10]),
    incoming({ __name__: 'up', job: 'api', zone: 'a' }, [20]),
    incoming({ __name__: 'load' }, [30]),
  ]);
  return store;
}

function selected(store: MetricsStore, ...matchers: Parameters<typeof matcher>[]): readonly string[] {
  return store.select(matchers.map((args) => matcher(...args))).map(({ labels }) => `${labels}`);
}

test('series are selected by all matchers, in the order of their labels', () => {
  const store = filled();
  const api = '{__name__="up", job="api", zone="a"}';
  const web = '{__name__="up", job="web"}';
  const load = '{__name__="load"}';
  assert.deepEqual(selected(store, ['__name__', '=', 'up']), [api, web]);
  assert.deepEqual(selected(store, ['__name__', '=', 'up'], ['job', '!=', 'web']), [api]);
  assert.deepEqual(selected(store, ['zone', '=', '']), [load, web]);
  assert.deepEqual(selected(store, ['job', '=~', 'a.*|w.*'], ['zone', '!~', '.+']), [web]);
  assert.deepEqual(selected(store, ['__name__', '=', 'nope']), []);
  assert.deepEqual(selected(store, ['nope', '=', 'x']), []);
});

test('names and values of labels, sorted', () => {
  const store = filled();
  assert.deepEqual(store.labelNames(), ['__name__', 'job', 'zone']);
  assert.deepEqual(store.labelValues('job'), ['api', 'web']);
  assert.deepEqual(store.labelValues('nope'), []);
  assert.deepEqual(store.bounds, { first_ms: 10, last_ms: 30 });
  assert.equal(new MetricsStore().bounds, undefined);
});

test('samples of a series may come in several requests', () => {
  const store = filled();
  store.append([incoming({ __name__: 'load' }, [40, 50])]);
  const [series] = store.select([matcher('__name__', '=', 'load')]);
  assert.deepEqual([...(series?.samples.times ?? [])], [30, 40, 50]);
});

test('a sample that contradicts another one, or is too old, is refused', () => {
  const store = filled();
  assert.throws(() => store.append([incoming({ __name__: 'load' }, [30], 2)]), { kind: 'bad_data' });
  store.append([incoming({ __name__: 'late' }, [OUT_OF_ORDER_WINDOW_MS + 20])]);
  assert.throws(
    () => store.append([incoming({ __name__: 'new' }, [19])]),
    /out of bounds: .*new.* timestamp=19/,
  );
  assert.deepEqual(selected(store, ['__name__', '=', 'new']), []);
});

test('an exemplar that is not newer than the last is dropped', () => {
  const store = new MetricsStore();
  const exemplars = [5, 3, 5, 7].map((timestamp_ms) => ({ labels: Labels.EMPTY, value: 1, timestamp_ms }));
  store.append([{ ...incoming({ __name__: 'up' }, [1]), exemplars }]);
  assert.deepEqual(
    store.series[0]?.exemplars.map(({ timestamp_ms }) => timestamp_ms),
    [5, 7],
  );
});
