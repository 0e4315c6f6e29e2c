import { test } from 'node:test';
import { check } from '../testing/script.js';

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
