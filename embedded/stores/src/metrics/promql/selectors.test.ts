import { test } from 'node:test';
import { assertScript } from '../../conformance/assert-script.js';

const LOAD = `
load 1m
  up{job="api",zone="a"} 1+1x10
  up{job="db"}           100+10x10
  gaps                   1 _ _ _ _ _ _ 8
  ended                  1 2 stale _ 5
`;

test('instants: lookback, gaps, staleness', async () => {
  await assertScript(`${LOAD}
eval instant at 90s up{job="api"}
  up{job="api",zone="a"} 2

eval instant at 10m up{zone=""}
  up{job="db"} 200

eval instant at 14m59s up{job="db"}
  up{job="db"} 200

eval instant at 15m up{job="db"}

eval range from 0 to 8m step 1m gaps
  gaps 1 1 1 1 1 _ _ 8 8

eval range from 0 to 5m step 30s ended
  ended 1 1 2 2 _ _ _ _ 5 5 5

eval instant at 10m {job=~"a.*|d.*", __name__!~"down.*"}
  up{job="api",zone="a"} 11
  up{job="db"} 200

eval instant at 10m {"up", job!="db"}
  up{job="api",zone="a"} 11
`);
});

test('offset and @', async () => {
  await assertScript(`${LOAD}
eval instant at 5m up{job="db"} offset 2m
  up{job="db"} 130

eval instant at 5m up{job="db"} offset -2m
  up{job="db"} 170

eval instant at 5m up{job="db"} @ 120 offset 1m
  up{job="db"} 110

eval range from 2m to 6m step 2m up{job="db"} @ start()
  up{job="db"} 120 120 120

eval range from 2m to 6m step 2m up{job="db"} - on (job) up @ end()
  {job="db"} -40 -20 0

eval range from 2m to 5m step 2m up{job="db"} @ end()
  up{job="db"} 150 150

eval range from 1m to 3m step 1m sum_over_time(up{job="db"}[2m] @ 180)
  {job="db"} 250 250 250

eval range from 1m to 3m step 1m timestamp(up{job="db"} @ 61)
  {job="db"} 60 60 60

eval range from 1m to 3m step 1m time() + 0 * up{job="db"} @ 61
  {job="db"} 60 120 180
`);
});

test('ranges are open at the left, and have no staleness markers', async () => {
  await assertScript(`${LOAD}
eval instant at 4m up{job="db"}[2m]
  expect range vector from 3m to 4m step 1m
  up{job="db"} 130 140

eval instant at 4m up{job="db"}[2m] offset 1m
  expect range vector from 2m to 3m step 1m
  up{job="db"} 120 130

eval instant at 4m count_over_time(ended[4m])
  {} 2

eval instant at 4m count_over_time(ended[4m1s])
  {} 3
`);
});

test('subqueries are evaluated at multiples of their step', async () => {
  await assertScript(`${LOAD}
eval instant at 5m30s up{job="db"}[2m:1m]
  expect range vector from 4m to 5m step 1m
  up{job="db"} 140 150

eval instant at 5m sum_over_time(up{job="db"}[1m:20s])
  {job="db"} 430

eval instant at 5m max_over_time((up{job="db"} > 120)[10m:])
  {job="db"} 150

eval instant at 5m count_over_time(up{job="db"}[4m:1m] offset 1m)
  {job="db"} 4

eval range from 1m to 3m step 1m count_over_time(vector(1)[1m:30s] @ 300)
  {} 2 2 2

eval instant at 5m min_over_time(sum_over_time(up{job="db"}[2m])[3m:1m])
  {job="db"} 250

eval instant at 10m avg_over_time(rate(up{job="db"}[2m])[2m:1m])
  expect info regex: .*metric might not be a counter.*
  {job="db"} 0.16666666
`);
});
