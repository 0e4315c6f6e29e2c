import assert from 'node:assert/strict';
import { test } from 'node:test';
import protobuf from 'protobufjs/minimal.js';
import { compress } from 'snappyjs';
import type { ApiAnswer } from '../http/api.js';
import { createLogsApi } from './api.js';
import { LogsStore } from './store.js';

const BASE_MS = Date.UTC(2026, 2, 2, 9);

class Loki {
  writable = true;
  readonly #api = createLogsApi(new LogsStore(), { isWritable: () => this.writable });

  async ask(
    path: string,
    parameters: Readonly<Record<string, string>> = {},
    headers: Record<string, string> = {},
  ) {
    const query = new URLSearchParams({
      start: `${BASE_MS}000000`,
      end: `${BASE_MS + 60_000}000000`,
      ...parameters,
    });
    return this.#send({ method: 'GET', path, query, headers, body: new Uint8Array() });
  }

  async push(body: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }) {
    const bytes =
      body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    return this.#send({
      method: 'POST',
      path: '/loki/api/v1/push',
      query: new URLSearchParams(),
      headers,
      body: bytes,
    });
  }

  async method(method: string, path: string): Promise<number> {
    return (
      await this.#send({ method, path, query: new URLSearchParams(), headers: {}, body: new Uint8Array() })
    ).status;
  }

  #send({ method, path, query, headers, body }: Sent): Promise<ApiAnswer> {
    const { signal } = new AbortController();
    return this.#api({ method, path, parameters: query, headers, body, signal });
  }
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes, looked into right away.
function dataOf({ status, body }: ApiAnswer): any {
  assert.equal(status, 200, String(body));
  const parsed = JSON.parse(String(body));
  return parsed.data ?? parsed;
}

function at(ms: number): string {
  return `${BASE_MS + ms}000000`;
}

async function loaded(): Promise<Loki> {
  const loki = new Loki();
  const streams = [
    {
      stream: { app: 'a', level: 'info' },
      values: [
        [at(1000), '{"k":"one","n":1}', { id: 'x' }],
        [at(2000), '{"k":"two","n":2.5}', { id: 'y' }],
      ],
    },
    { stream: { app: 'b' }, values: [[at(1500), 'k=three d=5s level=error']] },
  ];
  assert.equal((await loki.push({ streams })).status, 204);
  return loki;
}

test('lines by streams, the newest first, with what is beside and within them', async () => {
  const loki = await loaded();
  const { resultType, result, stats } = dataOf(
    await loki.ask('/loki/api/v1/query_range', { query: '{app="a"} | json k' }),
  );
  assert.equal(resultType, 'streams');
  assert.deepEqual(result, [
    {
      stream: { app: 'a', detected_level: 'info', id: 'x', k: 'one', level: 'info' },
      values: [[at(1000), '{"k":"one","n":1}']],
    },
    {
      stream: { app: 'a', detected_level: 'info', id: 'y', k: 'two', level: 'info' },
      values: [[at(2000), '{"k":"two","n":2.5}']],
    },
  ]);
  assert.equal(stats.summary.totalLinesProcessed, 2);
  assert.equal(stats.ingester.store.chunk.headChunkLines, 2);
});

test('labels by category, for who asks so', async () => {
  const loki = await loaded();
  const headers = { 'x-loki-response-encoding-flags': 'categorize-labels' };
  const query = { query: '{app="a"} | json k', limit: '1' };
  const { encodingFlags, result } = dataOf(await loki.ask('/loki/api/v1/query_range', query, headers));
  assert.deepEqual(encodingFlags, ['categorize-labels']);
  const categories = { structuredMetadata: { detected_level: 'info', id: 'y' }, parsed: { k: 'two' } };
  assert.deepEqual(result, [
    { stream: { app: 'a', level: 'info' }, values: [[at(2000), '{"k":"two","n":2.5}', categories]] },
  ]);
});

test('directions, limits and intervals', async () => {
  const loki = await loaded();
  const times = async (parameters: Record<string, string>) => {
    const query = { query: '{app=~".+"}', ...parameters };
    const { result } = dataOf(await loki.ask('/loki/api/v1/query_range', query));
    return (result as { values: [string][] }[]).flatMap(({ values }) => values.map(([time]) => time)).sort();
  };
  assert.deepEqual(await times({ limit: '2' }), [at(1500), at(2000)]);
  assert.deepEqual(await times({ limit: '2', direction: 'forward' }), [at(1000), at(1500)]);
  assert.deepEqual(await times({ interval: '1s', direction: 'FORWARD' }), [at(1000), at(2000)]);
  assert.deepEqual(await times({ start: at(1500), end: at(2000) }), [at(1500)], 'the end is not in it');
  assert.deepEqual(
    await times({ start: new Date(BASE_MS + 1500).toISOString(), end: String(BASE_MS / 1000 + 2) }),
    [at(1500)],
  );
});

test('numbers over time, and at one time', async () => {
  const loki = await loaded();
  const query = 'sum by (app) (count_over_time({app=~".+"}[2s]))';
  const range = { query, start: at(1000), end: at(3500), step: '1' };
  assert.deepEqual(dataOf(await loki.ask('/loki/api/v1/query_range', range)).result, [
    {
      metric: { app: 'a' },
      values: [
        [BASE_MS / 1000 + 1, '1'],
        [BASE_MS / 1000 + 2, '2'],
        [BASE_MS / 1000 + 3, '1'],
      ],
    },
    {
      metric: { app: 'b' },
      values: [
        [BASE_MS / 1000 + 2, '1'],
        [BASE_MS / 1000 + 3, '1'],
      ],
    },
  ]);
  const instant = dataOf(await loki.ask('/loki/api/v1/query', { query, time: at(2500) }));
  assert.equal(instant.resultType, 'vector');
  assert.deepEqual(instant.result[0], { metric: { app: 'a' }, value: [BASE_MS / 1000 + 2.5, '2'] });
  const scalar = dataOf(await loki.ask('/loki/api/v1/query', { query: '1 + 1', time: '1772445600' }));
  assert.deepEqual([scalar.resultType, scalar.result], ['scalar', [1558168923883, '2']]);
});

test('an order that the query asks for is kept', async () => {
  const loki = await loaded();
  const apps = async (query: string) => {
    const { result } = dataOf(await loki.ask('/loki/api/v1/query', { query, time: at(5000) }));
    return (result as { metric: { app: string } }[]).map(({ metric }) => metric.app);
  };
  const counted = 'sum by (app) (count_over_time({app=~".+"}[10s]))';
  assert.deepEqual(await apps(`sort(${counted})`), ['b', 'a']);
  assert.deepEqual(await apps(`topk(2, ${counted})`), ['a', 'b']);
});

test('labels, their values, and series', async () => {
  const loki = await loaded();
  assert.deepEqual(dataOf(await loki.ask('/loki/api/v1/labels')), ['app', 'level']);
  assert.deepEqual(dataOf(await loki.ask('/loki/api/v1/labels', { query: '{app="b"}' })), ['app']);
  assert.deepEqual(dataOf(await loki.ask('/loki/api/v1/label/app/values')), ['a', 'b']);
  assert.deepEqual(dataOf(await loki.ask('/loki/api/v1/label/nope/values')), { status: 'success' });
  assert.deepEqual(dataOf(await loki.ask('/loki/api/v1/series', { 'match[]': '{app="b"}' })), [{ app: 'b' }]);
  assert.equal(dataOf(await loki.ask('/loki/api/v1/series')).length, 2);
  assert.deepEqual(
    dataOf(await loki.ask('/loki/api/v1/series', { 'match[]': '{app="b"}', start: at(2000) })),
    [],
  );
});

test('how much there is', async () => {
  const loki = await loaded();
  const stats = dataOf(await loki.ask('/loki/api/v1/index/stats', { query: '{app="a"}' }));
  assert.deepEqual(stats, { streams: 1, chunks: 1, bytes: 36, entries: 2 });
  const volume = async (parameters: Record<string, string>) => {
    const { result } = dataOf(
      await loki.ask('/loki/api/v1/index/volume', { query: '{app=~".+"}', ...parameters }),
    );
    return (result as { metric: object; value: [number, string] }[]).map(({ metric, value }) => [
      metric,
      value[1],
    ]);
  };
  assert.deepEqual(await volume({}), [
    [{ app: 'a' }, '36'],
    [{ app: 'b' }, '24'],
  ]);
  assert.deepEqual(await volume({ limit: '1' }), [[{ app: 'a' }, '36']]);
  assert.deepEqual(await volume({ targetLabels: 'level' }), [
    [{ level: 'info' }, '36'],
    [{}, '24'],
  ]);
  assert.deepEqual(await volume({ aggregateBy: 'labels' }), [
    [{ app: '' }, '60'],
    [{ level: '' }, '36'],
  ]);
  const range = { query: '{app="a"}', step: '2s', end: at(3000) };
  const { result } = dataOf(await loki.ask('/loki/api/v1/index/volume_range', range));
  assert.deepEqual(result[0].values, [
    [BASE_MS / 1000 + 1.999, '17'],
    [BASE_MS / 1000 + 3, '19'],
  ]);
});

test('what fields there are in lines', async () => {
  const loki = await loaded();
  const { fields, limit } = dataOf(await loki.ask('/loki/api/v1/detected_fields', { query: '{app=~".+"}' }));
  const found = (fields as { label: string }[]).sort((a, b) => (a.label < b.label ? -1 : 1));
  assert.equal(limit, 1000);
  assert.deepEqual(found, [
    { label: 'd', type: 'duration', cardinality: 1, parsers: ['logfmt'] },
    { label: 'detected_level', type: 'string', cardinality: 2, parsers: null },
    { label: 'id', type: 'string', cardinality: 2, parsers: null },
    { label: 'k', type: 'string', cardinality: 3, parsers: ['json', 'logfmt'], jsonPath: ['k'] },
    { label: 'level', type: 'string', cardinality: 1, parsers: ['logfmt'] },
    { label: 'n', type: 'int', cardinality: 2, parsers: ['json'], jsonPath: ['n'] },
  ]);
  assert.deepEqual(dataOf(await loki.ask('/loki/api/v1/detected_field/k/values', { query: '{app="a"}' })), {
    values: ['one', 'two'],
    limit: 1000,
  });
  assert.deepEqual(dataOf(await loki.ask('/loki/api/v1/detected_labels')), {
    detectedLabels: [
      { label: 'app', cardinality: 2 },
      { label: 'level', cardinality: 1 },
    ],
  });
});

test('the rest of what clients ask', async () => {
  const loki = await loaded();
  assert.equal((await loki.ask('/ready')).body, 'ready\n');
  assert.equal(dataOf(await loki.ask('/loki/api/v1/status/buildinfo')).version, '3.7.6');
  assert.equal(
    dataOf(await loki.ask('/loki/api/v1/format_query', { query: '{a="b"}|="c"' })),
    '{a="b"} |= "c"',
  );
  const broken = await loki.ask('/loki/api/v1/format_query', { query: '{' });
  assert.equal(broken.status, 400);
  assert.equal(JSON.parse(String(broken.body)).status, 'invalid-query');
  const tail = await loki.ask('/loki/api/v1/tail', { query: '{a="b"}' });
  assert.deepEqual([tail.status, /^tail is not served/.test(String(tail.body))], [400, true]);
  assert.equal((await loki.ask('/loki/api/v1/patterns')).status, 404);
  assert.equal((await loki.ask('/nothing')).status, 404);
  assert.equal(await loki.method('DELETE', '/loki/api/v1/query'), 405);
  assert.equal(await loki.method('GET', '/loki/api/v1/push'), 405);
});

const WRONG: readonly (readonly [path: string, parameters: Record<string, string>, message: string])[] = [
  [
    'query_range',
    { query: '{app="a"} |=' },
    'parse error at line 1, col 13: syntax error: unexpected $end, expecting STRING or ip',
  ],
  [
    'query_range',
    { query: '{app="a"}', limit: '5001' },
    'max entries limit per query exceeded, limit > max_entries_limit_per_query (5001 > 5000)',
  ],
  ['query_range', { query: '{app="a"}', limit: '0' }, 'limit must be a positive value'],
  ['query_range', { query: '{app="a"}', limit: 'x' }, 'strconv.Atoi: parsing "x": invalid syntax'],
  [
    'query_range',
    { query: '{app="a"}', start: '2', end: '1' },
    'end timestamp must not be before or equal to start time',
  ],
  [
    'query_range',
    { query: '{app="a"}', start: 'x' },
    `could not parse 'start' parameter: strconv.ParseInt: parsing "x": invalid syntax`,
  ],
  ['query_range', { query: '{app="a"}', direction: 'up' }, "invalid direction 'up'"],
  [
    'query_range',
    { query: '{app="a"}', step: '-1' },
    'zero or negative query resolution step widths are not accepted. Try a positive integer',
  ],
  ['query_range', { query: '{app="a"}', step: 'x' }, 'cannot parse "x" to a valid duration'],
  [
    'query_range',
    { query: '{app="a"}', step: '0.001' },
    'exceeded maximum resolution of 11,000 points per time series. Try increasing the value of the step parameter',
  ],
  ['query_range', { query: '{app="a"}', interval: '-1' }, 'interval must be >= 0'],
  [
    'query',
    { query: '{app="a"}' },
    'log queries are not supported as an instant query type, please change your query to a range query type',
  ],
  ['query', { query: '1', time: 'x' }, 'strconv.ParseInt: parsing "x": invalid syntax'],
  ['labels', { query: '{app="a"} |= "x"' }, 'only label matchers are supported'],
  [
    'labels',
    { start: '2', end: '1' },
    'this data is no longer available, it is past now - max_query_lookback (0s)',
  ],
  ['series', { 'match[]': 'rate({app="a"}[1m])' }, 'only label matchers are supported'],
  ['index/volume', { query: '{app="a"}', aggregateBy: 'x' }, 'invalid aggregation option'],
  ['detected_fields', { query: 'rate({app="a"}[1m])' }, 'only log selector is supported'],
];

test('what is wrong with a request is told in the words of the engine', async () => {
  const loki = await loaded();
  for (const [path, parameters, message] of WRONG) {
    const { status, body } = await loki.ask(`/loki/api/v1/${path}`, parameters);
    assert.deepEqual([status, body], [400, message], path);
  }
});

test('too many series, and steps that fail on the data', async () => {
  const loki = new Loki();
  const values = Array.from({ length: 502 }, (_, index) => [at(index), 'x', { id: String(index) }]);
  await loki.push({ streams: [{ stream: { app: 'a' }, values }] });
  const many = await loki.ask('/loki/api/v1/query', {
    query: 'count_over_time({app="a"}[1m])',
    time: at(60_000),
  });
  assert.equal(many.status, 400);
  assert.match(String(many.body), /^maximum number of series \(500\) reached for a single query/);
  const counted = 'sum by (id) (count_over_time({app="a"}[1m]))';
  const failed = await loki.ask('/loki/api/v1/query', {
    query: `${counted} + on () ${counted}`,
    time: at(60_000),
  });
  assert.deepEqual(
    [failed.status, /many-to-many matching not allowed/.test(String(failed.body))],
    [400, true],
  );
});

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
