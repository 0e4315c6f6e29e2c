import assert from 'node:assert/strict';
import { test } from 'node:test';
import { QueryError } from '../../query/query-error.js';
import { format } from './format.js';
import { parse, parseLogSelector } from './parse.js';
import { pretty } from './pretty.js';
import { WRONG_QUERIES } from './wrong-queries.js';

function messageOf(query: string): string {
  try {
    parse(query);
  } catch (error) {
    if (error instanceof QueryError) return error.message;
    throw error;
  }
  return '';
}

test('queries that are none are told of in the words of the engine', () => {
  for (const [query, message] of WRONG_QUERIES) assert.equal(messageOf(query), message, query);
});

test('a selector has to select something', () => {
  const wanted = /^parse error : queries require at least one regexp or equality matcher/;
  for (const query of ['{}', '{a=""}', '{a=~".*"}', '{a!="b"}', 'rate({a=~""}[1m])']) {
    assert.match(messageOf(query), wanted, query);
  }
  assert.equal(messageOf('{a!=""}'), '');
  assert.equal(messageOf(''), 'parse error : syntax error: unexpected $end');
});

test('what is too deep or too long is refused', () => {
  assert.match(messageOf(`${'('.repeat(50_000)}1`), /parentheses within more than 100 others/);
  assert.match(messageOf(`vector(1)${'+vector(1)'.repeat(2000)}`), /more than 1000 operators/);
  assert.match(messageOf(`{a="b"} ${'|= "x" '.repeat(2000)}`), /more than 1000 operators/);
  assert.match(messageOf('x'.repeat(200_000)), /input size too long/);
  assert.match(messageOf(`{a="b"} | ${'a="b" '.repeat(5000)}`), /parentheses within more than 100 others/);
});

test('what the provisioned engine refuses is refused in its words', () => {
  assert.equal(
    messageOf('variants(rate({a="b"}[1m])) of ({a="b"}[1m])'),
    'multi variant queries are disabled for this instance',
  );
  assert.equal(
    messageOf('approx_topk(2, rate({a="b"}[1m]))'),
    'approx_topk is not enabled. See -limits.shard_aggregations',
  );
  assert.throws(() => parseLogSelector('rate({a="b"}[1m])'), { message: 'only log selector is supported' });
});

/** As the engine's format_query writes them: what it shows of the tree is how the text was understood. */
const WRITTEN: readonly (readonly [query: string, written: string])[] = [
  [
    '{a="b"}|="x" or "y" != "z" or "w" |~ ip("1.2.3.4")',
    '{a="b"} |= "x" or "y" != "z" != "w" |~ ip("1.2.3.4")',
  ],
  [
    '{a="b"}|json|json c="d", e|logfmt --strict f',
    '{a="b"} | json | json c="d",e="e" | logfmt --strict f="f"',
  ],
  [
    '{a="b"}|regexp "(?P<x>.)"|pattern "<a> b"|unpack|decolorize',
    '{a="b"} | regexp "(?P<x>.)" | pattern "<a> b" | unpack | decolorize',
  ],
  ['{a="b"}| x=1KB and y > 5m or z < 1.5', '{a="b"} | ( ( x==1.0kB , y>5m0s ) or z<1.5 )'],
  ['{a="b"}| x="1" or y="2" , z="3"', '{a="b"} | ( x="1" or ( y="2" , z="3" ) )'],
  [
    '{a="b"}| (x=ip("1.2.3.4") or y!=ip("1.1.1.1")) | v=~"x.y"',
    '{a="b"} | ( x=ip("1.2.3.4") or y!=ip("1.1.1.1") ) | v=~`x.y`',
  ],
  [
    '{a="b"}|line_format "{{.x}}"|label_format a=b,c="{{.d}}"|drop a, b="c"|keep d,e=~"f"',
    '{a="b"} | line_format "{{.x}}" | label_format a=b,c="{{.d}}" | drop a,b="c" | keep d,e=~"f"',
  ],
  [
    'sum by (a,b)(rate({a="b"}|json|unwrap duration(x)|y="" [5m] offset 1h))',
    'sum by (a,b)(rate({a="b"} | json | unwrap duration(x) | y=""[5m] offset 1h0m0s))',
  ],
  ['sum(rate({a="b"}[90s])) by ()', 'sum(rate({a="b"}[1m30s]))'],
  ['topk(5,rate(({a="b"}|="x")[1m]))', 'topk(5,rate({a="b"} |= "x"[1m]))'],
  [
    'quantile_over_time(0.9,{a="b"}[1m]|unwrap x) without (y)',
    'quantile_over_time(0.9,{a="b"} | unwrap x[1m]) without (y)',
  ],
  ['1 + 2 * 3', '7'],
  ['2^3^2', '512'],
  ['10 % 4 == 2', '1'],
  ['rate({a="b"}[5m]) * 1e-7 + -3', '((rate({a="b"}[5m]) * 1e-07) + -3)'],
  [
    'vector(1) or vector(2) and vector(3) unless vector(4)',
    '(vector(1.000000) or ((vector(2.000000) and vector(3.000000)) unless vector(4.000000)))',
  ],
  [
    'rate({a="b"}[1m])> bool on(a) group_left(b,c) rate({d="e"}[1m])',
    '(rate({a="b"}[1m]) > bool on (a) group_left (b,c) rate({d="e"}[1m]))',
  ],
  [
    'rate({a="b"}[1m])/ ignoring(a) group_right rate({d="e"}[1m])',
    '(rate({a="b"}[1m]) / ignoring (a) group_right rate({d="e"}[1m]))',
  ],
  [
    'label_replace(rate({a="b"}[5m]),"a","$1","b","(.*)")',
    'label_replace(rate({a="b"}[5m]),"a","$1","b","(.*)")',
  ],
  ['{a="b"} # a comment\n|= "x" // another\n', '{a="b"} |= "x"'],
];

test('queries are understood as the engine understands them', () => {
  for (const [query, written] of WRITTEN) assert.equal(format(parse(query)), written, query);
});

test('what was written is understood as the same again', () => {
  for (const [, written] of WRITTEN) assert.equal(format(parse(written)), written);
});

test('keywords and names of functions in any case, and as names of labels where they may be', () => {
  assert.equal(
    format(parse('SUM BY (rate) (Rate({count="x"} | json sum [1m]))')),
    'sum by (rate)(rate({count="x"} | json sum="sum"[1m]))',
  );
  assert.match(messageOf('{by="x"}'), /unexpected by/);
});

test('long queries are written on several lines', () => {
  const query =
    'topk(5,sum without (a) (quantile_over_time(0.99,{service_name="apapapapapapapapap"} | json | logfmt | label_format a=b | unwrap x[1h30m]) by (c)))';
  assert.equal(
    pretty(parse(query)),
    `topk(
  5,
  sum without (a)(
    quantile_over_time(
      0.99,
      {service_name="apapapapapapapapap"} | json | logfmt | label_format a=b
        | unwrap x [1h30m]
    ) by (c)
  )
)`,
  );
  const lines = pretty(
    parse(`{a="b"} |= "${'x'.repeat(60)}" |= "${'y'.repeat(60)}" | decolorize | json`),
  ).split('\n');
  assert.deepEqual(
    lines.map((line) => line.slice(0, 7)),
    ['{a="b"}', '  |= "x', '  |= "y', '| decol', '  | jso'],
  );
});
