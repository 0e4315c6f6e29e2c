import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, BASE_MS, dataOf, loaded } from '../testing/loki.js';

test('lines by streams, the newest first, with what is beside and within them', async () => {
  const loki = await loaded();
  const { resultType, result, stats } = dataOf(
    await loki.ask('/loki/api/v1/query_range', { query: '{app="a"} | json k' }),
  );
  assert.equal(resultType, 'streams');
  assert.deepEqual(result, [
    {
      stream: { app: 'a', detected_level: 'info', id: 'x', k: 'one', level: 'info' },
      values: [[at(1000), '{"k":"one","n":1}']],
    },
    {
      stream: { app: 'a', detected_level: 'info', id: 'y', k: 'two', level: 'info' },
      values: [[at(2000), '{"k":"two","n":2.5}']],
    },
  ]);
  assert.equal(stats.summary.totalLinesProcessed, 2);
  assert.equal(stats.ingester.store.chunk.headChunkLines, 2);
});

test('labels by category, for who asks so', async () => {
  const loki = await loaded();
  const headers = { 'x-loki-response-encoding-flags': 'categorize-labels' };
  const query = { query: '{app="a"} | json k', limit: '1' };
  const { encodingFlags, result } = dataOf(await loki.ask('/loki/api/v1/query_range', query, headers));
  assert.deepEqual(encodingFlags, ['categorize-labels']);
  const categories = { structuredMetadata: { detected_level: 'info', id: 'y' }, parsed: { k: 'two' } };
  assert.deepEqual(result, [
    { stream: { app: 'a', level: 'info' }, values: [[at(2000), '{"k":"two","n":2.5}', categories]] },
  ]);
});

test('directions, limits and intervals', async () => {
  const loki = await loaded();
  const times = async (parameters: Record<string, string>) => {
    const query = { query: '{app=~".+"}', ...parameters };
    const { result } = dataOf(await loki.ask('/loki/api/v1/query_range', query));
    return (result as { values: [string][] }[]).flatMap(({ values }) => values.map(([time]) => time)).sort();
  };
  assert.deepEqual(await times({ limit: '2' }), [at(1500), at(2000)]);
  assert.deepEqual(await times({ limit: '2', direction: 'forward' }), [at(1000), at(1500)]);
  assert.deepEqual(await times({ interval: '1s', direction: 'FORWARD' }), [at(1000), at(2000)]);
  assert.deepEqual(await times({ start: at(1500), end: at(2000) }), [at(1500)], 'the end is not in it');
  assert.deepEqual(
    await times({ start: new Date(BASE_MS + 1500).toISOString(), end: String(BASE_MS / 1000 + 2) }),
    [at(1500)],
  );
});

test('numbers over time, and at one time', async () => {
  const loki = await loaded();
  const query = 'sum by (app) (count_over_time({app=~".+"}[2s]))';
  const range = { query, start: at(1000), end: at(3500), step: '1' };
  assert.deepEqual(dataOf(await loki.ask('/loki/api/v1/query_range', range)).result, [
    {
      metric: { app: 'a' },
      values: [
        [BASE_MS / 1000 + 1, '1'],
        [BASE_MS / 1000 + 2, '2'],
        [BASE_MS / 1000 + 3, '1'],
      ],
    },
    {
      metric: { app: 'b' },
      values: [
        [BASE_MS / 1000 + 2, '1'],
        [BASE_MS / 1000 + 3, '1'],
      ],
    },
  ]);
  const instant = dataOf(await loki.ask('/loki/api/v1/query', { query, time: at(2500) }));
  assert.equal(instant.resultType, 'vector');
  assert.deepEqual(instant.result[0], { metric: { app: 'a' }, value: [BASE_MS / 1000 + 2.5, '2'] });
  const scalar = dataOf(await loki.ask('/loki/api/v1/query', { query: '1 + 1', time: '1772445600' }));
  assert.deepEqual([scalar.resultType, scalar.result], ['scalar', [1558168923883, '2']]);
});

test('an order that the query asks for is kept', async () => {
  const loki = await loaded();
  const apps = async (query: string) => {
    const { result } = dataOf(await loki.ask('/loki/api/v1/query', { query, time: at(5000) }));
    return (result as { metric: { app: string } }[]).map(({ metric }) => metric.app);
  };
  const counted = 'sum by (app) (count_over_time({app=~".+"}[10s]))';
  assert.deepEqual(await apps(`sort(${counted})`), ['b', 'a']);
  assert.deepEqual(await apps(`topk(2, ${counted})`), ['a', 'b']);
});
