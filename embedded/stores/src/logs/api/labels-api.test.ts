import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, BASE_MS, dataOf, loaded } from '../testing/loki.js';

test('labels, their values, and series', async () => {
  const loki = await loaded();
  assert.deepEqual(dataOf(await loki.ask('/loki/api/v1/labels')), ['app', 'level']);
  assert.deepEqual(dataOf(await loki.ask('/loki/api/v1/labels', { query: '{app="b"}' })), ['app']);
  assert.deepEqual(dataOf(await loki.ask('/loki/api/v1/label/app/values')), ['a', 'b']);
  assert.deepEqual(dataOf(await loki.ask('/loki/api/v1/label/nope/values')), { status: 'success' });
  assert.deepEqual(dataOf(await loki.ask('/loki/api/v1/series', { 'match[]': '{app="b"}' })), [{ app: 'b' }]);
  assert.equal(dataOf(await loki.ask('/loki/api/v1/series')).length, 2);
  assert.deepEqual(
    dataOf(await loki.ask('/loki/api/v1/series', { 'match[]': '{app="b"}', start: at(2000) })),
    [],
  );
});

test('how much there is', async () => {
  const loki = await loaded();
  const stats = dataOf(await loki.ask('/loki/api/v1/index/stats', { query: '{app="a"}' }));
  assert.deepEqual(stats, { streams: 1, chunks: 1, bytes: 36, entries: 2 });
  const volume = async (parameters: Record<string, string>) => {
    const { result } = dataOf(
      await loki.ask('/loki/api/v1/index/volume', { query: '{app=~".+"}', ...parameters }),
    );
    return (result as { metric: object; value: [number, string] }[]).map(({ metric, value }) => [
      metric,
      value[1],
    ]);
  };
  assert.deepEqual(await volume({}), [
    [{ app: 'a' }, '36'],
    [{ app: 'b' }, '24'],
  ]);
  assert.deepEqual(await volume({ limit: '1' }), [[{ app: 'a' }, '36']]);
  assert.deepEqual(await volume({ targetLabels: 'level' }), [
    [{ level: 'info' }, '36'],
    [{}, '24'],
  ]);
  assert.deepEqual(await volume({ aggregateBy: 'labels' }), [
    [{ app: '' }, '60'],
    [{ level: '' }, '36'],
  ]);
  const range = { query: '{app="a"}', step: '2s', end: at(3000) };
  const { result } = dataOf(await loki.ask('/loki/api/v1/index/volume_range', range));
  assert.deepEqual(result[0].values, [
    [BASE_MS / 1000 + 1.999, '17'],
    [BASE_MS / 1000 + 3, '19'],
  ]);
});

test('what fields there are in lines', async () => {
  const loki = await loaded();
  const { fields, limit } = dataOf(await loki.ask('/loki/api/v1/detected_fields', { query: '{app=~".+"}' }));
  const found = (fields as { label: string }[]).sort((a, b) => (a.label < b.label ? -1 : 1));
  assert.equal(limit, 1000);
  assert.deepEqual(found, [
    { label: 'd', type: 'duration', cardinality: 1, parsers: ['logfmt'] },
    { label: 'detected_level', type: 'string', cardinality: 2, parsers: null },
    { label: 'id', type: 'string', cardinality: 2, parsers: null },
    { label: 'k', type: 'string', cardinality: 3, parsers: ['json', 'logfmt'], jsonPath: ['k'] },
    { label: 'level', type: 'string', cardinality: 1, parsers: ['logfmt'] },
    { label: 'n', type: 'int', cardinality: 2, parsers: ['json'], jsonPath: ['n'] },
  ]);
  assert.deepEqual(dataOf(await loki.ask('/loki/api/v1/detected_field/k/values', { query: '{app="a"}' })), {
    values: ['one', 'two'],
    limit: 1000,
  });
  assert.deepEqual(dataOf(await loki.ask('/loki/api/v1/detected_labels')), {
    detectedLabels: [
      { label: 'app', cardinality: 2 },
      { label: 'level', cardinality: 1 },
    ],
  });
});
