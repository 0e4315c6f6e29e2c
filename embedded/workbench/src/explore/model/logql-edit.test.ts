import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Filter, isLogQuery, lineFilterTexts, withFilter, withLineFilter } from './logql-edit';

const filter = (condition: string, origin: Filter['origin'], parser: Filter['parser'] = 'json'): Filter => {
  const [, name = '', operator = '', value = ''] = /^(\w+)(!?=)(.*)$/.exec(condition) ?? [];
  return { name, value, operator: operator as Filter['operator'], origin, parser };
};

test('a label of the stream goes into the selector', () => {
  assert.equal(
    withFilter('{a="b"} | json', filter('level=error', 'stream')),
    '{a="b", level="error"} | json',
  );
  assert.equal(withFilter('{a="b"}', filter('level!=info', 'stream')), '{a="b", level!="info"}');
});

test('another value of a label replaces the one that is asked for; exclusions add up', () => {
  assert.equal(withFilter('{a="b"}', filter('a=c', 'stream')), '{a="c"}');
  assert.equal(withFilter('{a!="b"}', filter('a!=c', 'stream')), '{a!="b", a!="c"}');
  assert.equal(withFilter('{ab="x"}', filter('a=c', 'stream')), '{ab="x", a="c"}');
});

test('the opposite of a filter replaces it, the same one changes nothing', () => {
  assert.equal(withFilter('{a="b", level != "x"}', filter('level=x', 'stream')), '{a="b", level="x"}');
  assert.equal(withFilter('{a="b"}', filter('a=b', 'stream')), '{a="b"}');
  assert.equal(
    withFilter('{a="b"} | x != "1" | y="2"', filter('x=1', 'metadata')),
    '{a="b"} | y="2" | x="1"',
  );
  assert.equal(withFilter('{a="b"} | x="1"', filter('x=1', 'parsed')), '{a="b"} | x="1"');
});

test('metadata is filtered behind a pipe, a field of the line behind its parser, once', () => {
  assert.equal(withFilter('{a="b"}', filter('trace_id=7', 'metadata')), '{a="b"} | trace_id="7"');
  assert.equal(withFilter('{a="b"}', filter('event=x', 'line')), '{a="b"} | json | event="x"');
  assert.equal(withFilter('{a="b"}', filter('pid=7', 'line', 'logfmt')), '{a="b"} | logfmt | pid="7"');
  assert.equal(withFilter('{a="b"} | json', filter('event=x', 'line')), '{a="b"} | json | event="x"');
});

test('values are quoted', () => {
  const sql = { ...filter('q=x', 'metadata'), value: 'say "a\\b"\n' };
  assert.equal(withFilter('{a="b"}', sql), '{a="b"} | q="say \\"a\\\\b\\"\\n"');
});

test('a text is added as a filter of lines, in quotes that it does not contain', () => {
  assert.equal(withLineFilter('{a="b"} | json', 'time "out"', '|='), '{a="b"} | json |= `time "out"`');
  assert.equal(withLineFilter('{a="b"}', 'a`b', '!='), '{a="b"} != "a`b"');
  assert.equal(withLineFilter('{a="b"}', '', '|='), '{a="b"}');
});

test('a query that cannot be read is left as it is', () => {
  assert.equal(withFilter('rubbish', filter('a=b', 'stream')), 'rubbish');
  assert.equal(withLineFilter('', 'x', '|='), '');
});

test('the texts that lines must contain are told', () => {
  assert.deepEqual(lineFilterTexts('{a="b"} |= `x y` |~ "(?i)z" != "no" | json'), ['x y', 'z']);
});

test('queries for lines and for series are told apart', () => {
  assert.equal(isLogQuery('{a="b"} | json'), true);
  assert.equal(isLogQuery('sum(rate({a="b"}[5m]))'), false);
  assert.equal(isLogQuery('1 + 1'), false);
});
