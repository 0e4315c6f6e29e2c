/** Metric queries, told as scripts of the kind that upstream's tests are. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runLogqlTest } from '../../conformance/logqltest.js';

/** Lines of logfmt every 10 s from 10 s on: v is 0, 1, 2... */
const LOAD = `load
  {app="a", pod="x"} "v={{.i}} d=1m s=2kB kind=even" @ 10s [repeat every 10s for 12]
  {app="a", pod="y"} "v={{.i}} kind=odd" @ 15s [repeat every 20s for 6]
  {app="b"} "v=oops" @ 10s
`;

async function check(script: string): Promise<void> {
  const result = await runLogqlTest(`${LOAD}\n${script}`);
  assert.deepEqual(
    { failed: result.failed, unsupported: result.unsupported },
    { failed: [], unsupported: [] },
  );
  assert.ok(result.passed > 0);
}

test('a window has its end and not its start', () =>
  check(`
eval instant at 20s count_over_time({pod="x"}[10s])
  {app="a", pod="x"} 1
eval range from 10s to 50s step 20s count_over_time({pod="x"}[10s])
  {app="a", pod="x"} 1 1 1
eval range from 0s to 200s step 50s count_over_time({pod="x"}[20s])
  {app="a", pod="x"} _ 2 2 _ _
eval instant at 60s count_over_time({pod="x"}[30s] offset 40s)
  {app="a", pod="x"} 2
`));

test('counts, rates and bytes of lines', () =>
  check(`
eval instant at 60s sum by (app) (count_over_time({app="a"}[1m]))
  {app="a"} 9
eval instant at 60s rate({pod="x"}[30s])
  {app="a", pod="x"} 0.1
eval instant at 10s bytes_over_time({pod="x"}[10s])
  {app="a", pod="x"} 24
eval instant at 10s bytes_rate({pod="x"} | line_format "ä" [10s])
  {app="a", pod="x"} 0.2
`));

test('values of labels: sums, means, extremes, quantiles', () =>
  check(`
eval instant at 60s sum_over_time({pod="x"} | logfmt | unwrap v [1m]) * 1
  {app="a", pod="x", d="1m", s="2kB", kind="even"} 15
eval instant at 60s avg_over_time({pod="x"} | logfmt | unwrap v [1m]) by (app)
  {app="a"} 2.5
eval instant at 60s max_over_time({pod="x"} | logfmt | unwrap v [1m]) by (app)
  {app="a"} 5
eval instant at 60s min_over_time({pod="x"} | logfmt | unwrap v [1m]) without (pod, d, s, kind)
  {app="a"} 0
eval instant at 60s stdvar_over_time({pod="x"} | logfmt | unwrap v [1m]) by (app)
  {app="a"} 2.9166666666666665
eval instant at 60s stddev_over_time({pod="x"} | logfmt | unwrap v [1m]) by (app)
  {app="a"} 1.707825127659933
eval instant at 60s quantile_over_time(0.5, {pod="x"} | logfmt | unwrap v [1m]) by (app)
  {app="a"} 2.5
eval instant at 60s quantile_over_time(2, {pod="x"} | logfmt | unwrap v [1m]) by (app)
  {app="a"} +Inf
eval instant at 60s first_over_time({app="a"} | logfmt | unwrap v [30s]) by (kind)
  {kind="even"} 3
  {kind="odd"} 1
eval instant at 60s last_over_time({app="a"} | logfmt | unwrap v [30s]) by (kind)
  {kind="even"} 5
  {kind="odd"} 2
eval instant at 60s rate({pod="x"} | logfmt | unwrap v [1m])
  {app="a", pod="x", d="1m", s="2kB", kind="even"} 0.25
eval instant at 60s sum(rate_counter({pod="x"} | logfmt | unwrap v [45s]))
  {} 0.08888898888888889
`));

test('values in units, and values that are none', () =>
  check(`
eval instant at 10s sum(sum_over_time({pod="x"} | logfmt | unwrap duration(d) [10s]))
  {} 60
eval instant at 10s sum(sum_over_time({pod="x"} | logfmt | unwrap duration_seconds(d) [10s]))
  {} 60
eval instant at 10s sum(sum_over_time({pod="x"} | logfmt | unwrap bytes(s) [10s]))
  {} 2000
eval instant at 10s sum(sum_over_time({app=~"a|b"} | logfmt | unwrap v [10s]))
  expect fail msg: pipeline error: 'SampleExtractionErr' for series: '{__error__="SampleExtractionErr", __error_details__="strconv.ParseFloat: parsing \\"oops\\": invalid syntax", app="b"
eval instant at 10s sum(sum_over_time({app=~"a|b"} | logfmt | unwrap v | __error__="" [10s]))
  {} 0
eval instant at 10s sum(sum_over_time({app="b"} | logfmt | unwrap missing [10s]))
  expect empty
`));

test('nothing where there is something, and 1 where there is not', () =>
  check(`
eval range from 20s to 160s step 70s absent_over_time({app="a", pod=~"x|y"}[10s])
  {app="a"} _ _ 1
eval instant at 20s absent_over_time({app="c"}[10s])
  {app="c"} 1
`));

test('aggregations', () =>
  check(`
eval instant at 60s sum(count_over_time({app="a"}[1m]))
  {} 9
eval instant at 60s avg(count_over_time({app="a"}[1m]))
  {} 4.5
eval instant at 60s max by (app) (count_over_time({app="a"}[1m]))
  {app="a"} 6
eval instant at 60s min without (pod) (count_over_time({app="a"}[1m]))
  {app="a"} 3
eval instant at 60s count(count_over_time({app="a"}[1m]))
  {} 2
eval instant at 60s stddev(count_over_time({app="a"}[1m]))
  {} 1.5
eval instant at 60s stdvar(count_over_time({app="a"}[1m]))
  {} 2.25
eval instant at 60s topk(1, count_over_time({app="a"}[1m]))
  {app="a", pod="x"} 6
eval instant at 60s bottomk(1, count_over_time({app="a"}[1m]))
  {app="a", pod="y"} 3
eval instant at 60s topk by (pod) (1, count_over_time({app="a"}[1m]))
  {app="a", pod="x"} 6
  {app="a", pod="y"} 3
eval instant at 60s sort(count_over_time({app="a"}[1m]))
  expect ordered
  {app="a", pod="y"} 3
  {app="a", pod="x"} 6
eval instant at 60s sort_desc(count_over_time({app="a"}[1m]))
  expect ordered
  {app="a", pod="x"} 6
  {app="a", pod="y"} 3
`));

test('operators between series and numbers', () =>
  check(`
eval instant at 60s count_over_time({pod="x"}[1m]) * 2 - 1
  {app="a", pod="x"} 11
eval instant at 60s 12 / count_over_time({pod="x"}[1m])
  {app="a", pod="x"} 2
eval instant at 60s count_over_time({app="a"}[1m]) > 3
  {app="a", pod="x"} 6
eval instant at 60s count_over_time({app="a"}[1m]) >= bool 6
  {app="a", pod="x"} 1
  {app="a", pod="y"} 0
eval instant at 60s count_over_time({pod="x"}[1m]) / 0
  {app="a", pod="x"} NaN
eval instant at 60s 2 ^ 3 % 5
  3
`));

test('operators between series', () =>
  check(`
eval instant at 60s count_over_time({app="a"}[1m]) - on (pod) count_over_time({pod="x"}[1m])
  {pod="x"} 0
eval instant at 60s count_over_time({app="a"}[1m]) / ignoring (pod) group_left sum by (app) (count_over_time({app="a"}[1m]))
  {app="a", pod="x"} 0.6666666666666666
  {app="a", pod="y"} 0.3333333333333333
eval instant at 60s sum by (app) (count_over_time({app="a"}[1m])) - on (app) group_right count_over_time({app="a"}[1m])
  {app="a", pod="x"} 3
  {app="a", pod="y"} 6
eval instant at 60s sum(count_over_time({app="a"}[1m])) > sum(count_over_time({pod="x"}[1m]))
  {} 9
eval instant at 60s count_over_time({app="a"}[1m]) + on (app) count_over_time({app="a"}[1m])
  expect fail msg: found duplicate series on the right hand-side;many-to-many matching not allowed
eval instant at 60s count_over_time({app="a"}[1m]) + on (app) sum by (app) (count_over_time({app="a"}[1m]))
  expect fail msg: multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)
eval instant at 60s sum by (app) (count_over_time({app="a"}[1m])) + on (app) group_right (app) count_over_time({app="a"}[1m])
  {app="a", pod="x"} 15
  {app="a", pod="y"} 12
`));

test('and, or, unless', () =>
  check(`
eval instant at 60s count_over_time({app="a"}[1m]) and count_over_time({pod="x"}[1m])
  {app="a", pod="x"} 6
eval instant at 60s count_over_time({app="a"}[1m]) unless count_over_time({pod="x"}[1m])
  {app="a", pod="y"} 3
eval range from 60s to 160s step 50s sum(count_over_time({pod="x"}[20s])) or vector(0)
  {} 2 2 0
`));

test('labels are replaced, values come out of nothing', () =>
  check(`
eval instant at 60s label_replace(count_over_time({pod="x"}[1m]), "both", "$1-\${second}", "pod", "(.)(?P<second>.?)")
  {app="a", pod="x", both="x-"} 6
eval instant at 60s label_replace(count_over_time({pod="x"}[1m]), "pod", "", "pod", ".*")
  {app="a"} 6
eval instant at 60s label_replace(count_over_time({pod="x"}[1m]), "z", "1", "pod", "y")
  {app="a", pod="x"} 6
eval range from 0s to 20s step 10s vector(1.5)
  {} 1.5 1.5 1.5
`));

test('labels out of lines: groups, filters, formats', () =>
  check(`
eval instant at 60s sum by (kind) (count_over_time({app="a"} | logfmt [1m]))
  {kind="even"} 6
  {kind="odd"} 3
eval instant at 60s sum by (kind) (count_over_time({app="a"} | logfmt | v > 3 [1m]))
  {kind="even"} 2
eval instant at 60s sum by (k) (count_over_time({app="a"} | logfmt | label_format k="{{ substr 0 2 .kind }}" [1m]))
  {k="ev"} 6
  {k="od"} 3
eval instant at 60s sum by (missing) (count_over_time({app="a"} | logfmt [1m]))
  {} 9
eval instant at 60s sum by (missing) (count_over_time({app="a"} | json missing="a.b" [1m]))
  expect fail msg: JSONParserErr
eval instant at 60s sum(count_over_time({app="a"} | json missing="a.b" [1m]))
  {} 9
`));

test('errors that a query asks for fail nothing', () =>
  check(`
eval instant at 60s sum by (__error__) (count_over_time({app="a"} | json [1m]))
  {__error__="JSONParserErr"} 9
`));
