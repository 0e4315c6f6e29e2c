import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FieldType, toDataFrame } from '@grafana/data';
import { fieldsOf, lineFields, prettified, traceOf } from './fields';
import { levelOf } from './level';
import { aroundUrl } from './links';
import { logListOptions } from './options';
import { type LogRow, rowsOf } from './rows';

const LINE =
  '{"level":"error","message":"no","error":{"code":7},"trace_id":"def9a905f2ab111e0918c5d630bac9f1"}';

function frame(lines: readonly string[], times: readonly string[]) {
  return toDataFrame({
    fields: [
      {
        name: 'labels',
        type: FieldType.other,
        values: lines.map(() => ({ service_name: 'api', level: 'warn', event: 'x' })),
      },
      { name: 'Time', type: FieldType.time, values: times.map((time) => Number(BigInt(time) / 1_000_000n)) },
      { name: 'Line', type: FieldType.string, values: lines },
      { name: 'tsNs', type: FieldType.string, values: times },
      {
        name: 'labelTypes',
        type: FieldType.other,
        values: lines.map(() => ({ service_name: 'I', level: 'I', event: 'P' })),
      },
    ],
  });
}

const [FIRST, SECOND, EARLIER] = ['1772445599990107000', '1772445599990107001', '1772445599853066000'];

function rowOf(line: string): LogRow {
  const [row] = rowsOf([frame([line], [FIRST])], 'newest');
  assert.ok(row);
  return row;
}

test('rows are in order of their nanoseconds, newest or oldest first, over all frames', () => {
  const frames = [frame(['a', 'b'], [FIRST, SECOND]), frame(['c'], [EARLIER])];
  const lines = (order: 'newest' | 'oldest') => rowsOf(frames, order).map(({ line }) => line);
  assert.deepEqual(lines('newest'), ['b', 'a', 'c']);
  assert.deepEqual(lines('oldest'), ['c', 'a', 'b']);
});

test('rows of all frames have different ids', () => {
  const rows = rowsOf([frame(['a', 'a'], [FIRST, FIRST]), frame(['a'], [FIRST])], 'newest');
  assert.equal(new Set(rows.map(({ id }) => id)).size, 3);
});

test('frames without lines are no rows', () => {
  const series = toDataFrame({
    fields: [
      { name: 'Time', type: FieldType.time, values: [1] },
      { name: 'Value', type: FieldType.number, values: [1] },
    ],
  });
  assert.deepEqual(rowsOf([series], 'newest'), []);
});

test('fields tell where they come from; what a label has already is not told again', () => {
  const row = rowOf(LINE);
  assert.deepEqual(
    fieldsOf(row).map(({ name, value, origin }) => `${origin} ${name}=${value}`),
    [
      'stream level=warn',
      'stream service_name=api',
      'parsed event=x',
      'line message=no',
      'line error_code=7',
      'line trace_id=def9a905f2ab111e0918c5d630bac9f1',
    ],
  );
});

test('labels that Loki keeps for itself are not shown, nor asked for', () => {
  const row = { ...rowOf('x'), labels: { a: 'b', __stream_shard__: '0' }, origins: {} };
  assert.deepEqual(
    fieldsOf(row).map(({ name }) => name),
    ['a'],
  );
  assert.match(decodeURIComponent(aroundUrl(row)), /\{a=\\"b\\"\}/);
});

test('logfmt is read where a line is logfmt, and nowhere else', () => {
  assert.deepEqual(lineFields('pid=7 query="select 1 \\"a\\"" state=idle'), {
    pid: '7',
    query: 'select 1 "a"',
    state: 'idle',
  });
  assert.equal(lineFields('the answer was x=7 or so they say'), undefined);
  assert.equal(lineFields('{"a":'), undefined);
});

test('a row belongs to the trace that its text or its metadata names', () => {
  const row = rowOf(LINE);
  assert.equal(traceOf(row)?.traceId, 'def9a905f2ab111e0918c5d630bac9f1');
  const named = { ...row, line: 'x', labels: { trace_id: 'abcdefabcdefabcd', span_id: '12' } };
  assert.deepEqual(traceOf(named), { traceId: 'abcdefabcdefabcd', spanId: '12' });
  assert.equal(traceOf({ ...row, line: 'x', labels: { trace_id: 'not one' } }), undefined);
});

test('the level is what labels say, else the text', () => {
  assert.equal(levelOf({ level: 'warn' }, 'level=error'), 'warning');
  assert.equal(levelOf({ detected_level: 'ERROR' }, ''), 'error');
  assert.equal(levelOf({}, '{"level":"info"}'), 'info');
  assert.equal(levelOf({}, 'ts=1 level=debug'), 'debug');
  assert.equal(levelOf({ level: 'odd' }, 'nothing'), 'unknown');
});

test('JSON is indented, anything else stays', () => {
  assert.equal(prettified('{"a":1}'), '{\n  "a": 1\n}');
  assert.equal(prettified('{"a":'), '{"a":');
  assert.equal(prettified('a=1'), 'a=1');
});

test("a dashboard's options are read in the panel's own words", () => {
  const options = logListOptions({ wrapLogMessage: true, sortOrder: 'Ascending', enableLogDetails: false });
  assert.deepEqual(options, {
    showTime: false,
    showLabels: false,
    wrapLines: true,
    prettify: false,
    sortOrder: 'oldest',
    showDetails: false,
  });
});
