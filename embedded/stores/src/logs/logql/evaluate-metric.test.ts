import { test } from 'node:test';
import { check } from '../testing/script.js';

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
