import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseLine } from './corpus.js';

test('what is asked, usual parameters, and a text with colons', () => {
  const query = parseLine('range: sum(rate(x[1m:5s]))', 'prometheus', 'here');
  assert.equal(query.path, '/api/v1/query_range');
  assert.deepEqual(query.parameters, [
    ['start', '$start'],
    ['end', '$end'],
    ['step', '$step'],
    ['query', 'sum(rate(x[1m:5s]))'],
  ]);
  assert.equal(query.wrong, false);
});

test('parameters: replaced, left out, given twice, with spaces, without a value', () => {
  const query = parseLine(
    'get post match[]=`{a="b c"}` match[]=up start=$end-30s: /api/v1/series',
    'prometheus',
    'here',
  );
  assert.equal(query.method, 'POST');
  assert.equal(query.path, '/api/v1/series');
  assert.deepEqual(query.parameters, [
    ['match[]', '{a="b c"}'],
    ['match[]', 'up'],
    ['start', '$end-30s'],
  ]);
  const without = parseLine('! range -step limit=5 categorize: {', 'loki', 'here');
  assert.ok(without.wrong && without.categorize);
  assert.deepEqual(without.parameters, [
    ['start', '$start'],
    ['end', '$end'],
    ['limit', '5'],
    ['query', '{'],
  ]);
});

test('a line that is no query is named', () => {
  for (const line of ['nosuch: up', 'range up', 'range step: =5 up']) {
    assert.throws(() => parseLine(line, 'tempo', 'corpus/x.txt:7'), /^Error: corpus\/x\.txt:7: not a query/);
  }
});
