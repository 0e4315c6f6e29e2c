import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseLogfmt } from './logfmt.js';
import { goDuration_s } from './read-logs.js';

test('logfmt fields: bare, quoted, escaped, empty', () => {
  const line = String.raw`pid=42 state="idle in transaction" query="SELECT \"a=b\", '\\'" xact_time= wait="" last=1`;
  assert.deepEqual(
    [...parseLogfmt(line)],
    [
      ['pid', '42'],
      ['state', 'idle in transaction'],
      ['query', String.raw`SELECT "a=b", '\'`],
      ['xact_time', ''],
      ['wait', ''],
      ['last', '1'],
    ],
  );
});

test('whatever is quoted comes back', () => {
  const quoted = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`;
  fc.assert(
    fc.property(fc.array(fc.string()), (values) => {
      const line = values.map((value, i) => `k${i}=${quoted(value)}`).join(' ');
      assert.deepEqual([...parseLogfmt(line).values()], values);
    }),
    { seed: 1 },
  );
});

test('durations as Go prints them', () => {
  const nanoseconds = (text: string) => Math.round(goDuration_s(text) * 1e9);
  const texts = ['1m2.5s', '350ms', '12.5µs', '1h0m0s', '0s', '90ns'];
  assert.deepEqual(texts.map(nanoseconds), [62.5e9, 350e6, 12_500, 3600e9, 0, 90]);
  for (const text of ['', '5', 's', '1x', '1s ', '-1s']) assert.throws(() => goDuration_s(text), SyntaxError);
});
