import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { QueryError } from '../../query/query-error.js';
import { PROMETHEUS_2, PROMETHEUS_3, type Semantics } from '../semantics.js';
import { parse } from './parse.js';

function errorOf(text: string, semantics: Semantics = PROMETHEUS_3): string {
  try {
    parse(text, semantics);
    return 'none';
  } catch (error) {
    const { kind, message } = error as QueryError;
    return kind === 'bad_data' ? message.replace(': parse error', '') : `${kind} ${message}`;
  }
}

/** Query and what Prometheus says of it. */
const ERRORS: readonly (readonly [string, string])[] = [
  ['', '1:1: no expression found in input'],
  ['  # nothing', '1:1: no expression found in input'],
  ['sum by (', '1:9: unclosed left parenthesis'],
  ['sum(', '1:5: unclosed left parenthesis'],
  ['(a', '1:3: unclosed left parenthesis'],
  ['foo{a=', '1:7: unexpected end of input inside braces'],
  ['foo{a="b"', '1:10: unexpected end of input inside braces'],
  ['foo[5m', '1:7: unclosed left bracket'],
  ['foo{a~"b"}', "1:6: unexpected character inside braces: '~'"],
  ['a{b==1}', '1:5: unexpected "=" in label matching, expected string'],
  ['a{,}', '1:3: unexpected "," in label matching, expected identifier or "}"'],
  ['a{b c}', '1:5: unexpected identifier "c" in label matching, expected label matching operator'],
  ['a{b="c" d}', '1:9: unexpected identifier "d" in label matching, expected "," or "}"'],
  ['a{b:c="d"}', "1:4: unexpected character inside braces: ':'"],
  ['1 +', '1:4: unexpected end of input'],
  [')', "1:2: unexpected right parenthesis ')'"],
  ['a)', "1:3: unexpected right parenthesis ')'"],
  ['a]', "1:2: unexpected right bracket ']'"],
  ['a}', "1:2: unexpected character: '}'"],
  ['$', "1:1: unexpected character: '$'"],
  ['a ! b', "1:3: unexpected character after '!': ' '"],
  ['a b', '1:3: unexpected identifier "b"'],
  ['a 5', '1:3: unexpected number "5"'],
  ['a "abcdefghijklm"', '1:3: unexpected string "\\"abcdefghi"...'],
  ['foo:bar b:z', '1:9: unexpected metric identifier "b:z"'],
  ['foo bool 1', '1:5: unexpected <bool>'],
  ['a by (x)', '1:3: unexpected <by>'],
  ['a=b', '1:2: unexpected "="'],
  ['a =~ b', '1:3: unexpected <op:=~>'],
  ['"abc', '1:1: unterminated quoted string'],
  ['`abc', '1:1: unterminated raw string'],
  ['"a\nb"', '1:1: unterminated quoted string'],
  ['"\\q"', "1:1: unknown escape sequence U+0071 'q'"],
  ['1e', '1:1: bad number or duration syntax: "1e"'],
  ['5x', '1:1: bad number or duration syntax: "5x"'],
  ['a[5x]', '1:3: bad number or duration syntax: "5x"'],
  ['a[1m1m]', '1:3: not a valid duration string: "1m1m"'],
  ['rate(foo[5m)', '1:12: unexpected ")" in subquery or range, expected ":" or "]"'],
  ['a[5m:1m', '1:8: unclosed left bracket'],
  ['a[]', '1:3: unexpected "]" in subquery or range selector, expected number, duration, step(), or range()'],
  ['a[0s]', '1:3: duration must be greater than 0'],
  ['a[5m:0s]', '1:6: duration must be greater than 0'],
  ['a[300y]', '1:3: duration out of range'],
  ['a[1e12]', '1:3: duration out of range'],
  ['a offset', '1:9: unexpected end of input in offset, expected number, duration, step(), or range()'],
  ['a @', '1:4: unexpected end of input in @, expected timestamp'],
  ['a @ start', '1:10: unexpected end of input in @, expected timestamp'],
  ['a @ 1e30', `1:5: timestamp out of bounds for @ modifier: ${(1e30).toFixed(6)}`],
  ['a offset 5m offset 5m', '1:1: offset may not be set multiple times'],
  ['a @ 1 @ 2', '1:1: @ <timestamp> may not be set multiple times'],
  [
    '1 offset 5m',
    '1:1: offset modifier must be preceded by an instant vector selector or range vector selector or a subquery',
  ],
  [
    'sum(a) @ 3',
    '1:1: @ modifier must be preceded by an instant vector selector or range vector selector or a subquery',
  ],
  ['a[5m][5m]', '1:6: ranges only allowed for vector selectors'],
  ['a offset 1m [5m]', '1:13: no offset modifiers allowed before range'],
  ['a @ 1 [5m]', '1:7: no @ modifiers allowed before range'],
  ['foo(bar)', '1:1: unknown function with name "foo"'],
  ['rate(foo)', '1:6: expected type range vector in call to function "rate", got instant vector'],
  ['abs(1,2)', '1:1: expected 1 argument(s) in call to "abs", got 2'],
  ['round()', '1:1: expected at least 1 argument(s) in call to "round", got 0'],
  ['round(a, 1, 2)', '1:1: expected at most 2 argument(s) in call to "round", got 3'],
  ['abs(a,)', '1:6: trailing commas not allowed in function call args'],
  ['sum()', '1:1: no arguments for aggregate expression provided'],
  ['sum(a,b)', '1:1: wrong number of arguments for aggregate expression provided, expected 1, got 2'],
  ['sum(1)', '1:5: expected type instant vector in aggregation expression, got scalar'],
  ['topk(a, b)', '1:6: expected type scalar in aggregation parameter, got instant vector'],
  ['count_values(1, a)', '1:14: expected type string in aggregation parameter, got scalar'],
  ['topk by (x) 3', '1:13: unexpected number "3" in aggregation'],
  ['sum by a', '1:8: unexpected identifier "a" in grouping opts, expected "("'],
  ['sum by (1) (a)', '1:9: unexpected number "1" in grouping opts, expected label'],
  ['sum by (a b) (c)', '1:11: unexpected identifier "b" in grouping opts, expected "," or ")"'],
  ['sum(a) by (b:c)', '1:12: invalid label name for grouping: "b:c"'],
  ['foo{a=~"("}', '1:5: error parsing regexp: missing closing ): `^(?s:()$`'],
  ['{}', '1:1: vector selector must contain at least one non-empty matcher'],
  ['{a=~".*"}', '1:1: vector selector must contain at least one non-empty matcher'],
  ['a{__name__="b"}', '1:1: metric name must not be set twice: "a" or "b"'],
  ['{"a", "b"}', '1:1: metric name must not be set twice: "a" or "b"'],
  ['1 == 1', '1:3: comparisons between scalars must use BOOL modifier'],
  ['a + bool b', '1:3: bool modifier can only be used on comparison operators'],
  ['a + on (x) group_left (x) b', '1:3: label "x" must not occur in ON and GROUP clause at once'],
  ['a + on (x) 1', '1:1: vector matching only allowed between instant vectors'],
  ['a and on (x) group_left b', '1:1: no grouping allowed for "and" operation'],
  ['1 and a', '1:1: set operator "and" not allowed in binary scalar expression'],
  ['a[5m] + 1', '1:1: binary expression must contain only scalar and instant vector types'],
  ['1 + "a"', '1:5: binary expression must contain only scalar and instant vector types'],
  [
    '-"a"',
    '1:1: unary expression only allowed on expressions of type scalar or instant vector, got "string"',
  ],
  ['(1)[5m:]', '1:1: subquery is only allowed on instant vector, got scalar instead'],
  ['a\n+ +\n  )', "3:4: unexpected right parenthesis ')'"],
  ['"ü" ü', "1:6: unexpected character: 'ü'"],
];

for (const [text, message] of ERRORS) {
  test(`error: ${text || '(nothing)'}`, () => {
    assert.equal(errorOf(text), message);
  });
}

test('what real servers evaluate only behind feature flags is refused in their words', () => {
  const refused = (text: string, message: string) => assert.equal(errorOf(text), `unsupported ${message}`);
  refused('mad_over_time(a[1m])', '1:1: parse error: function "mad_over_time" is not enabled');
  refused('info(a, {b=~".*"})', '1:1: parse error: function "info" is not enabled');
  refused(
    'limitk(1, a)',
    '1:1: parse error: limitk() is experimental and must be enabled with --enable-feature=promql-experimental-functions',
  );
  refused('a + fill (0) b', '1:5: parse error: binop fill modifiers are experimental and not enabled');
  refused('rate(a[5m] anchored)', '1:6: parse error: anchored modifier is experimental and not enabled');
  refused('a[5m*2]', '1:3: parse error: experimental duration expression is not enabled');
  assert.match(
    errorOf('a >/ 1'),
    /^unsupported operator >\/ is not evaluated .* Prometheus, which supports it$/,
  );
});

test('names that belong to one version', () => {
  assert.equal(errorOf('holt_winters(a[1m], 0.5, 0.5)'), '1:1: unknown function with name "holt_winters"');
  assert.equal(errorOf('holt_winters(a[1m], 0.5, 0.5)', PROMETHEUS_2), 'none');
});

test('nesting is bounded, by brackets, signs, and chains alike', () => {
  for (const text of [
    `${'('.repeat(5000)}a${')'.repeat(5000)}`,
    `${'-'.repeat(5000)}a`,
    `${'abs('.repeat(5000)}a${')'.repeat(5000)}`,
    Array(5000).fill('a').join(' + '),
    Array(5000).fill('a').join(' ^ '),
  ]) {
    assert.match(errorOf(text), /the expression is nested more than 300 levels deep/);
  }
  assert.equal(errorOf(Array(200).fill('a').join(' or ')), 'none');
});
