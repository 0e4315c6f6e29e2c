import assert from 'node:assert/strict';
import { test } from 'node:test';
import { added, entryText, found, type HistoryEntry, removed } from './history';
import { completed, isTraceId, newQuery, textOf, withText } from './queries';
import { absolute, fromTimeRange, moved, toTimeRange, zoomedOut } from './time';

const WINDOW = { start: '2026-03-02T09:08:00Z', end: '2026-03-02T10:00:00Z' };
const milliseconds = (range: { from: string; to: string } | undefined) => {
  const { from, to } = toTimeRange(range, WINDOW);
  return [from.valueOf(), to.valueOf()];
};
const WHOLE = [Date.parse(WINDOW.start), Date.parse(WINDOW.end)];

test('a range is read from milliseconds and dates; none, or none that can be read, is the incident', () => {
  assert.deepEqual(milliseconds({ from: '1000', to: '2000' }), [1000, 2000]);
  assert.deepEqual(
    milliseconds({ from: '2026-03-02T09:30:00Z', to: WINDOW.end })[0],
    Date.parse('2026-03-02T09:30:00Z'),
  );
  assert.deepEqual(milliseconds(undefined), WHOLE);
  assert.deepEqual(milliseconds({ from: 'then', to: 'later' }), WHOLE);
  assert.deepEqual(milliseconds({ from: '2000', to: '1000' }), WHOLE);
});

test('a relative range stays one, in both directions', (context) => {
  context.mock.timers.enable({ apis: ['Date'], now: Date.parse(WINDOW.end) });
  const range = toTimeRange({ from: 'now-1h', to: 'now' }, WINDOW);
  assert.deepEqual(
    [range.from.valueOf(), range.to.valueOf()],
    [Date.parse(WINDOW.end) - 3_600_000, WHOLE[1]],
  );
  assert.deepEqual(fromTimeRange(range), { from: 'now-1h', to: 'now' });
  assert.deepEqual(fromTimeRange(absolute(1.5, 2.5)), { from: '1', to: '3' });
});

test('a range moves by half of it and widens around its middle', () => {
  const range = absolute(1000, 2000);
  assert.deepEqual(fromTimeRange(moved(range, 1)), { from: '1500', to: '2500' });
  assert.deepEqual(fromTimeRange(moved(range, -1)), { from: '500', to: '1500' });
  assert.deepEqual(fromTimeRange(zoomedOut(range)), { from: '500', to: '2500' });
});

test('what a link leaves open is filled in', () => {
  assert.deepEqual(completed('prometheus', { refId: 'A', expr: 'up' }).range, true);
  assert.deepEqual(completed('prometheus', { refId: 'A', expr: 'up', instant: true }).range, undefined);
  assert.equal(completed('loki', { refId: 'A', expr: '{}' }).queryType, 'range');
  assert.equal(
    completed('tempo', { refId: 'A', query: 'x', queryType: 'traceqlSearch' }).queryType,
    'traceql',
  );
  assert.equal(completed('tempo', { refId: 'A', query: 'x', limit: 50 }).limit, 50);
});

test('the text of a query is where its language keeps it', () => {
  for (const type of ['prometheus', 'loki', 'tempo'] as const) {
    assert.equal(textOf(type, withText(type, newQuery(type, 'A'), 'text')), 'text');
  }
  assert.equal(textOf('loki', { refId: 'A', expr: 7 }), '');
});

test('the id of a trace is told from a query', () => {
  assert.equal(isTraceId(' def9a905f2ab111e0918c5d630bac9f1 '), true);
  assert.equal(isTraceId('{ }'), false);
});

const entry = (text: string, datasource = 'loki', atMs = 0): HistoryEntry => ({
  datasource,
  queries: [{ refId: 'A', expr: text }],
  atMs,
});

test('the history keeps the newest run of a query, and not too many', () => {
  const history = added([entry('a'), entry('b')], entry('b', 'loki', 5));
  assert.deepEqual(history.map(entryText), ['b', 'a']);
  assert.equal(history[0]?.atMs, 5);
  const many = Array.from({ length: 150 }, (_, index) => entry(`q${index}`)).reduce(
    added,
    [] as readonly HistoryEntry[],
  );
  assert.equal(many.length, 100);
  assert.equal(entryText(many[0] ?? entry('')), 'q149');
});

test('the history is searched by text and data source; what is removed is gone', () => {
  const history = [entry('Sum(x)'), entry('rate(x)'), entry('sum(x)', 'prometheus')];
  assert.deepEqual(found(history, 'sum', 'loki').map(entryText), ['Sum(x)']);
  assert.equal(found(history, '', undefined).length, 3);
  assert.deepEqual(removed(history, entry('rate(x)')).map(entryText), ['Sum(x)', 'sum(x)']);
});
