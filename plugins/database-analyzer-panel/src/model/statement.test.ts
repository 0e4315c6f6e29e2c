import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readComment, shortStatement, traceIdOf, withoutComments } from './statement';

const COMMENTED =
  "SELECT 1 /*route='%2Fapi%2Fa',traceparent='00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'*/";

test('a trailing comment is read and left out of the statement', () => {
  assert.equal(withoutComments(COMMENTED), 'SELECT 1');
  const { route, traceparent } = readComment(COMMENTED);
  assert.equal(route, '/api/a');
  assert.equal(traceIdOf(traceparent), '0af7651916cd43dd8448eb211c80319c');
});

test('a comment that was cut off is no part of the statement either', () => {
  const cut = COMMENTED.slice(0, 40);
  assert.equal(withoutComments(cut), 'SELECT 1');
  assert.equal(readComment(cut).traceparent, undefined);
});

test('a traceparent that names no trace is none', () => {
  for (const text of [undefined, '', 'garbage', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`]) {
    assert.equal(traceIdOf(text), undefined);
  }
});

test('statements are shortened to verb and table', () => {
  const cases = {
    'insert into "app"."steps" (a, b) VALUES ($1, $2)': 'INSERT INTO app.steps',
    'UPDATE workflows SET a = $1': 'UPDATE workflows',
    'DELETE FROM jobs WHERE id = $1': 'DELETE FROM jobs',
    'SELECT a,\n b FROM users WHERE c': 'SELECT … FROM users',
    'with x as (select 1) select * from x': 'SELECT … FROM x',
    BEGIN: 'BEGIN',
    'SELECT 1': 'SELECT 1',
  };
  for (const [sql, short] of Object.entries(cases)) assert.equal(shortStatement(sql), short);
});
