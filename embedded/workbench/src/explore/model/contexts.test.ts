import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logqlContext, selectorIn } from './logql-context';
import { cursorOf, tokensOf } from './tokens';
import { traceqlContext } from './traceql-context';

/** What can follow, and what of the text it replaces. */
function at(
  context: (before: string) => { kind: string; from: number; name?: string },
  before: string,
): string {
  const { kind, from, name } = context(before);
  return [kind, ...(name ? [name] : []), `"${before.slice(from)}"`].join(' ');
}

test('LogQL: labels, matchers and values in a selector', () => {
  const expected = {
    '{': 'label ""',
    '{ser': 'label "ser"',
    '{level="error", ': 'label ""',
    '{level': 'label "level"',
    '{level ': 'matcher ""',
    '{level=': 'label-value level ""',
    '{level="er': 'label-value level "er"',
    '{level=~`a|': 'label-value level "a|"',
    '{level="error"': 'nothing ""',
    'sum(rate({a="b", level!~"': 'label-value level ""',
  };
  for (const [before, context] of Object.entries(expected))
    assert.equal(at(logqlContext, before), context, before);
});

test('LogQL: stages, fields and values in a pipeline', () => {
  const expected = {
    '{a="b"} ': 'pipe ""',
    '{a="b"} |': 'stage ""',
    '{a="b"} | js': 'stage "js"',
    '{a="b"} |= "x': 'nothing "x"',
    '{a="b"} |= "x" ': 'pipe ""',
    '{a="b"} | json ': 'pipe ""',
    '{a="b"} | json | status_code="5': 'field-value status_code "5"',
    '{a="b"} | json | a="1" and route=~"': 'field-value route ""',
    '{a="b"} | json | unwrap dur': 'field "dur"',
    '{a="b"} | json | drop ': 'field ""',
  };
  for (const [before, context] of Object.entries(expected))
    assert.equal(at(logqlContext, before), context, before);
});

test('LogQL: functions, groupings and durations around', () => {
  const expected = {
    '': 'expression ""',
    su: 'expression "su"',
    'sum(': 'expression ""',
    'sum by (le': 'field "le"',
    'sum by (level, ': 'field ""',
    'rate({a="b"}[5': 'duration "5"',
    'sum(rate({a="b"}[5m])) / ': 'expression ""',
    'quantile_over_time(0.9, ': 'expression ""',
  };
  for (const [before, context] of Object.entries(expected))
    assert.equal(at(logqlContext, before), context, before);
});

test('the selector of a query is found whatever its strings contain', () => {
  assert.equal(selectorIn('sum(rate({a="}", b=`{`} | json [5m]))'), '{a="}", b=`{`}');
  assert.equal(selectorIn('{a="b'), undefined);
});

test('TraceQL: fields, comparisons and values in a filter', () => {
  const expected = {
    '{': 'field ""',
    '{ resource.ser': 'field "resource.ser"',
    '{ .foo': 'field ".foo"',
    '{ resource.service.name ': 'comparison ""',
    '{ resource.service.name=': 'value resource.service.name ""',
    '{ resource.service.name = "ap': 'value resource.service.name "ap"',
    '{ kind=ser': 'value kind "ser"',
    '{ span:duration > ': 'value span:duration ""',
    '{ kind=server ': 'logic ""',
    '{ name="x" ': 'logic ""',
    '{ kind=server && ': 'field ""',
    '{ (kind=server || na': 'field "na"',
  };
  for (const [before, context] of Object.entries(expected))
    assert.equal(at(traceqlContext, before), context, before);
});

test('TraceQL: spansets, operators and functions around', () => {
  const expected = {
    '': 'spanset ""',
    '{} ': 'operator ""',
    '{} >> ': 'spanset ""',
    '{} | ': 'function ""',
    '{} | rate() by (': 'field ""',
    '{} | quantile_over_time(dur': 'field "dur"',
    '{} | rate() ': 'operator ""',
    '1163cb77c6aae45d': 'spanset "1163cb77c6aae45d"',
  };
  for (const [before, context] of Object.entries(expected))
    assert.equal(at(traceqlContext, before), context, before);
});

test('a string is open until its own quote closes it', () => {
  const open = (text: string) => tokensOf(text).at(-1)?.isOpen;
  assert.equal(open('"a'), true);
  assert.equal(open('"'), true);
  assert.equal(open('`'), true);
  assert.equal(open('"a\\"'), true);
  assert.equal(open('"a\\\\"'), false);
  assert.equal(open('`a"`'), false);
});

test('comments and spaces are no tokens', () => {
  assert.deepEqual(
    tokensOf('a # {\n b').map(({ text }) => text),
    ['a', 'b'],
  );
  assert.equal(cursorOf('a ').from, 2);
});
