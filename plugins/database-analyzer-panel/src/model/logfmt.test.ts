import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseLogfmt } from './logfmt';

test('values are plain, quoted or absent', () => {
  assert.deepEqual(parseLogfmt('pid=7 state="idle in transaction" xid= flag client=10.0.0.1:80'), {
    pid: '7',
    state: 'idle in transaction',
    xid: '',
    flag: '',
    client: '10.0.0.1:80',
  });
});

test('escapes within quotes are undone', () => {
  const { query } = parseLogfmt(String.raw`query="SELECT \"a\"\n\tFROM b -- \\ \u00e9" pid=1`);
  assert.equal(query, 'SELECT "a"\n\tFROM b -- \\ é');
});

test('a quote that never closes takes the rest of the line', () => {
  assert.deepEqual(parseLogfmt('a=1 query="SELECT'), { a: '1', query: 'SELECT' });
});

test('what is not logfmt does no harm', () => {
  assert.equal(parseLogfmt('{"message":"hello"}').pid, undefined);
  assert.deepEqual(parseLogfmt(''), {});
});
