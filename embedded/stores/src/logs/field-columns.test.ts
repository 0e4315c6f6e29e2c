import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Budget } from '../query/budget.js';
import { Labels } from './labels.js';
import { ALL_LABELS } from './pipeline/hints.js';
import { parseJson } from './pipeline/json.js';
import { LineState } from './pipeline/line-state.js';
import { createLogfmtStage } from './pipeline/logfmt.js';
import { LogStream } from './stream.js';

function streamOf(lines: readonly string[]): LogStream {
  const stream = new LogStream(Labels.from({ a: 'b' }));
  for (const [index, line] of lines.entries())
    stream.append({ time: { ms: index, ns: 0 }, line, metadata: [] });
  stream.seal();
  return stream;
}

/** What the parser itself finds. */
function parsed(stream: LogStream, parse: (state: LineState) => boolean, index: number): LineState {
  const state = new LineState(ALL_LABELS);
  state.enter(stream);
  state.start(index);
  parse(state);
  return state;
}

const NAMES = ['k', 'key', 'x_y'];

test('columns of logfmt fields hold what the parser finds', async () => {
  const part = fc.constantFrom(
    'k=1',
    'k=',
    'k',
    'key="a b"',
    'key="',
    'x.y=3',
    'x_y=4',
    '=5',
    'k=a=b',
    'key="\\n"',
    ' ',
  );
  const lines = fc.array(
    fc.array(part, { maxLength: 5 }).map((parts) => parts.join(' ')),
    { minLength: 1, maxLength: 5 },
  );
  const parse = createLogfmtStage({ strict: false, keepEmpty: false });
  await fc.assert(
    fc.asyncProperty(lines, async (list) => {
      const stream = streamOf(list);
      await stream.fields.read({ format: 'logfmt', names: NAMES }, new Budget());
      const columns = stream.fields.of({ format: 'logfmt', names: NAMES }) ?? [];
      for (const index of stream.lines.keys()) {
        const state = parsed(stream, parse, index);
        assert.deepEqual(
          columns.map((column) => column[index]),
          NAMES.map((name) => state.get(name)),
          stream.lines[index],
        );
      }
    }),
  );
});

test('columns of JSON fields hold what the parser finds, of all lines but the odd ones', async () => {
  const member = fc.constantFrom(
    '"k":1',
    '"k":"a\\"b"',
    '"key":null',
    '"key":true',
    '"x.y":[1,"]"]',
    '"x.y":2',
    '"k":}',
    '"o":{"k":2}',
  );
  const lines = fc.array(
    fc.array(member, { maxLength: 4 }).map((members) => `{${members.join(',')}}`),
    { minLength: 1, maxLength: 5 },
  );
  await fc.assert(
    fc.asyncProperty(lines, async (list) => {
      const stream = streamOf(list);
      for (const names of [['k'], NAMES]) await stream.fields.read({ format: 'json', names }, new Budget());
      const columns = stream.fields.of({ format: 'json', names: NAMES }) ?? [];
      for (const index of stream.lines.keys()) {
        const state = parsed(stream, (each) => parseJson(each), index);
        const isOdd = state.error !== '' || (stream.lines[index] as string).includes('"o"');
        assert.equal(stream.fields.isRegular('json', index), !isOdd, stream.lines[index]);
        if (isOdd) continue;
        assert.deepEqual(
          columns.map((column) => column[index]),
          NAMES.map((name) => state.get(name)),
          stream.lines[index],
        );
      }
    }),
  );
});

test('columns are forgotten when lines come, and the oldest when there are many', async () => {
  const stream = streamOf(['k=1']);
  const need = { format: 'logfmt', names: ['k'] } as const;
  await stream.fields.read(need, new Budget());
  assert.ok(stream.fields.has(need));
  stream.append({ time: { ms: 9, ns: 0 }, line: 'k=2', metadata: [] });
  stream.seal();
  assert.equal(stream.fields.of(need), undefined);
  for (let index = 0; index < 30; index++) {
    await stream.fields.read({ format: 'logfmt', names: [`f${index}`] }, new Budget());
  }
  assert.equal(stream.fields.has({ format: 'logfmt', names: ['f0'] }), false);
  assert.equal(stream.fields.has({ format: 'logfmt', names: ['f29'] }), true);
});

test('paths into JSON lines', async () => {
  const stream = streamOf(['{"a":{"b":[1,{"c":"x"}]}}', '{}']);
  const need = { format: 'path', names: ['a.b[1].c', 'a.b[0]'] } as const;
  await stream.fields.read(need, new Budget());
  assert.deepEqual(stream.fields.of(need), [
    ['x', undefined],
    ['1', undefined],
  ]);
});
