import assert from 'node:assert/strict';
import { test } from 'node:test';
import protobuf from 'protobufjs/minimal.js';
import { compress } from 'snappyjs';
import { at, BASE_MS, dataOf, Loki, loaded } from './testing/loki.js';

test('a push of the wrong shape is refused, whatever it is', async () => {
  const loki = new Loki();
  const value = [at(0), 'x'];
  const bodies = [
    '',
    '{',
    '[]',
    '"x"',
    { streams: {} },
    { streams: [null] },
    { streams: [{ stream: 'x', values: [value] }] },
  ];
  const entries = [['x', 'y'], [1, 'y'], [at(0), null], [at(0), 'y', { k: 1 }], [at(0), 'y', null], 'x'];
  const all = [
    ...bodies,
    ...entries.map((entry) => ({ streams: [{ stream: { a: 'b' }, values: [entry] }] })),
  ];
  for (const body of all) assert.equal((await loki.push(body)).status, 400, JSON.stringify(body));
  assert.match(String((await loki.push({})).body), /at least one valid stream is required/);
  const streams = [{ stream: { a: 'b' }, values: [value] }];
  assert.equal((await loki.push({ streams }, {})).status, 400, 'JSON that does not say so');
});

test('a push that is too large is refused before it is read', async () => {
  const loki = new Loki();
  assert.equal((await loki.push('['.repeat(8 * 1024 * 1024 + 1))).status, 413);
  assert.equal((await loki.push('['.repeat(1024))).status, 400);
});

test('what the engine would not store is refused, the rest is stored', async () => {
  const loki = new Loki();
  const refused = async (stream: object, ...entry: readonly unknown[]) => {
    const { status, body } = await loki.push({ streams: [{ stream, values: [entry] }] });
    assert.equal(status, 400);
    return String(body);
  };
  assert.match(await refused({}, at(0), 'x'), /at least one label pair is required per stream/);
  assert.match(await refused({ 'a.b': 'c' }, at(0), 'x'), /couldn't parse labels/);
  const many = Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`l${index}`, 'x']));
  assert.match(await refused(many, at(0), 'x'), /has 16 label names; limit 15/);
  assert.match(await refused({ a: 'x'.repeat(3000) }, at(0), 'x'), /label value too long/);
  assert.match(
    await refused({ a: 'b' }, at(0), 'x'.repeat(300_000)),
    /max entry size '262144' bytes exceeded/,
  );
  assert.match(await refused({ a: 'b' }, `${Date.now() + 3_600_000}000000`, 'x'), /has timestamp too new/);
  const metadata = Object.fromEntries(Array.from({ length: 129 }, (_, index) => [`k${index}`, 'x']));
  assert.match(await refused({ a: 'b' }, at(0), 'x', metadata), /too many structured metadata labels: '129'/);
  const values = [
    [at(0), 'kept'],
    [at(-100 * 3_600_000), 'too far behind'],
  ];
  const { status, body } = await loki.push({ streams: [{ stream: { a: 'b' }, values }] });
  assert.deepEqual([status, /entry too far behind/.test(String(body))], [400, true]);
  const { result } = dataOf(await loki.ask('/loki/api/v1/query_range', { query: '{a="b"}' }));
  assert.deepEqual(result[0].values, [[at(0), 'kept']]);
});

test('names of structured metadata are made valid, empty labels are none', async () => {
  const loki = new Loki();
  await loki.push({
    streams: [{ stream: { a: 'b', c: '' }, values: [[at(0), 'x', { 'k.x': '1', 3: '2' }]] }],
  });
  const { result } = dataOf(await loki.ask('/loki/api/v1/query_range', { query: '{a="b"}' }));
  assert.deepEqual(result[0].stream, { a: 'b', detected_level: 'unknown', k_x: '1', key_3: '2' });
});

test('nanoseconds are kept', async () => {
  const loki = new Loki();
  const times = [`${BASE_MS}000001`, `${BASE_MS}000002`, `${BASE_MS}000003`];
  await loki.push({ streams: [{ stream: { a: 'b' }, values: times.map((time) => [time, 'x']) }] });
  const span = { start: times[1] as string, end: times[2] as string };
  const { result } = dataOf(await loki.ask('/loki/api/v1/query_range', { query: '{a="b"}', ...span }));
  assert.deepEqual(result[0].values, [[times[1], 'x']]);
});

function protobufPush(labels: string): Uint8Array {
  const writer = protobuf.Writer.create();
  writer.uint32(10).fork().uint32(10).string(labels);
  writer.uint32(18).fork();
  writer
    .uint32(10)
    .fork()
    .uint32(8)
    .int64(BASE_MS / 1000)
    .uint32(16)
    .int32(5_000_007)
    .ldelim();
  writer.uint32(18).string('line');
  writer.uint32(26).fork().uint32(10).string('k').uint32(18).string('v').ldelim();
  return writer.ldelim().ldelim().finish();
}

test('pushes of protobuf', async () => {
  const loki = new Loki();
  const headers = { 'content-type': 'application/x-protobuf' };
  assert.equal((await loki.push(compress(protobufPush('{a="b", c="d",}')), headers)).status, 204);
  const { result } = dataOf(await loki.ask('/loki/api/v1/query_range', { query: '{a="b"}' }));
  assert.deepEqual(result, [
    {
      stream: { a: 'b', c: 'd', detected_level: 'unknown', k: 'v' },
      values: [[`${BASE_MS + 5}000007`, 'line']],
    },
  ]);
  const message = protobufPush('{a="b"}');
  const wrong = [
    Buffer.from('abc'),
    compress(Buffer.from('abc')),
    compress(message.subarray(0, 20)),
    compress(protobufPush('{a')),
  ];
  for (const body of wrong) assert.equal((await loki.push(body, headers)).status, 400);
});

test('read-only stores refuse to write', async () => {
  const loki = await loaded();
  loki.writable = false;
  const { status, body } = await loki.push({ streams: [] });
  assert.deepEqual([status, /read-only.*--writable/.test(String(body))], [403, true]);
  assert.equal(dataOf(await loki.ask('/loki/api/v1/labels')).length, 2);
});
