import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DataFrame, FieldType } from '@grafana/data';
import { annotationFrames, markAt } from './annotation-events';
import { exemplarFrames, seriesOf } from './exemplar-points';

function frame(name: string, columns: Readonly<Record<string, unknown[]>>): DataFrame {
  const fields = Object.entries(columns).map(([column, values]) => ({
    name: column,
    type: FieldType.string,
    config: {},
    values,
  }));
  return { name, fields, length: fields[0]?.values.length ?? 0 };
}

const annotations = frame('', {
  time: [1000, 2000],
  timeEnd: [1000, 5000],
  isRegion: [false, true],
  color: ['orange', 'blue'],
  text: ['a', 'b'],
});
const exemplars = frame('exemplar', {
  Time: [1000],
  Value: [7],
  route: ['/a'],
  method: ['GET'],
  job: ['api'],
});

test('annotations and exemplars are told apart', () => {
  const both = [annotations, exemplars, frame('exemplar', { Time: [] })];
  assert.deepEqual(annotationFrames(both), [annotations]);
  assert.deepEqual(exemplarFrames(both), [exemplars]);
});

test('a mark is a moment or a region', () => {
  const mark = markAt(annotations, 1);
  assert.deepEqual(
    [mark.from, mark.to, mark.isRegion, mark.color, mark.text],
    [2000, 5000, true, 'blue', 'b'],
  );
  assert.deepEqual(markAt(annotations, 0).tags, []);
});

test('an exemplar belongs to the series that says most of what it is', () => {
  const series = (labels: Record<string, string>) => ({
    name: 'Value',
    type: FieldType.number,
    config: {},
    labels,
    values: [],
  });
  const all = series({});
  const route = series({ route: '/a', method: 'GET' });
  const other = series({ route: '/b', method: 'GET' });
  assert.equal(seriesOf(exemplars, 0, [all, other, route]), route);
  assert.equal(seriesOf(exemplars, 0, [other]), undefined);
});
