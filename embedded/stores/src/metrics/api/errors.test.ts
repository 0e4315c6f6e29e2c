import assert from 'node:assert/strict';
import { test } from 'node:test';
import { error, filled } from './asking.js';

test('parameters are checked in the words of the engine', async () => {
  const ask = filled();
  const range = '/api/v1/query_range?query=1';
  assert.equal(
    await error(ask, '/api/v1/query?query=sum('),
    '400 bad_data invalid parameter "query": 1:5: parse error: unclosed left parenthesis',
  );
  assert.equal(
    await error(ask, '/api/v1/query?query=1&time=x'),
    `400 bad_data invalid parameter "time": Invalid time value for 'time': cannot parse "x" to a valid timestamp`,
  );
  assert.equal(
    await error(ask, '/api/v1/query?query=1&timeout=x'),
    '400 bad_data invalid parameter "timeout": cannot parse "x" to a valid duration',
  );
  assert.equal(
    await error(ask, `${range}&start=0`),
    '400 bad_data invalid parameter "end": cannot parse "" to a valid timestamp',
  );
  assert.equal(
    await error(ask, `${range}&start=1&end=0&step=1`),
    '400 bad_data invalid parameter "end": end timestamp must not be before start time',
  );
  assert.equal(
    await error(ask, `${range}&start=0&end=1&step=0`),
    '400 bad_data invalid parameter "step": zero or negative query resolution step widths are not accepted. Try a positive integer',
  );
  assert.match(
    await error(ask, `${range}&start=0&end=1&step=0.0001`),
    /^400 bad_data invalid parameter "step": /,
  );
  assert.equal(
    await error(ask, `${range}&start=0&end=11001&step=1`),
    '400 bad_data exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
  );
  assert.match(
    await error(ask, '/api/v1/query_range?query=up[1m]&start=0&end=1&step=1'),
    /^400 bad_data invalid expression type "range vector"/,
  );
  assert.equal(
    await error(ask, '/api/v1/query?query=1&limit=-1'),
    '400 bad_data invalid parameter "limit": limit must be non-negative',
  );
  assert.match(
    await error(ask, '/api/v1/query?query=up * on () up&time=60'),
    /^422 execution found duplicate series/,
  );
  assert.match(
    await error(ask, '/api/v1/query?query=up[100y:1ms]'),
    /^422 execution the query holds more than/,
  );
  assert.match(
    await error(ask, '/api/v1/query?query=limitk(1, up)'),
    /^400 bad_data .* limitk\(\) is experimental/,
  );
  assert.match(
    await error(ask, '/api/v1/query?query=1&timeout=0s'.replace('1&', 'sum_over_time(vector(1)[1d:1s])&')),
    /^503 timeout /,
  );
});
