import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { QueryError } from '../../query/query-error.js';
import { parse, parseWithoutValidation } from './parse.js';
import { printElement } from './print.js';

const STRUCTURAL = [
  '>',
  '<',
  '>>',
  '<<',
  '~',
  '!>',
  '!<',
  '!>>',
  '!<<',
  '!~',
  '&>',
  '&<',
  '&>>',
  '&<<',
  '&~',
];

const VALID = [
  '{ }',
  '{ .a && !.b || span.c }',
  '{ 1 + 2 * 3 ^ 2 - 4 / 5 % 6 = .a }',
  '{ span."a b\\"c" = "x" && resource.`d` = 1 }'.replace('`d`', 'd'),
  '{ event.a = 1 || link.b = 2 || instrumentation.c = 3 }',
  '{ trace:id = "a" && span:id = "b" && span:parentID = "c" && trace:rootService = "d" && trace:duration > 1s }',
  '{ event:name = "a" && event:timeSinceStart > 1ms && link:traceID = "b" && link:spanID = "c" }',
  '{ instrumentation:name = "a" && instrumentation:version = "b" && span:childCount > 1 }',
  '{ duration > 1h30m && duration > 1.5s && duration > 1d && traceDuration > 100us }',
  '{ nestedSetLeft > 1 && nestedSetRight < 2 && nestedSetParent = -1 }',
  '{ kind = server && status = error && statusMessage =~ `a.*` }',
  '{ .a = nil || nil != .b || nil = nil }',
  '{ .a > minInt && .a < maxInt }',
  '{ .a } | by(.b) | coalesce() | select(.c, name) | count() > 2 | avg(duration) < 1s',
  '({ .a } | count() > 1) && ({ .b } | max(.c) = 3)',
  '(({ .a }) >> ({ .b })) ~ { .c }',
  'count() > 2',
  'max(duration) > 3s | { .a }',
  'by(.a) | count() > 1',
  '{} | rate() by (.a, span.b, name) | topk(3) > 1 | bottomk(2) < 100ms',
  '{} | quantile_over_time(duration, .5, 0.9, 1) by (name) with (exemplars=true)',
  '{} | compare({ .a }, 5, 1, 2)',
  '{ } with (most_recent=true) // a remark',
  ...STRUCTURAL.map((operator) => `{ .a } ${operator} { .b }`),
  ...['min', 'max', 'avg', 'sum'].map((name) => `{} | ${name}_over_time(span.a)`),
  '{} | histogram_over_time(duration)',
  '{} | count_over_time()',
];

test('what Tempo takes is taken', () => {
  for (const query of VALID) assert.doesNotThrow(() => parse(query), query);
});

const INVALID: readonly (readonly [query: string, message: string])[] = [
  ['', 'parse error : syntax error: unexpected $end'],
  ['{', 'parse error at line 1, col 2: syntax error: unexpected $end'],
  ['{ .a == 3 }', 'parse error at line 1, col 7: syntax error: unexpected ='],
  ['{\n  .a ==\n 3 }', 'parse error at line 2, col 7: syntax error: unexpected ='],
  ['{ .}', 'parse error at line 1, col 3: syntax error: unexpected END_ATTRIBUTE, expecting IDENTIFIER'],
  ['{ attribute = 4 }', 'parse error at line 1, col 3: unknown identifier: attribute'],
  ["{ .a = 'x' }", "parse error at line 1, col 8: unknown identifier: 'x'"],
  ['{ .a = "x }', 'parse error at line 1, col 8: literal not terminated'],
  ['{ span."a b', 'parse error at line 0, col 3: unexpected EOF, expecting "'],
  [
    '{ .a = 99999999999999999999 }',
    'parse error at line 1, col 8: strconv.Atoi: parsing "99999999999999999999": value out of range',
  ],
  ['{ true } + { true }', 'parse error at line 1, col 10: syntax error: unexpected +, expecting with'],
  ['{} > 10', 'parse error at line 1, col 6: syntax error: unexpected INTEGER, expecting { or ('],
  ['{} | count()', 'parse error at line 1, col 13: syntax error: unexpected $end'],
  ['{} | topk(10)', 'parse error at line 1, col 6: syntax error: unexpected topk'],
  [
    '{ trace:status = error }',
    'parse error at line 1, col 9: syntax error: unexpected status, expecting duration or rootName or rootService or id',
  ],
  ['{ name = 1 }', 'binary operations must operate on the same type: name = 1'],
  ['{ status > ok }', 'illegal operation for the given types: status > ok'],
  ['{ "foo" }', 'span filter field expressions must resolve to a boolean: { `foo` }'],
  ['{ -true }', 'illegal operation for the given type: -true'],
  ['{ .a =~ "[" }', 'invalid regex: `[`'],
  ['{ .a =~ 5 }', 'illegal operation for the given types: .a =~ 5'],
  ['{ span:status = nil }', 'status=nil is not valid because intrinsics cannot be nil'],
  [
    '{ resource.service.name = nil }',
    'resource.service.name=nil is not valid because resource.service.name cannot be nil',
  ],
  ['{ parent.a = 1 }', 'parent not yet supported'],
  ['{ parent }', 'intrinsic (parent) not yet supported'],
  ['{} | by(1)', 'grouping field expressions must reference the span: by(1)'],
  ['{} | max(name) > 1', 'aggregate field expressions must resolve to a number type: max(name)'],
  ['sum(3) = 2', 'aggregate field expressions must reference the span: sum(3)'],
  ['min(.a) < max(.b)', 'scalar filter rhs of type (%v) not yet supported'],
  ['({ .a } | count()) > ({ .b } | count())', 'scalar filter lhs of type (%v) not yet supported'],
  ['{} | rate() by (.a, .b, .c, .d, .e, .f)', 'metrics group by 6 values not yet supported'],
  ['{} | quantile_over_time(duration, 2)', 'quantile must be between 0 and 1: 2'],
  ['{} | rate() | topk(0)', 'limit must be greater than 0'],
  ['{} | compare({ .a }) | topk(3)', '`compare()` cannot be used with second stage functions'],
  ['{} | compare({ .a }, 0)', 'compare() top number of values must be integer greater than 0'],
];

test('what Tempo refuses is refused, in its words', () => {
  for (const [query, message] of INVALID) {
    assert.throws(
      () => parse(query),
      (error: Error) => {
        assert.equal(error.message, message, query);
        return error instanceof QueryError && error.kind === 'bad_data';
      },
    );
  }
});

test('operators bind as in Tempo: && and || alike, comparisons alike, powers from the right', () => {
  const shown = (query: string) => printElement(parseWithoutValidation(query).pipeline);
  assert.equal(shown('{ .a || .b && .c }'), '{ (.a || .b) && .c }');
  assert.equal(shown('{ .a + .b * .c > .d }'), '{ (.a + (.b * .c)) > .d }');
  assert.equal(shown('{ .a ^ .b ^ .c = 1 }'), '{ (.a ^ (.b ^ .c)) = 1 }');
  assert.equal(shown('{ -.a * .b = 1 }'), '{ (-(.a * .b)) = 1 }');
  assert.equal(shown('{ -.a + .b = 1 }'), '{ ((-.a) + .b) = 1 }');
  assert.equal(shown('{ !.a = .b }'), '{ (!.a) = .b }');
  assert.equal(shown('{ .a } && { .b } >> { .c }'), '({ .a }) && (({ .b }) >> ({ .c }))');
});

test('what has no field in it is computed when it is read', () => {
  assert.equal(printElement(parse('{ 1 + 1 = 2 }').pipeline), '{ true }');
  assert.equal(printElement(parse('{ duration > 1s * 20 }').pipeline), '{ duration > 2e+10 }');
});

test('deep and long queries are refused before they exhaust the stack', () => {
  assert.throws(() => parse(`{ ${'('.repeat(100_000)}`), /nested more than 100 levels deep/);
  assert.throws(() => parse(`{ ${'!'.repeat(100_000)}.a }`), /nested more than 100 levels deep/);
  assert.throws(() => parse(`{ .a${' && .a'.repeat(100_000)} }`), /more than 1000 operators/);
  assert.throws(() => parse('('.repeat(100_000)), /nested more than 100 levels deep/);
});

test('no text crashes the parser', () => {
  const piece = fc.constantFrom(
    ...'{ } ( ) . .a span. "x" `y` 1 1s 0.5 = != =~ && || >> !~ &> | by count() rate() nil -'.split(' '),
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(piece).map((pieces) => pieces.join(' ')),
  );
  fc.assert(
    fc.property(text, (query) => {
      try {
        parse(query);
      } catch (error) {
        assert.ok(error instanceof QueryError, String(error));
      }
    }),
  );
});
