import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parameterSpecs } from './connection-pool/parameters.js';
import { ParameterError, resolveParameters } from './resolve.js';

const resolve = (overrides: Record<string, unknown>, scale = 1) =>
  resolveParameters(parameterSpecs, { overrides, scale });

test('defaults stand where nothing is given', () => {
  assert.equal(resolve({}).pool_connections, 200);
  assert.deepEqual(resolve({ validation_s: [1, 2, 3] }).validation_s, [1, 2, 3]);
});

test('scale multiplies rates, clients and connections, and nothing else', () => {
  const values = resolve({}, 10);
  assert.deepEqual([values.request_rate, values.import_clients, values.pool_connections], [178, 170, 2000]);
  assert.deepEqual([values.pool_wait_s, values.incident_s], [10, 1800]);
});

const refusals: readonly [string, Record<string, unknown>, RegExp][] = [
  [
    'an unknown name',
    { pool_size: 3 },
    /unknown parameter "pool_size": allowed are warmup_s, .*pool_connections/,
  ],
  ['a value out of range', { pool_wait_s: 500 }, /"pool_wait_s" is 500: allowed is a number, 0.1 to 120 s/],
  ['a text', { pool_wait_s: '10' }, /"pool_wait_s" is "10"/],
  ['a fraction of a connection', { pool_connections: 1.5 }, /2 to 5000, whole/],
  [
    'a window off the grid of scrapes',
    { baseline_s: 61 },
    /1861 s together: allowed are whole multiples of 15 s/,
  ],
  [
    'an incident that never settles',
    { settling_s: 1800 },
    /settling_s is 1800: allowed is less than incident_s, 1800 s/,
  ],
  ['a list of another length', { validation_s: [1, 2] }, /3 ascending numbers/],
  ['a list that descends', { validation_s: [3, 2, 1] }, /3 ascending numbers/],
];
for (const [what, overrides, message] of refusals) {
  test(`${what} is refused by name, with what is allowed`, () => {
    assert.throws(
      () => resolve(overrides),
      (error: Error) => error instanceof ParameterError && message.test(error.message),
    );
  });
}

test('a scale out of range is refused', () => {
  assert.throws(() => resolve({}, Number.NaN), /allowed are 0.1 to 100/);
});
