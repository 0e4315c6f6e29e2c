import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FieldType, toDataFrame } from '@grafana/data';
import { readState } from '../../explore/model/url-state';
import { formatDuration } from './duration';
import { gapBetween, gapOfDrag } from './gap';
import { actionOf } from './keys';
import { placeOfSpan, spanLogsUrl, traceLogsUrl } from './links';
import { summaryOf } from './summary';
import { type Trace, type TreeSpan, traceOf } from './trace';
import { barOf, clamped, matches, scaled, ticks, visibleSpans } from './view';

type Row = readonly [
  id: string,
  parent: string,
  startMs: number,
  durationMs: number,
  tags?: Record<string, unknown>,
];

function frameOf(rows: readonly Row[]) {
  const field = (name: string, of: (row: Row) => unknown) => ({
    name,
    type: FieldType.other,
    values: rows.map(of),
  });
  const tags = (record: Record<string, unknown> = {}) =>
    Object.entries(record).map(([key, value]) => ({ key, value }));
  return toDataFrame({
    fields: [
      field('traceID', () => 'abc1'),
      field('spanID', ([id]) => id),
      field('parentSpanID', ([, parent]) => parent),
      field('operationName', ([id]) => `op-${id}`),
      field('serviceName', () => 'api'),
      field('statusCode', ([id]) => (id === 'd' ? 2 : 0)),
      field('startTime', ([, , start]) => start),
      field('duration', ([, , , duration]) => duration),
      field('tags', ([, , , , record]) => tags(record)),
      field('logs', ([id]) =>
        id === 'd' ? [{ timestamp: 5, name: 'exception', fields: tags({ k: 'boom' }) }] : [],
      ),
    ],
  });
}

/** a(b(d), c), with b before c; f alone. */
const ROWS: readonly Row[] = [
  ['c', 'a', 60, 30],
  ['a', '', 0, 100, { 'code.file.path': 'src/api/server.ts', 'code.line.number': 7 }],
  ['d', 'b', 20, 5],
  ['b', 'a', 10, 20],
  ['f', 'gone', 40, 200],
];
const trace = traceOf(frameOf(ROWS));

function span(id: string): TreeSpan {
  const found = trace.spans.find(({ spanId }) => spanId === id);
  assert.ok(found, id);
  return found;
}

const ids = (spans: Trace['spans']) => spans.map(({ spanId }) => spanId).join('');

test('spans are in the order of the tree, children by their start, orphans as roots', () => {
  assert.equal(ids(trace.spans), 'abdcf');
  assert.deepEqual(
    trace.spans.map(({ depth, childCount, descendantCount }) => [depth, childCount, descendantCount]),
    [
      [0, 2, 3],
      [1, 1, 1],
      [2, 0, 0],
      [1, 0, 0],
      [0, 0, 0],
    ],
  );
  assert.deepEqual([trace.startMs, trace.endMs, trace.traceId], [0, 240, 'abc1']);
});

test('a circle of parents loses no span', () => {
  const circle = traceOf(
    frameOf([
      ['x', 'y', 0, 1],
      ['y', 'x', 0, 1],
      ['z', 'z', 0, 1],
    ]),
  );
  assert.deepEqual([...ids(circle.spans)].sort(), ['x', 'y', 'z']);
});

test('a frame without spans is no trace', () => {
  assert.throws(() => traceOf(frameOf([])), /no spans/);
});

test("a span's own time is what its children do not cover, overlapping ones counted once", () => {
  assert.equal(span('a').selfMs, 50);
  assert.equal(span('d').selfMs, 5);
  const overlapping = traceOf(
    frameOf([
      ['a', '', 0, 100],
      ['b', 'a', 10, 50],
      ['c', 'a', 40, 100],
    ]),
  );
  assert.equal(overlapping.spans[0]?.selfMs, 10);
});

test('what is below a folded span is out of sight', () => {
  assert.equal(ids(visibleSpans(trace, new Set(['b']))), 'abcf');
  assert.equal(ids(visibleSpans(trace, new Set(['a']))), 'af');
});

test('only matches and what leads to them are in sight when asked for', () => {
  assert.equal(ids(visibleSpans(trace, new Set(), new Set(['d']))), 'abd');
});

test('spans are found by names, attributes and events', () => {
  const found = (text: string) => [...(matches(trace, text) ?? [])].join('');
  assert.equal(found('OP-C'), 'c');
  assert.equal(found('code.line.number=7'), 'a');
  assert.equal(found('boom'), 'd');
  assert.equal(found('nowhere'), '');
  assert.equal(matches(trace, ' '), undefined);
});

test('a bar lies where its span does in the time in sight', () => {
  assert.deepEqual(barOf(span('b'), { fromMs: 0, toMs: 40 }), { left: 0.25, width: 0.5 });
  assert.deepEqual(barOf(span('a'), { fromMs: 50, toMs: 150 }), { left: 0, width: 0.5 });
  assert.equal(barOf(span('b'), { fromMs: 31, toMs: 40 }), undefined);
});

test('a zoom stays in the trace, the right way round, and never becomes nothing', () => {
  assert.deepEqual(clamped({ fromMs: 300, toMs: -5 }, trace), { fromMs: 0, toMs: 240 });
  const least = clamped({ fromMs: 240, toMs: 240 }, trace);
  assert.ok(least.toMs > least.fromMs);
  assert.deepEqual(scaled({ fromMs: 10, toMs: 30 }, 0.5), { fromMs: 15, toMs: 25 });
  assert.deepEqual(ticks({ fromMs: 0, toMs: 10 }, 3), [0, 5, 10]);
});

test('between two spans lies the time from the end of one to the start of the other, whichever comes first', () => {
  const gap = gapBetween(span('c'), span('b'));
  assert.deepEqual(gap, { kind: 'gap', fromMs: 30, toMs: 60, from: 'end of op-b', to: 'start of op-c' });
  assert.deepEqual(gapBetween(span('b'), span('c')), gap);
});

test('spans that run at the same time overlap', () => {
  const { kind, fromMs, toMs } = gapBetween(span('f'), span('a'));
  assert.deepEqual([kind, fromMs, toMs], ['overlap', 40, 100]);
});

test('a drag takes the edges of spans that it comes near to, either way', () => {
  const gap = gapOfDrag({ fromMs: 58, toMs: 31 }, [span('b'), span('c')], 3, 0);
  assert.deepEqual(gap, { kind: 'gap', fromMs: 30, toMs: 60, from: 'end of op-b', to: 'start of op-c' });
  const free = gapOfDrag({ fromMs: 40, toMs: 50 }, [span('b'), span('c')], 3, 0);
  assert.deepEqual([free.fromMs, free.toMs, free.from], [40, 50, '+40 ms']);
  const small = gapOfDrag({ fromMs: 29, toMs: 31 }, [span('b')], 3, 0);
  assert.deepEqual([small.fromMs, small.toMs], [29, 31]);
});

test('a span leads to its lines, its trace to all of them, and to its line in the source', () => {
  const exprOf = (url: string) => String(readState(url.slice(url.indexOf('?'))).queries[0]?.expr);
  const id = 'abc1'.padStart(32, '0');
  assert.equal(
    exprOf(spanLogsUrl(trace, span('b'))),
    `{service_name="api"} | trace_id="${id}" | span_id="b"`,
  );
  assert.equal(exprOf(traceLogsUrl(trace)), `{service_name=~".+"} | trace_id="${id}"`);
  assert.deepEqual(placeOfSpan(span('a')), { file: 'src/api/server.ts', line: 7 });
  assert.equal(placeOfSpan(span('b')), undefined);
});

test('failed spans and their events are told', () => {
  assert.equal(span('d').status, 'error');
  assert.deepEqual(span('d').events, [{ name: 'exception', timeMs: 5, attributes: [['k', 'boom']] }]);
});

test('arrows move in the tree, fold and unfold', () => {
  const act = (key: string, id: string, ...folded: readonly string[]) => {
    const spans = visibleSpans(trace, new Set(folded));
    const index = spans.findIndex(({ spanId }) => spanId === id);
    const action = actionOf(key, spans, index, new Set(folded));
    return action?.kind === 'focus' ? spans[action.index]?.spanId : action?.kind;
  };
  assert.deepEqual([act('ArrowDown', 'a'), act('ArrowUp', 'a'), act('ArrowDown', 'f')], ['b', 'a', 'f']);
  assert.deepEqual([act('Home', 'c'), act('End', 'a')], ['a', 'f']);
  assert.deepEqual(
    [act('ArrowRight', 'b'), act('ArrowRight', 'b', 'b'), act('ArrowRight', 'd')],
    ['d', 'fold', undefined],
  );
  assert.deepEqual(
    [act('ArrowLeft', 'b'), act('ArrowLeft', 'b', 'b'), act('ArrowLeft', 'c')],
    ['fold', 'a', 'a'],
  );
  assert.equal(act('ArrowLeft', 'f'), 'f');
  assert.deepEqual(
    ['Enter', ' ', 'M', 'z', 'Escape', 'q'].map((key) => act(key, 'a')),
    ['open', 'open', 'measure', 'zoom', 'clear', undefined],
  );
});

test('beside a name stands what it does not tell', () => {
  const attributes = [
    ['error.type', 'Timeout'],
    ['http.response.status_code', '503'],
    ['url.path', '/api/users'],
  ] as const;
  assert.equal(summaryOf({ name: 'GET /api/users', attributes }), '503 Timeout');
  assert.equal(summaryOf({ name: 'GET', attributes }), '/api/users 503 Timeout');
});

test('durations are written in the unit that suits them', () => {
  const expected = new Map([
    [0, '0 ms'],
    [0.0425, '42.5 µs'],
    [1, '1 ms'],
    [350.4, '350 ms'],
    [10_095.6, '10.1 s'],
    [125_000, '2m 5s'],
    [-5000, '-5 s'],
    [3_600_000, '1h'],
  ]);
  for (const [ms, text] of expected) assert.equal(formatDuration(ms), text);
  assert.equal(formatDuration(Number.NaN), '');
});
