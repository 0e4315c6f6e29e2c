import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PROMETHEUS_3, UPSTREAM_TESTS } from '../semantics.js';
import { parse } from './parse.js';
import { prettyPrint, print } from './print.js';

function printed(text: string): string {
  return print(parse(text, UPSTREAM_TESTS));
}

/** As the parser understood it, every operation in brackets. */
function grouped(text: string): string {
  const show = (expr: ReturnType<typeof parse>): string => {
    if (expr.kind === 'binary') return `(${show(expr.left)} ${expr.operator} ${show(expr.right)})`;
    return expr.kind === 'unary' ? `(${expr.operator}${show(expr.expr)})` : print(expr);
  };
  return show(parse(text, PROMETHEUS_3));
}

test('operators bind as in Prometheus', () => {
  assert.equal(grouped('a + b * c ^ d ^ e'), '(a + (b * (c ^ (d ^ e))))');
  assert.equal(grouped('a - b - c % d / e atan2 f'), '((a - b) - (((c % d) / e) atan2 f))');
  assert.equal(grouped('a or b and c unless d == e + f'), '(a or ((b and c) unless (d == (e + f))))');
  assert.equal(grouped('-a ^ b'), '(-(a ^ b))');
  assert.equal(grouped('-1 ^ 2'), '(-(1 ^ 2))');
  assert.equal(grouped('-a * b'), '((-a) * b)');
  assert.equal(grouped('2 ^ -3'), '(2 ^ -3)');
  assert.equal(grouped('-a @ 5 offset 1m'), '(-a @ 5.000 offset 1m)');
  assert.equal(grouped('a AND b OR c'), '((a and b) or c)');
});

test('numbers', () => {
  const texts = ['1', '1.', '.5', '1e3', '0x1F', '1_000', '-5', '+Inf', 'nan', '5m', '1h30m', '0.1e-2'];
  assert.deepEqual(texts.map(printed), [
    '1',
    '1',
    '0.5',
    '1000',
    '31',
    '1000',
    '-5',
    '+Inf',
    'NaN',
    '5m',
    '1h30m',
    '0.001',
  ]);
});

test('keywords are names where a name is meant', () => {
  for (const text of [
    'sum',
    'by',
    'offset',
    'and{b="c"}',
    'topk + bottomk',
    'sum by (by, on) (group_left)',
  ]) {
    assert.equal(printed(text).replaceAll(/\s/g, ''), text.replaceAll(/\s/g, ''));
  }
});

test('everything is printed as it can be read again', () => {
  for (const text of [
    'a{b="c",d!="e",f=~"g",h!~"i"}',
    '{"http.requests"}',
    '{__name__=~"a|b"}',
    'a[5m] @ end() offset -1h',
    'a[5m:30s] @ start()',
    'sum by (a, b) (c)',
    'sum without () (c)',
    'topk(3, a)',
    'count_values("v", a)',
    'a / on (b) group_left (c, d) e',
    'a > bool ignoring (b) group_right () c',
    'label_replace(a, "b", "$1", "c", "(.*)\\n")',
    'quantile_over_time(0.5, (a)[1h:])',
  ]) {
    assert.equal(printed(printed(text)), printed(text), text);
  }
  assert.equal(
    printed('sum(rate(a{b="c"}[5m] offset 1m)) by (d)'),
    'sum by (d) (rate(a{b="c"}[5m] offset 1m))',
  );
});

const label = fc.constantFrom('job', 'instance', 'le');
const { expr } = fc.letrec<{ expr: string; vector: string }>((tie) => ({
  vector: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('a', 'b{job="x"}', '{job=~".+"}', 'a offset 5m', 'a @ 10'),
    tie('vector').map((inner) => `(${inner})`),
    tie('vector').map((inner) => `-${inner}`),
    fc.tuple(label, tie('vector')).map(([by, inner]) => `sum by (${by}) (${inner})`),
    tie('vector').map((inner) => `max_over_time((${inner})[1h:1m] @ end())`),
    fc
      .tuple(
        tie('vector'),
        fc.constantFrom('+', '^', '> bool', 'and', 'or', '* on (job) group_left ()'),
        tie('vector'),
      )
      .map(([left, operator, right]) => `${left} ${operator} ${right}`),
  ),
  expr: fc.oneof(
    tie('vector'),
    tie('vector').map((inner) => `scalar(${inner}) * 2`),
  ),
}));

test('any expression, printed on one line or several, is read as the same', () => {
  fc.assert(
    fc.property(expr, (text) => {
      const once = printed(text);
      assert.equal(printed(once), once);
      assert.equal(printed(prettyPrint(parse(text, UPSTREAM_TESTS))), once);
    }),
  );
});

test('long expressions are laid out as the engine does it', () => {
  const long =
    'histogram_quantile(0.95, sum by (le, method) (rate(http_request_duration_seconds_bucket{job="api", route!="/health", status="200"}[5m]))) / on (method) group_left sum without (le) (x) > bool 1';
  assert.equal(
    prettyPrint(parse(long, PROMETHEUS_3)),
    `    histogram_quantile(
      0.95,
      sum by (le, method) (
        rate(http_request_duration_seconds_bucket{job="api",route!="/health",status="200"}[5m])
      )
    )
  / on (method) group_left ()
    sum without (le) (x)
> bool
  1`,
  );
});

test('any text is an expression or refused with a place in it', () => {
  const token = fc.constantFrom(
    ...'a sum rate ( ) [ ] { } , : = =~ "b" 5m 1 1e + - ^ == and by on group_left offset @ start() bool #\n'.split(
      ' ',
    ),
    '\n',
  );
  fc.assert(
    fc.property(fc.array(token, { maxLength: 30 }), (tokens) => {
      try {
        parse(tokens.join(' '), PROMETHEUS_3);
      } catch (error) {
        assert.match((error as Error).message, /^\d+:\d+: parse error: ./);
      }
    }),
    { numRuns: 3000 },
  );
});
