import { test } from 'node:test';
import { assertScript } from '../../conformance/assert-script.js';

const LOAD = `
load 1m
  a{job="x",id="1"} 1 2 3
  a{job="x",id="2"} 5 NaN _
  a{job="y",id="1"} 3 4 Inf
`;

test('each operator', async () => {
  await assertScript(`${LOAD}
eval instant at 0 sum(a)
  {} 9
eval instant at 0 avg(a)
  {} 3
eval instant at 0 count(a)
  {} 3
eval instant at 0 min(a)
  {} 1
eval instant at 0 max(a)
  {} 5
eval instant at 0 group(a)
  {} 1
eval instant at 0 stdvar(a)
  {} 2.6666666
eval instant at 0 stddev(a)
  {} 1.6329931
eval instant at 0 quantile(0.75, a)
  {} 4
eval instant at 0 count_values("v", a * 0.5)
  {v="0.5"} 1
  {v="2.5"} 1
  {v="1.5"} 1
eval instant at 0 sum(nope)
`);
});

test('grouping by and without labels', async () => {
  await assertScript(`${LOAD}
eval instant at 0 sum by (job) (a)
  {job="x"} 6
  {job="y"} 3
eval instant at 0 sum without (job) (a)
  {id="1"} 4
  {id="2"} 5
eval instant at 0 sum by (__name__, nope) (a)
  a 9
eval instant at 0 count_values by (job) ("id", a > bool 2)
  {job="x",id="0"} 1
  {job="x",id="1"} 1
  {job="y",id="1"} 1
eval instant at 0 count_values without (id) ("job", a > bool 2)
  {job="0"} 1
  {job="1"} 2
`);
});

test('NaN, infinity, and values that are not there', async () => {
  await assertScript(`${LOAD}
eval range from 0 to 2m step 1m sum(a)
  {} 9 NaN NaN
eval instant at 1m min(a)
  {} 2
eval instant at 1m max(a)
  {} 4
eval instant at 6m30s count(a)
  {} 2
eval instant at 2m stddev(a{job="y"})
  {} NaN
eval instant at 1m quantile(0, a)
  {} NaN
`);
});

test('sums keep small values beside large ones, and averages do not overflow', async () => {
  await assertScript(`
load 1m
  big{id="1"} 1e100 1.7e308
  big{id="2"} 1     1.7e308
  big{id="3"} -1e100 _
eval instant at 0 sum(big)
  {} 1
eval instant at 0 avg(big)
  {} 0.333333333
eval instant at 1m avg(big{id!="3"})
  {} 1.7e308
eval instant at 1m sum(big{id!="3"})
  {} Inf
`);
});

test('quantiles outside of 0 to 1', async () => {
  await assertScript(`${LOAD}
eval instant at 0 quantile(-1, a)
  expect warn msg: PromQL warning: quantile value should be between 0 and 1, got -1 (1:10)
  {} -Inf
eval instant at 0 quantile(2, a)
  expect warn msg: PromQL warning: quantile value should be between 0 and 1, got 2 (1:10)
  {} Inf
eval instant at 0 quantile(NaN, a)
  expect warn msg: PromQL warning: quantile value should be between 0 and 1, got NaN (1:10)
  {} NaN
`);
});

test('the largest and smallest of each group', async () => {
  await assertScript(`${LOAD}
eval instant at 0 topk(2, a)
  expect ordered
  a{job="x",id="2"} 5
  a{job="y",id="1"} 3
eval instant at 0 bottomk(2, a)
  expect ordered
  a{job="x",id="1"} 1
  a{job="y",id="1"} 3
eval instant at 0 topk by (job) (1, a)
  a{job="x",id="2"} 5
  a{job="y",id="1"} 3
eval instant at 1m topk(5, a)
  expect ordered
  a{job="y",id="1"} 4
  a{job="x",id="1"} 2
  a{job="x",id="2"} NaN
eval range from 0 to 2m step 1m topk(1, a)
  a{job="x",id="2"} 5
  a{job="y",id="1"} _ 4 Inf
eval range from 0 to 2m step 1m bottomk(scalar(a{job="x",id="1"}) - 1, a)
  a{job="x",id="1"} _ 2 3
  a{job="y",id="1"} _ _ Inf
eval instant at 0 topk(0, a)
eval_fail instant at 0 topk(NaN, a)
  expected_fail_message Parameter value is NaN
eval_fail instant at 0 topk(1e30, a)
  expected_fail_regexp Scalar value .* overflows int64
eval_fail instant at 0 count_values("", a)
  expected_fail_message invalid label name ""
`);
});
