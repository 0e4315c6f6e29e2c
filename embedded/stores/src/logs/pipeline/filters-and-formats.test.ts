import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseLogSelector } from '../logql/parse.js';
import { labelsOf, passes, run } from '../testing/pipeline.js';
import { compilePipeline } from './compile.js';

test('line filters: texts, expressions, patterns, and the opposite of each', () => {
  assert.deepEqual([passes('|= "b"', 'abc'), passes('!= "b"', 'abc')], [true, false]);
  assert.deepEqual([passes('|~ "b.d"', 'abc'), passes('!~ "b.d"', 'abc')], [false, true]);
  assert.deepEqual([passes('|> "<_>b<_>"', 'abc'), passes('!> "<_>b<_>"', 'abc')], [true, false]);
  assert.equal(passes('|> "<_>b"', 'abc'), false, 'a pattern is the whole line');
  assert.equal(passes('|> "<_>c<_>"', 'abc'), false, 'a capture has some text');
});

test('line filters with "or": one is enough, of the negated none may be', () => {
  assert.deepEqual([passes('|= "x" or "b"', 'abc'), passes('|= "x" or "y"', 'abc')], [true, false]);
  assert.deepEqual([passes('!= "x" or "b"', 'abc'), passes('!= "x" or "y"', 'abc')], [false, true]);
  assert.equal(passes('|= "a" |= "c" != "x"', 'abc'), true);
});

test('addresses in lines and labels', () => {
  const line = 'from 192.168.4.7 to [2001:db8::1]';
  const found = [
    '192.168.4.7',
    '192.168.0.0/16',
    '192.168.4.1-192.168.4.9',
    '2001:db8::/32',
    '10.0.0.0/8',
  ].map((ip) => passes(`|= ip("${ip}")`, line));
  assert.deepEqual(found, [true, true, true, true, false]);
  assert.equal(passes('!= ip("10.0.0.1")', line), true);
  assert.equal(passes('| logfmt | addr=ip("10.0.0.0/8")', 'addr=10.2.3.4'), true);
  assert.equal(passes('| logfmt | addr!=ip("10.0.0.0/8")', 'addr=10.2.3.4'), false);
  assert.equal(passes('| logfmt | addr=ip("10.0.0.0/8")', 'other=1'), false);
});

test('filters of lines go before stages that leave the line as it is, not before ones that change it', () => {
  assert.equal(passes('| decolorize |= "\u001b"', '\u001b[31mred\u001b[0m'), true);
  assert.equal(passes('| line_format "x" |= "x"', 'y'), true);
  assert.equal(passes('| line_format "x" |= "y"', 'y'), false);
});

test('label filters compare texts, numbers, durations and sizes', () => {
  const line = 's=x n=5.5 d=90s b=2KiB';
  const held = [
    's="x"',
    's!="y"',
    's=~"x|y"',
    's!~"y.+"',
    'n>5',
    'n<=5.5',
    'n==5.5',
    'd>1m',
    'd<=1m30s',
    'b>=2kB',
    'b!=2kB',
  ];
  for (const filter of held) assert.equal(passes(`| logfmt | ${filter}`, line), true, filter);
  const broken = ['s="y"', 'n<5', 'n!=5.5', 'd<1m', 'b>1MB', 'missing>5', 'missing="x"'];
  for (const filter of broken) assert.equal(passes(`| logfmt | ${filter}`, line), false, filter);
  assert.equal(passes('| logfmt | missing=""', line), true);
});

test('label filters: and, or, commas and parentheses', () => {
  const line = 'a=1 b=2';
  assert.equal(passes('| logfmt | a="1" and b="2"', line), true);
  assert.equal(passes('| logfmt | a="1", b="3"', line), false);
  assert.equal(passes('| logfmt | a="0" or b="2"', line), true);
  assert.equal(passes('| logfmt | (a="0" or b="2") and a="1"', line), true);
  assert.equal(passes('| logfmt | a="1" b="2"', line), true);
});

test('a value that can not be compared is an error of the line, which stays', () => {
  assert.equal(labelsOf('| logfmt | a>5', 'a=x')?.__error__, 'LabelFilterErr');
  assert.equal(passes('| logfmt | a>5 | __error__=""', 'a=x'), false);
  assert.equal(passes('| json | a>5', 'a=x'), false, 'there is no such label');
});

test('expressions on labels hold the whole value, except beside ".*", as in the engine', () => {
  assert.equal(passes('| logfmt | a=~"x"', 'a=xy'), false);
  assert.equal(passes('| logfmt | a=~"x.+"', 'a=wxy'), false);
  assert.equal(passes('| logfmt | a=~"x.*"', 'a=wxy'), true);
  assert.equal(passes('| logfmt | a=~".+"', 'b=1'), false);
  assert.equal(passes('| logfmt | a=~".*"', 'b=1'), true);
});

test('label_format renames and fills in, all from the labels before it', () => {
  assert.deepEqual(labelsOf('| logfmt | label_format c=a, d="{{.b}}-{{.app}}"', 'a=1 b=2'), {
    b: '2',
    c: '1',
    d: '2-a',
  });
  assert.deepEqual(labelsOf('| logfmt | label_format x=missing', 'a=1'), { a: '1' });
  assert.deepEqual(labelsOf('| label_format app="{{.app}}!"', ''), { app: 'a!' });
});

test('line_format writes the line anew', () => {
  assert.equal(run('| logfmt | line_format "{{.a}}"', 'a=1')?.line, '1');
  assert.equal(run('| logfmt | line_format "{{.missing}}"', 'a=1')?.line, '');
  assert.equal(run('| line_format "{{.app}}: {{__line__}}"', 'x')?.line, 'a: x');
  const failed = run('| logfmt | line_format "{{ substr 2 1 .a }}"', 'a=1');
  assert.equal(failed?.line, 'a=1', 'a line whose template fails stays as it was');
  assert.equal(failed?.labels.__error__, 'TemplateFormatErr');
});

test('drop and keep, by name and by value', () => {
  const line = 'a=1 b=2';
  assert.deepEqual(labelsOf('| logfmt | drop a, b="3"', line), { b: '2' });
  assert.deepEqual(labelsOf('| logfmt | keep app, b=~"2|3"', line), { b: '2' });
  assert.deepEqual(labelsOf('| json | drop __error__, __error_details__', 'x'), {});
});

test('structured metadata: a name of the stream gets a suffix, an empty value is one', () => {
  assert.deepEqual(labelsOf('', 'x', { metadata: { app: 'm', k: '' } }), { app_extracted: 'm', k: '' });
  assert.equal(passes('| k=""', 'x', { metadata: { k: '' } }), true);
  assert.equal(passes('| k="v"', 'x', { metadata: { k: 'v' } }), true);
});

test('a stage that is not as it has to be is named', () => {
  const compile = (pipeline: string) => () => compilePipeline(parseLogSelector(`{a="b"} ${pipeline}`));
  assert.throws(compile('|~ "("'), {
    message: /^parse error : stage '\|~ "\("' : error parsing regexp: missing closing \)/,
  });
  assert.throws(compile('| foo=ip("x")'), {
    message: `parse error : stage '| foo=ip("x")' : ip: invalid pattern: "x"`,
  });
  assert.throws(compile('|> "<a>"'), {
    message: `parse error : stage '|> "<a>"' : named captures are not allowed: found '<a>'`,
  });
  assert.throws(compile('| label_format a=b,a=c'), {
    message: `parse error : stage '| label_format a=b,a=c' : multiple label name 'a' not allowed in a single format operation`,
  });
});
