import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DataFrame } from '@grafana/data';
import { logFrame, metricFrames } from './frames';
import { intervalVariables, isLogQuery, quoteVariable, stepMs } from './query';

const derivedFields = [
  {
    name: 'Trace',
    matcherType: 'label',
    matcherRegex: 'trace_id',
    datasourceUid: 'tempo',
    datasourceName: 'Tempo',
  },
  { name: 'Order', matcherRegex: 'order=(\\w+)', datasourceUid: 'tempo', datasourceName: 'Tempo' },
] as const;
const context = { refId: 'A', expr: '{a="b"}', limit: 100, direction: 'backward', derivedFields } as const;

function column(frame: DataFrame | undefined, name: string): unknown[] {
  return frame?.fields.find((field) => field.name === name)?.values ?? [];
}

test('lines of all streams are one frame, newest first, their nanoseconds kept', () => {
  const frame = logFrame(
    [
      {
        stream: { level: 'info' },
        values: [
          ['1772445599990107001', 'second'],
          ['1772445599990107000', 'first'],
        ],
      },
      {
        stream: { level: 'warn' },
        values: [
          [
            '1772445599990107002',
            'third order=x7',
            { structuredMetadata: { trace_id: 'abc' }, parsed: { level_extracted: 'warn' } },
          ],
        ],
      },
    ],
    context,
  );
  assert.deepEqual(column(frame, 'Line'), ['third order=x7', 'second', 'first']);
  assert.deepEqual(column(frame, 'Time'), [1_772_445_599_990, 1_772_445_599_990, 1_772_445_599_990]);
  assert.deepEqual(column(frame, 'tsNs')[2], '1772445599990107000');
  assert.deepEqual(column(frame, 'labels')[0], { level: 'warn', level_extracted: 'warn', trace_id: 'abc' });
  assert.deepEqual(column(frame, 'labelTypes')[0], { level: 'I', level_extracted: 'P', trace_id: 'S' });
  assert.deepEqual(column(frame, 'Trace'), ['abc', null, null]);
  assert.deepEqual(column(frame, 'Order'), ['x7', null, null]);
});

test('equal lines of the same instant have names of their own', () => {
  const values = [['1000000000', 'same'] as const, ['1000000000', 'same'] as const];
  const ids = column(logFrame([{ stream: {}, values }], context), 'id');
  assert.equal(new Set(ids).size, 2);
});

test('oldest first, when the query asks for it', () => {
  const values = [['2000000000', 'b'] as const, ['1000000000', 'a'] as const];
  assert.deepEqual(column(logFrame([{ stream: {}, values }], { ...context, direction: 'forward' }), 'Line'), [
    'a',
    'b',
  ]);
});

test('series of a metric query are frames, named by their format', () => {
  const [range] = metricFrames(
    {
      resultType: 'matrix',
      result: [
        {
          metric: { level: 'warn' },
          values: [
            [60, '3'],
            [75, '4'],
          ],
        },
      ],
    },
    { refId: 'A', expr: 'sum(x)', legendFormat: '{{level}}', stepMs: 15_000 },
  );
  assert.deepEqual(
    [column(range, 'Time'), column(range, 'Value')],
    [
      [60_000, 75_000],
      [3, 4],
    ],
  );
  assert.equal(range?.fields[1]?.config.displayNameFromDS, 'warn');
  const [instant] = metricFrames(
    { resultType: 'vector', result: [{ metric: { level: 'warn' }, value: [60, '3'] }] },
    { refId: 'A', expr: 'sum(x)', legendFormat: undefined, stepMs: undefined },
  );
  assert.equal(instant?.fields[1]?.config.displayNameFromDS, '{level="warn"}');
  assert.deepEqual(instant?.fields[0]?.config, {});
});

test('steps, intervals and variables', () => {
  const range = { fromMs: 0, toMs: 3_120_000 };
  assert.equal(stepMs(undefined, { ...range, intervalMs: 2000 }), 2000);
  assert.equal(stepMs('5s', { ...range, intervalMs: 2000 }), 5000);
  assert.equal(
    stepMs('', { fromMs: 0, toMs: 86_400_000, intervalMs: 1 }),
    7855,
    'never more points than Loki gives',
  );
  const { __auto, __range } = intervalVariables(60_000, range);
  assert.deepEqual([__auto?.value, __range?.value], ['1m0s', '3120s']);
  assert.equal(quoteVariable(['info', 'w.n'], { multi: true }), 'info|w\\\\.n');
  assert.equal(quoteVariable('a.b', {}), 'a.b');
});

test('queries for lines are told from queries for series', () => {
  const lines = ['{a="b"} | json', '  ({a="b"})', '# a comment\n{a="b"}'];
  const series = ['sum(rate({a="b"}[1m]))', 'count_over_time({a="b"}[1m])'];
  assert.deepEqual(lines.map(isLogQuery), [true, true, true]);
  assert.deepEqual(series.map(isLogQuery), [false, false]);
});
