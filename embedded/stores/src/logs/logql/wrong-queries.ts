/** Queries that are none, and what the engine (3.7.6) says to them. */
export const WRONG_QUERIES: readonly (readonly [query: string, message: string])[] = [
  ['{', 'parse error at line 1, col 2: syntax error: unexpected $end, expecting IDENTIFIER or }'],
  ['{a', 'parse error at line 1, col 3: syntax error: unexpected $end, expecting = or =~ or !~ or !='],
  ['{a=', 'parse error at line 1, col 4: syntax error: unexpected $end, expecting STRING'],
  ['{a="b"', 'parse error at line 1, col 7: syntax error: unexpected $end, expecting } or ,'],
  ['{a="b",', 'parse error at line 1, col 8: syntax error: unexpected $end, expecting IDENTIFIER'],
  ['{a="b",}', 'parse error at line 1, col 8: syntax error: unexpected }, expecting IDENTIFIER'],
  ['{a="b"} |', 'parse error at line 1, col 10: syntax error: unexpected $end'],
  ['{a="b"} | json |', 'parse error at line 1, col 17: syntax error: unexpected $end'],
  ['{a="b"} | json foo=', 'parse error at line 1, col 20: syntax error: unexpected $end, expecting STRING'],
  [
    '{a="b"} | json foo=bar',
    'parse error at line 1, col 20: syntax error: unexpected IDENTIFIER, expecting STRING',
  ],
  ['{a="b"} | foo', 'parse error at line 1, col 14: syntax error: unexpected $end'],
  ['{a="b"} | foo=', 'parse error at line 1, col 15: syntax error: unexpected $end'],
  ['{a="b"} | foo>"x"', 'parse error at line 1, col 15: syntax error: unexpected STRING'],
  [
    '{a="b"} | foo="x" or',
    'parse error at line 1, col 21: syntax error: unexpected $end, expecting IDENTIFIER or (',
  ],
  ['{a="b"} | line_format', 'parse error at line 1, col 22: syntax error: unexpected $end, expecting STRING'],
  [
    '{a="b"} | label_format',
    'parse error at line 1, col 23: syntax error: unexpected $end, expecting IDENTIFIER',
  ],
  ['{a="b"} | label_format a', 'parse error at line 1, col 25: syntax error: unexpected $end, expecting ='],
  [
    '{a="b"} | label_format a=',
    'parse error at line 1, col 26: syntax error: unexpected $end, expecting IDENTIFIER or STRING',
  ],
  [
    '{a="b"} | regexp "("',
    'parse error : invalid regexp parser: error parsing regexp: missing closing ): `(`',
  ],
  [
    '{a="b"} | regexp "abc"',
    'parse error : invalid regexp parser: at least one named capture must be supplied',
  ],
  [
    '{a="b"} | regexp "(abc)"',
    'parse error : invalid regexp parser: at least one named capture must be supplied',
  ],
  [
    '{a="b"} | regexp "(?P<a>x)(?P<a>y)"',
    "parse error : invalid regexp parser: duplicate extracted label name 'a'",
  ],
  ['{a="b"} | pattern "abc"', 'parse error : invalid pattern parser: at least one capture is required'],
  [
    '{a="b"} | pattern "<a><b>"',
    "parse error : invalid pattern parser: found consecutive capture '<a><b>': invalid expression",
  ],
  [
    '{a="b"} | pattern "<a> <a>"',
    'parse error : invalid pattern parser: duplicate capture name (a): invalid expression',
  ],
  [
    '{a="b"} | pattern ""',
    'parse error : invalid pattern parser: parse error at line 1, col 1: syntax error: unexpected $end, expecting IDENTIFIER or LITERAL',
  ],
  ['{a="b"} | unpack x', 'parse error at line 1, col 18: syntax error: unexpected IDENTIFIER'],
  ['{a=~"("}', 'parse error : error parsing regexp: missing closing ): `(`'],
  ['{a="b"} | foo=~"("', 'parse error : error parsing regexp: missing closing ): `(`'],
  ['{a="b"} foo', 'parse error at line 1, col 9: syntax error: unexpected IDENTIFIER'],
  ['{a="b"} [5m]', 'parse error at line 0, col 9: syntax error: unexpected RANGE'],
  ['count_over_time({a="b"})', 'parse error at line 1, col 24: syntax error: unexpected )'],
  ['count_over_time({a="b"}[5x])', 'parse error at line 0, col 24: unknown unit "x" in duration "5x"'],
  ['count_over_time({a="b"}[5m)', "parse error at line 0, col 24: missing closing ']' in duration"],
  [
    'count_over_time({a="b"}[5m]',
    'parse error at line 1, col 28: syntax error: unexpected $end, expecting )',
  ],
  [
    'count_over_time({a="b"}[5m]) by (x)',
    'parse error : grouping not allowed for count_over_time aggregation',
  ],
  ['sum_over_time({a="b"}[5m])', 'parse error : invalid aggregation sum_over_time without unwrap'],
  [
    'sum(count_over_time({a="b"}[5m])) by',
    'parse error at line 1, col 37: syntax error: unexpected $end, expecting (',
  ],
  [
    'sum by (x (count_over_time({a="b"}[5m]))',
    'parse error at line 1, col 11: syntax error: unexpected (, expecting , or )',
  ],
  [
    'sum by x (count_over_time({a="b"}[5m]))',
    'parse error at line 1, col 1: syntax error: unexpected IDENTIFIER',
  ],
  ['topk(count_over_time({a="b"}[5m]))', 'parse error : parameter required for operation topk'],
  [
    'topk(0, count_over_time({a="b"}[5m]))',
    'parse error : invalid parameter (must be greater than 0) topk(0',
  ],
  ['topk(1.5, count_over_time({a="b"}[5m]))', 'parse error : invalid parameter topk(1.5,'],
  ['sum(3, count_over_time({a="b"}[5m]))', 'parse error : unsupported parameter for operation sum(3,'],
  [
    'quantile_over_time({a="b"} | unwrap x [5m])',
    'parse error : parameter required for operation quantile_over_time',
  ],
  [
    'quantile_over_time(a, {a="b"} | unwrap x [5m])',
    'parse error at line 1, col 20: syntax error: unexpected IDENTIFIER, expecting NUMBER or { or (',
  ],
  [
    'count_over_time({a="b"} | unwrap x [5m])',
    'parse error : invalid aggregation count_over_time with unwrap',
  ],
  [
    'rate({a="b"} | unwrap duration(x) [5m]) +',
    'parse error at line 1, col 42: syntax error: unexpected $end',
  ],
  ['1 +', 'parse error at line 1, col 4: syntax error: unexpected $end'],
  [
    '1 + {a="b"}',
    'parse error : unexpected type for right leg of binary operation (+): *syntax.MatchersExpr',
  ],
  ['{a="b"} + 1', 'parse error : unexpected type for left leg of binary operation (+): *syntax.MatchersExpr'],
  [
    '{a="b"} |= "x" + 1',
    'parse error : unexpected type for left leg of binary operation (+): *syntax.PipelineExpr',
  ],
  [
    '1 and 2',
    'parse error : unexpected literal for left leg of logical/set binary operation (and): 1.000000',
  ],
  [
    '1 == 1 or vector(1)',
    'parse error : unexpected literal for left leg of logical/set binary operation (or): 1.000000',
  ],
  [
    'vector(1) or 1e3',
    'parse error : unexpected literal for right leg of logical/set binary operation (or): 1000.000000',
  ],
  ['vector(x)', 'parse error at line 1, col 8: syntax error: unexpected IDENTIFIER, expecting NUMBER'],
  ['vector(1', 'parse error at line 1, col 9: syntax error: unexpected $end, expecting )'],
  [
    'label_replace(count_over_time({a="b"}[5m]), "a")',
    'parse error at line 1, col 48: syntax error: unexpected ), expecting ,',
  ],
  [
    'label_replace(count_over_time({a="b"}[5m])',
    'parse error at line 1, col 43: syntax error: unexpected $end',
  ],
  [
    'label_replace(count_over_time({a="b"}[5m]), "a","b","c","(")',
    'parse error : invalid regex in label_replace: error parsing regexp: missing closing ): `^(?:()$`',
  ],
  ['foo', 'parse error at line 1, col 1: syntax error: unexpected IDENTIFIER'],
  ['foo(', 'parse error at line 1, col 1: syntax error: unexpected IDENTIFIER'],
  ['"foo"', 'parse error at line 1, col 1: syntax error: unexpected STRING'],
  ['sum', 'parse error at line 1, col 1: syntax error: unexpected IDENTIFIER'],
  ['sum(', 'parse error at line 1, col 5: syntax error: unexpected $end'],
  ['rate', 'parse error at line 1, col 1: syntax error: unexpected IDENTIFIER'],
  [
    '{a="b"} |= "x" or',
    'parse error at line 1, col 18: syntax error: unexpected $end, expecting STRING or ip',
  ],
  [
    '{a="b"} |= x',
    'parse error at line 1, col 12: syntax error: unexpected IDENTIFIER, expecting STRING or ip',
  ],
  [
    '{a="b"} | logfmt --foo',
    'parse error at line 1, col 20: syntax error: unexpected IDENTIFIER, expecting NUMBER',
  ],
  ['{a="b"} | drop', 'parse error at line 1, col 15: syntax error: unexpected $end, expecting IDENTIFIER'],
  ['{a="b"} | keep', 'parse error at line 1, col 15: syntax error: unexpected $end, expecting IDENTIFIER'],
  ['{a="b"} | drop a,', 'parse error at line 1, col 18: syntax error: unexpected $end, expecting IDENTIFIER'],
  ['{a="b"} | drop a=', 'parse error at line 1, col 18: syntax error: unexpected $end, expecting STRING'],
  ['{a="b"} | decolorize x', 'parse error at line 1, col 22: syntax error: unexpected IDENTIFIER'],
  ['{a="b"} | json | unwrap x', 'parse error at line 1, col 18: syntax error: unexpected unwrap'],
  [
    'count_over_time({a="b"}[5m] offset)',
    'parse error at line 1, col 35: syntax error: unexpected ), expecting DURATION',
  ],
  [
    'count_over_time({a="b"}[5m] offset 5)',
    'parse error at line 1, col 36: syntax error: unexpected NUMBER, expecting DURATION',
  ],
  ['count_over_time({a="b"} | x=1kb [5m])', 'parse error at line 0, col 33: syntax error: unexpected RANGE'],
  [
    'count_over_time({a="b"} | x>=5foo [5m])',
    'parse error at line 0, col 35: syntax error: unexpected RANGE',
  ],
  [
    'sort(count_over_time({a="b"}[5m])) by (a)',
    "parse error : sort and sort_desc doesn't allow grouping by ",
  ],
  [
    'count_over_time({a="b"}[5m]) > bool on(a) group_left(b',
    'parse error at line 1, col 55: syntax error: unexpected $end, expecting , or )',
  ],
  [
    'count_over_time({a="b"}[5m]) on (a) count_over_time({a="b"}[5m])',
    'parse error at line 1, col 30: syntax error: unexpected on',
  ],
  ['{a="b\'} | foo', 'parse error at line 1, col 4: literal not terminated'],
  ["{a='b'}", 'parse error at line 1, col 4: syntax error: unexpected IDENTIFIER, expecting STRING'],
  ['{a="\\q"}', 'parse error at line 1, col 4: invalid char escape'],
  ['{a.b="c"}', 'parse error at line 1, col 3: syntax error: unexpected ., expecting = or =~ or !~ or !='],
  ['{"a.b"="c"}', 'parse error at line 1, col 2: syntax error: unexpected STRING, expecting IDENTIFIER or }'],
  [
    'absent_over_time({a="b"}[5m]) by (x)',
    'parse error : grouping not allowed for absent_over_time aggregation',
  ],
  [
    'max by (a) (sum by (a, (count_over_time({a="b"}[5m]))))',
    'parse error at line 1, col 24: syntax error: unexpected (, expecting IDENTIFIER',
  ],
  ['{a="b"}}', 'parse error at line 1, col 8: syntax error: unexpected }'],
  ['({a="b"}', 'parse error at line 1, col 9: syntax error: unexpected $end'],
  [')', 'parse error at line 1, col 1: syntax error: unexpected )'],
  [']', 'parse error at line 1, col 1: syntax error: unexpected ]'],
  ['{a="b"} | x == "y"', 'parse error at line 1, col 16: syntax error: unexpected STRING'],
  ['count_over_time({a="b"}[-1s])', 'parse error at line 0, col 24: not a valid duration string: "-1s"'],
  ['count_over_time({a="b"}[])', 'parse error at line 0, col 24: empty duration string'],
  [
    'sum(count_over_time({a="b"}[5m])) by (a) by (b)',
    'parse error at line 1, col 42: syntax error: unexpected by',
  ],
  ['rate({a="b"}[5m]) | json', 'parse error at line 1, col 19: syntax error: unexpected |'],
  [
    'sum(rate({a="b"} | json | unwrap [5m]))',
    'parse error at line 0, col 34: syntax error: unexpected RANGE, expecting IDENTIFIER or BYTES_CONV or DURATION_CONV or DURATION_SECONDS_CONV',
  ],
  [
    'sum(rate({a="b"} | json | unwrap duration x [5m]))',
    'parse error at line 1, col 43: syntax error: unexpected IDENTIFIER, expecting RANGE or |',
  ],
  [
    'rate({a="b"} | json | unwrap x | [5m])',
    'parse error at line 0, col 34: syntax error: unexpected RANGE, expecting IDENTIFIER or (',
  ],
  [
    'rate({a="b"} | json | unwrap x | foo [5m])',
    'parse error at line 0, col 38: syntax error: unexpected RANGE',
  ],
  [
    '0x1A',
    'parse error : unable to parse literal as a float: strconv.ParseFloat: parsing "0x1A": invalid syntax',
  ],
  [
    '0b1',
    'parse error : unable to parse literal as a float: strconv.ParseFloat: parsing "0b1": invalid syntax',
  ],
  ['1 +* 2', 'parse error at line 1, col 4: syntax error: unexpected *'],
  [
    'bytes_over_time({a="b"} | unwrap x[5m])',
    'parse error : invalid aggregation bytes_over_time with unwrap',
  ],
  [
    'quantile_over_time(0.5, {a="b"}[5m])',
    'parse error : invalid aggregation quantile_over_time without unwrap',
  ],
  ['rate(0.5, {a="b"}[5m])', 'parse error : parameter 0.5 not supported for operation rate'],
  ['topk by (a) (5, rate({a="b"}[5m])', 'parse error at line 1, col 34: syntax error: unexpected $end'],
  ['bottomk(5 rate({a="b"}[5m]))', 'parse error at line 1, col 11: syntax error: unexpected RATE'],
  [
    '{a="b"} |= "x" |~ "y" !~ "z" != "w" | json | a="b" and c>5 or d<1m, e=1kb f!="g"',
    'parse error at line 1, col 75: syntax error: unexpected IDENTIFIER',
  ],
  [
    '{a="b"} | a="b" and',
    'parse error at line 1, col 20: syntax error: unexpected $end, expecting IDENTIFIER or (',
  ],
  ['{a="b"} | (a="b"', 'parse error at line 1, col 17: syntax error: unexpected $end'],
  ['{a="b"} | ()', 'parse error at line 1, col 12: syntax error: unexpected ), expecting IDENTIFIER or ('],
  ['{a="b"} | a>ip("1.2.3.4")', 'parse error at line 1, col 13: syntax error: unexpected ip'],
  ['-rate({a="b"}[5m])', 'parse error at line 1, col 2: syntax error: unexpected RATE, expecting NUMBER'],
  ['label_format', 'parse error at line 1, col 1: syntax error: unexpected label_format'],
];
