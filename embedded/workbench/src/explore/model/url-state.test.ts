import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EMPTY_STATE, exploreUrl, readState, refIdAt } from './url-state';

const searchOf = (url: string) => url.slice(url.indexOf('?'));
const asLeft = (value: unknown) => `?orgId=1&left=${encodeURIComponent(JSON.stringify(value))}`;

test('a state that is written is read again', () => {
  const state = {
    datasource: 'loki',
    queries: [
      { refId: 'A', expr: '{level="error"} |= `50% & "x"`', queryType: 'range' },
      { refId: 'B', expr: '{}' },
    ],
    range: { from: '1772442480000', to: 'now' },
    spanId: '889ca1f182902760',
  };
  assert.deepEqual(readState(searchOf(exploreUrl(state))), state);
});

test('what panels link to is read: one pane of any name, a query that names its data source itself', () => {
  const panes = {
    x7: {
      datasource: 'tempo',
      queries: [{ refId: 'A', datasource: { uid: 'tempo' }, queryType: 'traceql', query: 'abc', limit: 50 }],
      range: { from: '1', to: '2' },
    },
  };
  const search = `schemaVersion=1&panes=${encodeURIComponent(JSON.stringify(panes))}&orgId=1`;
  assert.deepEqual(readState(search), {
    datasource: 'tempo',
    queries: [{ refId: 'A', queryType: 'traceql', query: 'abc', limit: 50 }],
    range: { from: '1', to: '2' },
    spanId: undefined,
  });
});

test('older addresses are read, in both of their forms', () => {
  const expected = {
    ...EMPTY_STATE,
    datasource: 'Prometheus',
    queries: [{ refId: 'A', expr: 'up' }],
    range: { from: 'now-1h', to: 'now' },
  };
  const object = { datasource: 'Prometheus', queries: [{ refId: 'A', expr: 'up' }], range: expected.range };
  assert.deepEqual(readState(asLeft(object)), expected);
  const array = [
    'now-1h',
    'now',
    'Prometheus',
    { expr: 'up' },
    { ui: [true, true, true] },
    { mode: 'Metrics' },
  ];
  assert.deepEqual(readState(asLeft(array)), expected);
});

test('times as numbers are read as text', () => {
  const { range } = readState(asLeft({ datasource: 'loki', queries: [], range: { from: 5, to: 6 } }));
  assert.deepEqual(range, { from: '5', to: '6' });
});

test('an address that says nothing, or nothing that can be read, is the empty state', () => {
  for (const search of [
    '',
    '?panes=',
    '?panes={',
    '?panes=[]',
    '?panes=null',
    '?left=7',
    '?left={"queries":3}',
  ]) {
    assert.deepEqual(readState(search), EMPTY_STATE, search);
  }
});

test('queries are named A to Z and on', () => {
  assert.deepEqual([0, 25, 26, 52].map(refIdAt), ['A', 'Z', 'A1', 'A2']);
});
