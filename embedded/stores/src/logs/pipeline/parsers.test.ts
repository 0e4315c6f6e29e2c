import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelsOf, run } from '../testing/pipeline.js';
import { createHints } from './hints.js';

test('json: values become labels, those of inner objects under joined names', () => {
  const line = '{"a":"x\\ny","b":{"c":1,"d.e":true},"f":null,"g":[1],"1h":2}';
  assert.deepEqual(labelsOf('| json', line), { a: 'x\ny', b_c: '1', b_d_e: 'true', _1h: '2' });
});

test('json: names that are taken get a suffix', () => {
  const input = { labels: { app: 'a', level: 'info' }, metadata: { id: '7' } };
  assert.deepEqual(labelsOf('| json', '{"level":"x","id":"y","b":"1","b":"2"}', input), {
    level_extracted: 'x',
    id: '7',
    id_extracted: 'y',
    b: '1',
  });
});

test('json: a line that is none keeps what was read, and has an error', () => {
  const labels = labelsOf('| json', '{"a":1,"b":x}');
  assert.deepEqual(labels, { a: '1', __error__: 'JSONParserErr', __error_details__: 'Unknown value type' });
  assert.equal(labelsOf('| json', 'plain')?.__error__, 'JSONParserErr');
  assert.equal(labelsOf('| json', '{"a":1')?.__error__, 'JSONParserErr');
});

test('json with expressions', () => {
  const line = '{"a":{"b":[{"c":"x"},2]},"d":null,"e f":"g"}';
  assert.deepEqual(
    labelsOf('| json c="a.b[0].c", two="a.b[1]", all="a", d, e="[\\"e f\\"]", no="x.y"', line),
    {
      c: 'x',
      two: '2',
      all: '{"b":[{"c":"x"},2]}',
      d: '',
      e: 'g',
      no: '',
    },
  );
  assert.equal(labelsOf('| json a', 'plain')?.__error__, 'JSONParserErr');
});

test('logfmt: pairs, with quotes, without values, once each', () => {
  assert.deepEqual(labelsOf('| logfmt', 'a=1 b="x y" c= d a=2 e.f="q\\"r" =x g"h'), {
    a: '1',
    b: 'x y',
    e_f: 'q"r',
  });
  assert.deepEqual(labelsOf('| logfmt --keep-empty', 'a= b'), { a: '', b: '' });
  assert.equal(labelsOf('| logfmt --strict', 'a=1 =x b=2')?.b, undefined);
  assert.deepEqual(labelsOf('| logfmt --strict', 'a=1 b=x"y'), {
    a: '1',
    __error__: 'LogfmtParserErr',
    __error_details__: `logfmt syntax error at pos 8 : unexpected '"'`,
  });
});

test('logfmt with expressions: the last of a name, empty when there is none', () => {
  assert.deepEqual(labelsOf('| logfmt x="a", b, c', 'a=1 b=2 a=3 d=4'), { x: '3', b: '2', c: '' });
});

test('pattern: captures between texts', () => {
  assert.deepEqual(labelsOf('| pattern "<method> <_> <status>"', 'GET /x 200 OK'), {
    method: 'GET',
    status: '200 OK',
  });
  assert.deepEqual(labelsOf('| pattern "<a>: <b>"', 'no colon'), { a: 'no colon' });
  assert.deepEqual(labelsOf('| pattern "x<a>"', 'y'), {});
});

test('regexp: named groups', () => {
  assert.deepEqual(labelsOf('| regexp "(?P<m>[A-Z]+) (?P<p>\\\\S+)( (?P<no>z))?"', 'GET /x'), {
    m: 'GET',
    p: '/x',
    no: '',
  });
  assert.deepEqual(labelsOf('| regexp "(?P<m>[0-9]+)"', 'GET'), {});
});

test('unpack: texts become labels and the entry the line, only when there is one', () => {
  assert.deepEqual(run('| unpack', '{"a":"1","n":2,"_entry":"in\\"ner"}'), {
    line: 'in"ner',
    labels: { a: '1' },
  });
  assert.deepEqual(run('| unpack', '{"a":"1"}'), { line: '{"a":"1"}', labels: {} });
  assert.equal(labelsOf('| unpack', 'plain')?.__error__, 'JSONParserErr');
});

test('decolorize takes the escape sequences away', () => {
  assert.equal(run('| decolorize', '\u001b[1;31mred\u001b[0m plain')?.line, 'red plain');
});

const needs = { byStages: [], groups: ['a'], without: false, noLabels: false };

test('parsers read no more than the query needs, and stop there', () => {
  const hints = createHints(needs);
  assert.deepEqual(labelsOf('| json', '{"a":1,"b":2,broken', { hints }), { a: '1' });
  assert.deepEqual(labelsOf('| logfmt', 'b=1 a=2 c=3', { hints }), { a: '2' });
  assert.deepEqual(labelsOf('| json', '{"b":2,broken', { hints })?.__error__, 'JSONParserErr');
  const none = createHints({ ...needs, groups: [], noLabels: true });
  assert.deepEqual(labelsOf('| json', 'broken', { hints: none }), {});
});

test('errors that the query asks for are marked', () => {
  const hints = createHints({ ...needs, groups: ['__error__'] });
  assert.equal(labelsOf('| json', 'x', { hints })?.__preserve_error__, 'true');
});

test('names with the suffix are looked for without it too', () => {
  const { required } = createHints({ ...needs, groups: ['a_extracted'] });
  assert.deepEqual([...(required ?? [])], ['a_extracted', 'a']);
});
