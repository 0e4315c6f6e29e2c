import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, dataOf, Loki, loaded } from './testing/loki.js';

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
