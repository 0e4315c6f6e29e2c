import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exemplarFrame } from './exemplars';
import { seriesFrames } from './frames';
import { heatmapFrame } from './heatmap';
import { tableFrame, valueName } from './table';

const context = { refId: 'A', expr: 'up', legendFormat: '{{job}}', stepMs: 15_000 };
const columns = (frame: { fields: { name: string; values: unknown[] }[] } | undefined) =>
  Object.fromEntries((frame?.fields ?? []).map(({ name, values }) => [name, values]));

test('a matrix becomes a frame for each series, its numbers read from text', () => {
  const [frame, ...others] = seriesFrames(
    {
      resultType: 'matrix',
      result: [
        {
          metric: { __name__: 'up', job: 'api' },
          values: [
            [1, '1'],
            [16.5, 'NaN'],
            [31, '+Inf'],
          ],
        },
      ],
    },
    context,
  );
  assert.equal(others.length, 0);
  assert.deepEqual(columns(frame), { Time: [1000, 16_500, 31_000], up: [1, Number.NaN, Infinity] });
  assert.equal(frame?.fields[0]?.config.interval, 15_000);
  assert.equal(frame?.fields[1]?.config.displayNameFromDS, 'api');
  assert.equal(frame?.meta?.executedQueryString, 'Expr: up\nStep: 15s');
});

test('no series is an empty frame, a scalar a frame with one value', () => {
  const [empty] = seriesFrames({ resultType: 'vector', result: [] }, context);
  assert.deepEqual(empty?.fields, []);
  const [scalar] = seriesFrames(
    { resultType: 'scalar', result: [7, '42'] },
    { ...context, legendFormat: '' },
  );
  assert.deepEqual(columns(scalar), { Time: [7000], Value: [42] });
});

test('a table has a column for each label of any series', () => {
  const frames = seriesFrames(
    {
      resultType: 'vector',
      result: [
        { metric: { route: '/a', method: 'GET' }, value: [1, '2'] },
        { metric: { route: '/b', le: '+Inf' }, value: [1, '3'] },
      ],
    },
    context,
  );
  const table = tableFrame(frames, valueName('A', 2));
  assert.deepEqual(
    table.fields.map(({ name }) => name),
    ['Time', 'method', 'route', 'le', 'Value #A'],
  );
  assert.deepEqual(columns(table)['Value #A'], [2, 3]);
  assert.deepEqual(columns(table).method, ['GET', '']);
  assert.equal(valueName('A', 1), 'Value');
});

test('buckets of a heatmap are in order, and each counts what the one below does not', () => {
  const bucket = (le: string, ...values: (readonly [number, string])[]) => ({ metric: { le }, values });
  const frames = seriesFrames(
    {
      resultType: 'matrix',
      result: [
        bucket('+Inf', [1, '10'], [2, '10']),
        bucket('10', [1, '9'], [2, '10']),
        bucket('0.5', [1, '4']),
      ],
    },
    { ...context, legendFormat: '{{le}}' },
  );
  assert.deepEqual(columns(heatmapFrame(frames)), {
    Time: [1000, 2000],
    '0.5': [4, null],
    10: [5, 10],
    '+Inf': [1, 0],
  });
  assert.equal(heatmapFrame([]), undefined);
});

test('of many exemplars those stay that can be told apart, with a link to the trace', () => {
  const exemplars = [...Array(100).keys()].map((index) => ({
    labels: { trace_id: `${index}` },
    value: index === 50 ? '1000' : `${1 + index / 1000}`,
    timestamp: index / 100,
  }));
  const frame = exemplarFrame([{ seriesLabels: { route: '/a' }, exemplars }], {
    refId: 'A',
    stepMs: 1000,
    destinations: [{ name: 'trace_id', datasourceUid: 'tempo', datasourceName: 'Tempo' }],
  });
  assert.deepEqual(columns(frame).Value, [1000, 1.099]);
  assert.deepEqual(columns(frame).route, ['/a', '/a']);
  const link = frame?.fields.find(({ name }) => name === 'trace_id')?.config.links?.[0];
  assert.equal(link?.internal?.datasourceUid, 'tempo');
});
