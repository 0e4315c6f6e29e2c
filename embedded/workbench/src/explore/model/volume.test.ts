import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FieldType, toDataFrame } from '@grafana/data';
import { splitFrames } from './split';
import { volumeFrames, volumeQueries } from './volume';

const series = (labels: Record<string, string>, points: readonly (readonly [number, number])[]) =>
  toDataFrame({
    fields: [
      { name: 'Time', type: FieldType.time, values: points.map(([time]) => time) },
      { name: 'Value', type: FieldType.number, labels, values: points.map(([, value]) => value) },
    ],
  });

test('only queries for lines are counted, whatever they filter', () => {
  const queries = volumeQueries([
    { refId: 'A', expr: '{a="b"} | json ' },
    { refId: 'B', expr: 'rate({a="b"}[1m])' },
    { refId: 'C', expr: '{a="c"}', hide: true },
  ]);
  assert.deepEqual(
    queries.map(({ expr }) => expr),
    ['sum by (level, detected_level) (count_over_time({a="b"} | json | drop __error__ [$__auto]))'],
  );
});

test('spellings of a level are one, the most serious first, in order of time', () => {
  const frames = volumeFrames([
    series({ level: 'info' }, [[1, 5]]),
    series({ level: 'warn' }, [[2, 1]]),
    series({ level: 'odd', detected_level: 'warning' }, [
      [1, 2],
      [2, 3],
    ]),
    series({}, [[1, 9]]),
  ]);
  assert.deepEqual(
    frames.map(({ fields }) => [fields[1]?.name, fields[0]?.values, fields[1]?.values]),
    [
      ['warning', [1, 2], [2, 4]],
      ['info', [1], [5]],
      ['unknown', [1], [9]],
    ],
  );
});

test('frames are sorted by how they are shown', () => {
  const text = (names: readonly string[]) =>
    toDataFrame({ fields: names.map((name) => ({ name, type: FieldType.string, values: ['x'] })) });
  const instant = { ...series({}, [[1, 1]]), meta: { type: 'numeric-multi' as never } };
  const lines = toDataFrame({
    fields: [
      { name: 'Time', type: FieldType.time, values: [1] },
      { name: 'Line', type: FieldType.string, values: ['x'] },
    ],
  });
  const frames = splitFrames([
    series({}, [[1, 1]]),
    instant,
    lines,
    text(['traceID', 'traceName']),
    text(['traceIdHidden', 'spanID']),
    text(['traceID', 'spanID', 'parentSpanID']),
  ]);
  const counts = Object.entries(frames).map(([place, { length }]) => `${place} ${length}`);
  assert.deepEqual(counts, ['logs 1', 'graph 1', 'table 1', 'traces 2', 'trace 1']);
});
