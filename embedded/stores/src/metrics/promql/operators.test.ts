import { test } from 'node:test';
import { assertScript } from '../../conformance/assert-script.js';

const LOAD = `
load 1m
  a{job="x",id="1"} 1 2 3
  a{job="x",id="2"} 10 20 stale
  a{job="y",id="1"} 100 200 300
  b{job="x",id="1"} 2 2 2
  b{job="y",id="1"} 50 stale 50
  limit{job="x",owner="ops"} 5 5 5
  limit{job="y",owner="dev"} 7 7 7
`;

test('arithmetic of scalars', async () => {
  await assertScript(`
eval instant at 0 1 + 2 * 3 - 4 / 8
  6.5
eval instant at 0 -7 % 3
  -1
eval instant at 0 2 ^ 3 ^ 2
  512
eval instant at 0 1 ^ NaN
  1
eval instant at 0 (-1) ^ -Inf
  1
eval instant at 0 0 / 0
  NaN
eval instant at 0 1 atan2 2
  0.4636476
eval instant at 0 1 < bool 2
  1
eval instant at 0 NaN == bool NaN
  0
eval range from 0 to 2m step 1m 1 + time()
  {} 1 61 121
`);
});

test('a vector and a scalar, on either side', async () => {
  await assertScript(`${LOAD}
eval instant at 0 a{job="x"} * 2
  {job="x",id="1"} 2
  {job="x",id="2"} 20
eval instant at 0 100 - a{job="x"}
  {job="x",id="1"} 99
  {job="x",id="2"} 90
eval instant at 0 a > 5
  a{job="x",id="2"} 10
  a{job="y",id="1"} 100
eval instant at 0 5 > a
  a{job="x",id="1"} 1
eval instant at 0 5 <= bool a
  {job="x",id="1"} 0
  {job="x",id="2"} 1
  {job="y",id="1"} 1
eval range from 0 to 2m step 1m a{id="2"} != 10
  a{job="x",id="2"} _ 20
eval instant at 0 -a{job="y"}
  {job="y",id="1"} -100
`);
});

test('vectors one to one', async () => {
  await assertScript(`${LOAD}
eval range from 0 to 2m step 1m a - b
  {job="x",id="1"} -1 0 1
  {job="y",id="1"} 50 _ 250
eval instant at 0 a / on (job) b{job="y"}
  {job="y"} 2
eval instant at 0 a{id="1"} * ignoring (id) b
  {job="x"} 2
  {job="y"} 5000
eval instant at 0 a < b
  a{job="x",id="1"} 1
eval instant at 0 a < bool b
  {job="x",id="1"} 1
  {job="y",id="1"} 0
`);
});

test('vectors many to one', async () => {
  await assertScript(`${LOAD}
eval instant at 0 a * on (job) group_left limit
  {job="x",id="1"} 5
  {job="x",id="2"} 50
  {job="y",id="1"} 700
eval instant at 0 a * on (job) group_left (owner) limit
  {job="x",id="1",owner="ops"} 5
  {job="x",id="2",owner="ops"} 50
  {job="y",id="1",owner="dev"} 700
eval instant at 0 limit - on (job) group_right a
  {job="x",id="1"} 4
  {job="x",id="2"} -5
  {job="y",id="1"} -93
eval instant at 0 limit > ignoring (id, owner) group_right a
  a{job="x",id="1"} 5
`);
});

test('what matches too often is refused', async () => {
  await assertScript(`${LOAD}
eval instant at 0 limit + on (job) a
  expect fail msg: found duplicate series for the match group {job="x"} on the right hand-side of the operation: [{__name__="a", id="1", job="x"}, {__name__="a", id="2", job="x"}];many-to-many matching not allowed: matching labels must be unique on one side
eval instant at 0 a + on (job) group_right limit
  expect fail regex: found duplicate series for the match group \\{job="x"\\} on the left hand-side .*
eval instant at 0 a + on (job) limit
  expect fail msg: multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)
eval instant at 0 a + on (job) group_left (id) label_replace(limit, "id", "3", "", "")
  expect fail msg: multiple matches for labels: grouping labels must ensure unique matches
# At the third step there is only one of them.
eval range from 2m to 2m step 1m a{job="x"} + on (job) limit
  {job="x"} 8
`);
});

test('set operators', async () => {
  await assertScript(`${LOAD}
eval range from 0 to 2m step 1m a and b
  a{job="x",id="1"} 1 2 3
  a{job="y",id="1"} 100 _ 300
eval range from 0 to 2m step 1m a unless b
  a{job="x",id="2"} 10 20
  a{job="y",id="1"} _ 200
eval instant at 0 a{job="x"} or b
  a{job="x",id="1"} 1
  a{job="x",id="2"} 10
  b{job="y",id="1"} 50
eval instant at 0 a and on () limit{owner="ops"} > 9
eval instant at 0 a unless on (job) limit{owner="ops"}
  a{job="y",id="1"} 100
eval instant at 0 a and ignoring (id, owner) limit{owner="dev"}
  a{job="y",id="1"} 100
eval instant at 0 a and nope
eval range from 0 to 2m step 1m sum(a{id="2"}) or vector(0)
  {} 10 20 0
`);
});
