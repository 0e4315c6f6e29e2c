import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DataFrame } from '@grafana/data';
import { RAW_COUNTERS } from '../test-support/frames';
import { readSeries } from './series';

function frame(part: object): DataFrame {
  return part as unknown as DataFrame;
}

test('a counter that begins again does not count backwards', () => {
  const values = [10, 40, 5, 35];
  const times = [0, 15_000, 30_000, 45_000];
  const labels = { __name__: 'traces_service_graph_request_total', client: 'a', server: 'b' };
  const fields = [
    { name: 'Time', type: 'time', config: {}, values: times },
    { name: 'Value', type: 'number', config: {}, labels, values },
  ];
  const [series] = readSeries([frame({ refId: 'A', length: 4, fields })]);
  assert.deepEqual(series?.values, [null, 2, 5 / 15, 2]);
  assert.equal(series?.window_s, 15);
});

test('one frame may hold many series, and what is not a number is not known', () => {
  const value = (server: string, values: number[]) => {
    return { name: 'Value', type: 'number', config: {}, labels: { client: 'a', server }, values };
  };
  const fields = [
    { name: 'Time', type: 'time', config: {}, values: [0, 1] },
    value('b', [1, 2]),
    value('c', [Number.NaN, 4]),
  ];
  const series = readSeries([frame({ refId: 'rate', length: 2, fields })]);
  assert.deepEqual(
    series.map(({ labels, values }) => [labels.server, ...values]),
    [
      ['b', 1, 2],
      ['c', null, 4],
    ],
  );
});

test('a joined table has a role for each column', () => {
  const fields = [
    { name: 'client', type: 'string', config: {}, values: ['a'] },
    { name: 'server', type: 'string', config: {}, values: ['b'] },
    { name: 'Value #rate', type: 'number', config: {}, values: [3] },
    { name: 'Value #failed', type: 'number', config: {}, values: [1] },
  ];
  const series = readSeries([frame({ length: 1, fields })]);
  assert.deepEqual(
    series.map(({ role, values }) => [role, values[0]]),
    [
      ['rate', 3],
      ['failed', 1],
    ],
  );
});

test('the window of a point is read from the expression', () => {
  const window = (executedQueryString: string) => {
    const fields = [
      { name: 'Time', type: 'time', config: {}, values: [0] },
      { name: 'Value', type: 'number', config: {}, labels: { client: 'a', server: 'b' }, values: [1] },
    ];
    return readSeries([frame({ refId: 'rate', length: 1, fields, meta: { executedQueryString } })])[0]
      ?.window_s;
  };
  assert.equal(window('Expr: rate(x[5m])'), 300);
  assert.equal(window('Expr: rate(x[1m30s])'), 90);
  assert.equal(window('Expr: x'), undefined);
});

test('a breakdown by route is told from the label', () => {
  assert.ok(readSeries(RAW_COUNTERS).some(({ byRoute }) => byRoute));
});
