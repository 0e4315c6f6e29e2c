import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apiConfig, workerConfig } from '../src/lib/config.js';

const DATABASE_URL = 'postgres://localhost/app';

test('has defaults for everything but the database', () => {
  const api = apiConfig({ DATABASE_URL });
  assert.deepEqual(
    [api.port, api.database.pool.max, api.database.pool.acquireTimeoutMs],
    [3000, 200, 10_000],
  );
  assert.deepEqual(
    [workerConfig({ DATABASE_URL }).port, workerConfig({ DATABASE_URL }).database.pool.max],
    [3001, 17],
  );
  assert.throws(() => apiConfig({}), /DATABASE_URL is not set/);
});

test('takes values from the environment', () => {
  const env = {
    DATABASE_URL,
    API_POOL_MAX: '5',
    VALIDATION_SERVICE_URL: 'http://v',
    VALIDATION_SERVICE_TIMEOUT_MS: '9',
  };
  const api = apiConfig(env);
  assert.deepEqual([api.database.pool.max, api.database.pool.min], [5, 5]);
  assert.deepEqual(api.validationService, { url: 'http://v', timeoutMs: 9 });
});

test('refuses values out of range by name', () => {
  for (const value of ['0', '1.5', 'many', '10001']) {
    const allowed = /API_POOL_MAX is ".*", allowed are whole numbers from 1 to 10000/;
    assert.throws(() => apiConfig({ DATABASE_URL, API_POOL_MAX: value }), allowed);
  }
});
