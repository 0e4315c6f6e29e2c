import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runLogqlTest } from './logqltest.js';

const LOAD = `# a comment
load
  {app="a"} "line {{.i}} # no comment" @ 10s [repeat every 10s for 3]   # a comment
  {app="b"} \`{"k":"v"}\` @ 1m [metadata id="x y" "odd name"="z"]
`;

function run(script: string) {
  return runLogqlTest(`${LOAD}\n${script}`);
}

test('what holds passes: series, gaps, repetitions, scalars, failures, nothing', async () => {
  const { passed, failed, unsupported } = await run(
    `
eval range from 10s to 50s step 10s count_over_time({app="a"} |= "no comment" [10s])
  {app="a"} 1x2 _ _
eval instant at 30s sum_over_time({app="a"} | pattern "line <n> <_>" | unwrap n [30s])
  {app="a"} 3
eval range from 0 to 20s step 10s vector(2) + 1
  {} 3+0x1 3
eval instant at 0s 1 + 1
  2
eval instant at 0s count_over_time({app="c"}[1m])
  expect empty
eval instant at 0s count_over_time({app="c"})
  expect fail
eval instant at 0s count_over_time({app="c"})
  expect fail msg: unexpected )
eval instant at 0s count_over_time({app="c"})
  expect fail regex: unexpected .$
eval instant at 60s count_over_time({app="b"} | json [1m])
  {app="b", id="x y", k="v", "odd name"="z"} 1
`.replace(/, "odd name"="z"/, ''),
  );
  assert.deepEqual(unsupported, []);
  assert.deepEqual(
    failed.map(({ what }) => what),
    ['eval instant at 60s count_over_time({app="b"} | json [1m])'],
    'the last one leaves a label out',
  );
  assert.equal(passed, 8);
});

test('what does not hold fails, with its line and what came', async () => {
  const { passed, failed } = await run(`eval instant at 30s count_over_time({app="a"}[1m])
  {app="a"} 4
eval instant at 30s count_over_time({app="a"}[1m])
  {app="b"} 3
eval instant at 30s 1
  2
eval instant at 30s 1
  expect fail
eval instant at 30s count_over_time({app="a"}[1m])
  expect empty
eval instant at 30s count_over_time({app="a"})
  {app="a"} 3
eval instant at 30s sort(sum by (app) (count_over_time({app=~"a|b"}[1h])))
  expect ordered
  {app="b"} 1
  {app="a"} 3`);
  assert.equal(passed, 0);
  assert.deepEqual(failed[0], {
    line: 6,
    what: 'eval instant at 30s count_over_time({app="a"}[1m])',
    why: 'expected {app="a"} 4, got {app="a"} 3',
  });
  assert.equal(failed.length, 7);
});

test('what is not evaluated is neither', async () => {
  const { failed, unsupported } = await run(`
eval instant at 30s approx_topk(1, count_over_time({app="a"}[1m]))
  {app="a"} 3
eval instant at 30s {app="a"}
  {app="a"} 3`);
  assert.deepEqual([failed.length, unsupported.length], [0, 2]);
});

test('clear takes all lines away', async () => {
  const { passed } = await run(`
clear
eval instant at 30s count_over_time({app="a"}[1m])
  expect empty`);
  assert.equal(passed, 1);
});

test('what is no script is named', async () => {
  await assert.rejects(runLogqlTest('eval sometimes 1'), /^Error: line 1: eval sometimes 1 is no command/);
  await assert.rejects(runLogqlTest('load\n  {a="b"} "x"'), /in its load, \{a="b"\} "x" is no line/);
  await assert.rejects(runLogqlTest('eval instant at soon 1\n  1'), /line 1: time: invalid duration "soon"/);
});
