import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WriteRequest } from 'generator/sinks/prometheus-encoding';
import { apiOf, data, error, filled } from './api/asking.js';
import { PROMETHEUS_2 } from './semantics.js';

test('an instant query gives vectors, scalars, strings and range vectors', async () => {
  const ask = filled();
  const answer = await ask('GET', '/api/v1/query?query=up&time=60');
  assert.equal(
    answer.body,
    '{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"up","job":"api"},"value":[60,"1e-07"]},{"metric":{"__name__":"up","job":"db"},"value":[60,"2"]}]}}',
  );
  assert.deepEqual(await data(ask, '/api/v1/query?query=1e-7&time=1.5'), {
    resultType: 'scalar',
    result: [1.5, '0.0000001'],
  });
  assert.deepEqual(await data(ask, '/api/v1/query?query="a"&time=1970-01-01T00:00:01Z'), {
    resultType: 'string',
    result: [1, 'a'],
  });
  assert.deepEqual(await data(ask, '/api/v1/query?query=up{job="api"}[2m]&time=121', 'POST'), {
    resultType: 'matrix',
    result: [
      {
        metric: { __name__: 'up', job: 'api' },
        values: [
          [60, '1e-07'],
          [120.5, 'NaN'],
        ],
      },
    ],
  });
});

test('a range query gives a matrix, with a limit of series if one is asked for', async () => {
  const ask = filled();
  const range = '/api/v1/query_range?start=0&end=125&step=1m';
  const result = [
    {
      metric: { job: 'api' },
      values: [
        [0, '1'],
        [60, '1e-07'],
        [120, '1e-07'],
      ],
    },
  ];
  assert.deepEqual(await data(ask, `${range}&query=sum by (job) (up{job="api"})`), {
    resultType: 'matrix',
    result,
  });
  const { body: text } = await ask('GET', `${range}&query=up * 1&limit=1`);
  const limited = JSON.parse(`${text}`);
  assert.deepEqual(limited.data, { resultType: 'matrix', result });
  assert.deepEqual(limited.warnings, ['results truncated due to limit']);
});

test('hints stand beside the result', async () => {
  const ask = filled();
  const { body: text } = await ask('GET', '/api/v1/query?query=rate(up[2m])&time=121');
  assert.equal(JSON.parse(`${text}`).infos.length, 1);
  const { body: plain } = await ask('GET', '/api/v1/query?query=1&time=1');
  assert.deepEqual(Object.keys(JSON.parse(`${plain}`)), ['status', 'data']);
});

test('series, names and values of labels', async () => {
  const ask = filled();
  assert.deepEqual(await data(ask, '/api/v1/series?match[]=up{job="db"}&match[]=up', 'POST'), [
    { __name__: 'up', job: 'api' },
    { __name__: 'up', job: 'db' },
  ]);
  assert.deepEqual(await data(ask, '/api/v1/series?match[]=up&start=100&end=200'), [
    { __name__: 'up', job: 'api' },
  ]);
  assert.deepEqual(await data(ask, '/api/v1/labels'), ['__name__', 'job']);
  assert.deepEqual(await data(ask, '/api/v1/labels?match[]=nope'), []);
  assert.deepEqual(await data(ask, '/api/v1/labels?start=500'), []);
  assert.deepEqual(await data(ask, '/api/v1/label/job/values'), ['api', 'db']);
  assert.deepEqual(await data(ask, '/api/v1/label/job/values?match[]=up{job!="db"}'), ['api']);
  assert.deepEqual(await data(ask, '/api/v1/label/job/values?limit=1'), ['api']);
  assert.equal(await error(ask, '/api/v1/series'), '400 bad_data no match[] parameter provided');
  assert.match(
    await error(ask, '/api/v1/series?match[]=sum(up)'),
    /invalid parameter "match\[\]": 1:4: parse error: unexpected "\("/,
  );
  const two = filled({ semantics: PROMETHEUS_2 });
  assert.equal(await error(two, '/api/v1/label/a-b/values'), '400 bad_data invalid label name: "a-b"');
  assert.deepEqual(await data(ask, '/api/v1/label/a-b/values'), []);
});

test('exemplars of the series that a query selects', async () => {
  const ask = filled();
  const address = '/api/v1/query_exemplars?query=sum(rate(up[1m])) / up';
  const exemplars = [{ labels: { trace_id: 'abc' }, value: '1e-07', timestamp: 60.25 }];
  assert.deepEqual(await data(ask, address), [{ seriesLabels: { __name__: 'up', job: 'api' }, exemplars }]);
  assert.deepEqual(await data(ask, `${address}&start=61`), []);
  assert.deepEqual(await data(ask, `${address}&end=60`), []);
  assert.match(
    await error(ask, `${address}&start=2&end=1`),
    /end timestamp must not be before start timestamp/,
  );
});

test('what clients ask before they query', async () => {
  const ask = apiOf();
  const { version } = (await data(ask, '/api/v1/status/buildinfo')) as { version: string };
  assert.match(version, /^3\./);
  assert.deepEqual(await data(ask, '/api/v1/metadata?limit=5'), {});
  assert.equal(await error(ask, '/api/v1/metadata?limit=x'), '400 bad_data limit must be a number');
  assert.deepEqual(await data(ask, '/api/v1/rules'), { groups: [] });
  assert.deepEqual(await data(ask, '/api/v1/alerts'), { alerts: [] });
  assert.equal(await data(ask, '/api/v1/format_query?query=sum(a)by(b)'), 'sum by (b) (a)');
  assert.equal((await ask('GET', '/-/ready')).body, 'Prometheus Server is Ready.\n');
  assert.equal((await ask('GET', '/-/healthy')).status, 200);
});

test('other paths and methods', async () => {
  const ask = apiOf();
  assert.deepEqual((await ask('GET', '/api/v1/nope')).status, 404);
  assert.deepEqual((await ask('PUT', '/api/v1/query?query=1')).status, 405);
  assert.deepEqual((await ask('GET', '/api/v1/write')).status, 405);
  assert.deepEqual((await ask('POST', '/api/v1/label/a/values')).status, 405);
});

function request(): Uint8Array {
  const writing = new WriteRequest();
  writing.add({ name: 'load', labels: {}, timestamps_ms: [60_000], values: [3], exemplars: [] });
  return writing.take();
}

test('what is written can be queried', async () => {
  const ask = apiOf();
  assert.deepEqual(await ask('POST', '/api/v1/write', request()), { status: 204, body: '' });
  const result = [{ metric: { __name__: 'load' }, value: [60, '3'] }];
  assert.deepEqual(await data(ask, '/api/v1/query?query=load&time=60'), { resultType: 'vector', result });
});

test('writes are refused when they are wrong, or not allowed', async () => {
  const ask = apiOf();
  assert.deepEqual(await ask('POST', '/api/v1/write', Buffer.from('abc')), {
    status: 400,
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    body: 'snappy: corrupt input\n',
  });
  const { status, body: text } = await apiOf({ isWritable: () => false })('POST', '/api/v1/write', request());
  assert.equal(status, 403);
  assert.match(`${text}`, /read-only .* --writable/);
});
