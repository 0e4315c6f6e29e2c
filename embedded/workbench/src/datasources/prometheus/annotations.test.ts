import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DataFrame } from '@grafana/data';
import { annotationEvents, annotationQuery, type PromAnnotation } from './annotations';
import { seriesFrames } from './frames';

const annotation = {
  name: 'Alerts',
  enable: true,
  iconColor: 'orange',
  titleFormat: 'Alert',
  textFormat: '{{mark}}',
};

function frames(...values: (readonly [number, string])[]): DataFrame[] {
  const result = [{ metric: { mark: 'pool' }, values }];
  return seriesFrames(
    { resultType: 'matrix', result },
    { refId: 'Anno', expr: 'x', legendFormat: '', stepMs: 15_000 },
  );
}

test('the query is found in both forms that dashboards keep it in', () => {
  const old = annotationQuery({ ...annotation, expr: 'up', step: '15s' } as PromAnnotation);
  assert.deepEqual([old?.expr, old?.interval], ['up', '15s']);
  const target = { refId: 'A', expr: 'down' };
  const now = annotationQuery({ ...annotation, target } as PromAnnotation);
  assert.deepEqual([now?.expr, now?.interval], ['down', '60s']);
  assert.equal(annotationQuery(annotation as PromAnnotation), undefined);
});

test('each moment that a value names is one event', () => {
  const events = annotationEvents(
    { ...annotation, useValueForTime: true } as PromAnnotation,
    frames([15, '12000'], [30, '12000'], [45, '44000']),
  );
  assert.deepEqual(
    events.map(({ time, timeEnd, title, text }) => [time, timeEnd, title, text]),
    [
      [12_000, 12_000, 'Alert', 'pool'],
      [44_000, 44_000, 'Alert', 'pool'],
    ],
  );
});

test('points one step apart are one region; zero is none', () => {
  const events = annotationEvents(
    annotation as PromAnnotation,
    frames([0, '1'], [15, '1'], [30, '0'], [60, '1']),
  );
  assert.deepEqual(
    events.map(({ time, timeEnd, isRegion }) => [time, timeEnd, isRegion]),
    [
      [0, 15_000, true],
      [60_000, 60_000, false],
    ],
  );
});
